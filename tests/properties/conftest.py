"""The stage on which rows drawn by chance are played."""

import pytest

from tests.properties.drawn import Stage


@pytest.fixture
def stage(db):
    """Three persons, three seats, two subjects."""
    return Stage()
