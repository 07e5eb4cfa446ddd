"""Acts at the same moment, on what every connection sees."""

import pytest

from tests.at_once.threads import run_at_once


@pytest.fixture
def standing(transactional_db, world):
    """The standing ISCG, committed, so that every connection sees it."""
    return world


@pytest.fixture
def at_once():
    """Call it with acts (tests/at_once/threads.py)."""
    return run_at_once
