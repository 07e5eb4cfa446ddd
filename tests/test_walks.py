"""What `make test` runs of tests with many cases, and on the second database."""

from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from tests import walks

TESTS = Path(__file__).parent


class Case(NamedTuple):
    """What `walks` asks of a test of pytest."""

    nodeid: str
    callspec: Any


class Callspec(NamedTuple):
    indices: Any


def cases(name, *sizes):
    """A test with each value of its first argument met with each of the second, and so on."""
    found = product(*(range(size) for size in sizes))
    return [Case(f"{name}[{places}]", Callspec(ByName(enumerate(places)))) for places in found]


class ByName(dict):
    def __hash__(self):
        return hash(tuple(self.items()))


def places(tests):
    return [tuple(test.callspec.indices.values()) for test in tests]


def test_what_a_database_decides_is_there():
    names = {path.name for path in TESTS.rglob("*")}
    assert names >= walks.DECIDED_BY_THE_DATABASE


def test_a_test_with_few_cases_runs_whole():
    tests = [*cases("one", 1), *cases("few", walks.FEW), *cases("meeting", 1, walks.FEW)]
    assert walks.dealt(tests) == tests


def test_of_many_cases_a_few_run_that_its_name_gives():
    tests = [*cases("one", 50), *cases("another", 50)]
    dealt = walks.dealt(tests)
    assert walks.FEW < len(dealt) <= 2 * walks.FEW and walks.dealt(tests) == dealt
    assert places(test for test in dealt if "one" in test.nodeid) != places(
        test for test in dealt if "another" in test.nodeid
    )


def test_where_values_meet_each_comes_once():
    dealt = places(walks.dealt(cases("pages in languages", 2, 7, 3)))
    assert len(dealt) == 7
    assert [{*column} for column in zip(*dealt, strict=True)] == [{*range(2)}, {*range(7)}, {*range(3)}]
