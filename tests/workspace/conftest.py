"""What tests of the workspace share."""

import pytest
from django.core.cache import cache


@pytest.fixture
def fresh_limits():
    """Nobody has asked for anything yet."""
    cache.clear()
