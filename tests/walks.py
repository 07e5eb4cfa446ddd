"""Long walks: `make walk` goes all the way on both databases, `make test` a named part of it (decision 23).

A test that asks here has the mark `walk`.
"""

from django.conf import settings
from django.db import connection

# Folders and modules of the tests whose outcome is the database's: they run whole on both.
DECIDED_BY_THE_DATABASE = {
    "archive",
    "at_once",
    "back_ends",
    "properties",
    "test_collation.py",
    "test_days.py",
    "test_exclusive.py",
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

# Whether this is `make walk`; tests/conftest.py says so before any test is read.
whole = False
second_database = connection.vendor != "sqlite"


def part_of(steps, one_in):
    """All steps on a walk; in `make test` always the same of them: the first, and each so many after it."""
    return steps if whole else steps[::one_in]


def cases(values):
    """All cases of a walk over pages; on the second database the first alone, unless this is `make walk`."""
    found = list(values)
    return found[:1] if second_database and not whole else found


def strength(examples):
    """How many examples a long property test tries: all of them on a walk on SQLite, else a share, at least four."""
    share = (1 if whole else 3) * (3 if second_database else 1)
    return max(examples // share, 4)


def picture(page, folder, name):
    """On a walk, the whole of what a browser shows, in var/walk."""
    if whole:
        path = settings.VAR_DIR / "walk" / folder / f"{name.replace(':', '-')}.png"
        page.screenshot(path=path, full_page=True)
