"""Long walks: `make walk` goes all the way on both databases, `make test` a named part of it (decision 23).

A test that asks here by itself has the mark `walk`. Of the others `dealt` says which cases `make test` runs.
"""

import zlib
from collections import defaultdict

from django.conf import settings
from django.db import connection

# Folders and modules of the tests whose outcome is the database's: they run on both.
DECIDED_BY_THE_DATABASE = {
    "archive",
    "at_once",
    "back_ends",
    "properties",
    "test_collation.py",
    "test_days.py",
    "test_exclusive.py",
    "test_migrations.py",
    "test_names.py",
    "test_no_overlap.py",
    "test_no_text.py",
    "test_order_of_words.py",
    "test_refusal_sentences.py",
    "test_rules.py",
    "test_rules_survive_a_rebuild.py",
    "test_saved_together.py",
    "test_search.py",
    "test_search_hides.py",
    "test_search_of_bad_input.py",
}

# Modules whose tests are about reading in a process of its own.
READ_APART = {"test_files_read_apart.py", "test_files_at_the_limit.py"}

# Whether this is `make walk`; tests/conftest.py says so before any test is read.
whole = False
second_database = connection.vendor != "sqlite"
FEW = 3  # cases with which a test runs whole in `make test`; of more, one less
FEW_IN_A_BROWSER = 2  # where a case takes a second
SHARE_OF_THE_SECOND = 24  # of the tests that no database decides, one in so many runs on the second


def part_of(steps, one_in, begin=0):
    """All steps on a walk; in `make test` always the same of them: one near the first, and each so many after it."""
    return steps if whole else steps[begin % one_in :: one_in]


def cases(values):
    """All cases of a walk over pages; on the second database the first alone, unless this is `make walk`."""
    found = list(values)
    return found[:1] if second_database and not whole else found


def strength(examples):
    """How many examples a property test tries: all of them on a walk on SQLite, else a share, at least three."""
    share = (1 if whole else 10) * (3 if second_database else 1)
    return max(examples // share, 3)


def name_of(test):
    """That of a test without its case."""
    return test.nodeid.partition("[")[0]


def one_in(number, name):
    """Whether a test of this name is in a share of one in so many, always the same ones."""
    return zlib.crc32(name.encode()) % number == 0


def dealt(tests, few=FEW):
    """The tests with those of their cases that `make test` runs, always the same."""
    of_name = defaultdict(list)
    for test in tests:
        of_name[name_of(test)].append(test)
    chosen = {test for name, its_cases in of_name.items() for test in cases_of(name, its_cases, few)}
    return [test for test in tests if test in chosen]


def cases_of(name, tests, few):
    """Of a test's cases a few, from a place that its name gives: what one test leaves out another asks."""
    if len(tests) <= few:
        return tests
    step = -(-len(tests) // (few - 1))
    return tests[zlib.crc32(name.encode()) % step :: step]


def picture(page, folder, name):
    """On a walk, the whole of what a browser shows, in var/walk."""
    if whole:
        path = settings.VAR_DIR / "walk" / folder / f"{name.replace(':', '-')}.png"
        page.screenshot(path=path, full_page=True)
