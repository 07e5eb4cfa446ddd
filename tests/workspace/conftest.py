"""What tests of the workspace share."""

import pytest
from django.core.cache import cache
from django.db import transaction


@pytest.fixture
def fresh_limits():
    """Nobody has asked for anything yet."""
    cache.clear()


@pytest.fixture
def at_once(monkeypatch):
    """A test is one transaction; what waits for its end comes at once, as it does for a reader."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())
