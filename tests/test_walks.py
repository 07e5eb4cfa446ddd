"""What `make test` runs of tests with many cases, and on the second database."""

from pathlib import Path
from typing import NamedTuple

from tests import walks

TESTS = Path(__file__).parent


class Case(NamedTuple):
    """What `walks` asks of a test of pytest."""

    nodeid: str


def cases(name, number):
    """A test with so many cases."""
    return [Case(f"{name}[{case}]") for case in range(number)]


def test_what_a_database_decides_is_there():
    names = {path.name for path in TESTS.rglob("*")}
    assert names >= walks.DECIDED_BY_THE_DATABASE


def test_a_test_with_few_cases_runs_whole():
    tests = [*cases("one", 1), *cases("few", walks.FEW)]
    assert walks.dealt(tests) == tests


def test_of_many_cases_a_few_run_that_its_name_gives():
    tests = [*cases("one", 50), *cases("another", 50)]
    dealt = walks.dealt(tests)
    assert walks.FEW < len(dealt) <= 2 * walks.FEW and walks.dealt(tests) == dealt
    of_one, of_another = (
        {test.nodeid.partition("[")[2] for test in dealt if name in test.nodeid} for name in ("one[", "another[")
    )
    assert of_one != of_another
