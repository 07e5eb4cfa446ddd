"""What `make test` runs on the second database."""

from pathlib import Path

from tests import walks

TESTS = Path(__file__).parent


def test_what_a_database_decides_is_there():
    names = {path.name for path in TESTS.rglob("*")}
    assert names >= walks.DECIDED_BY_THE_DATABASE
