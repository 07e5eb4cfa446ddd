"""The standing ISCG for tests that only ask it."""

from tests.front.conftest import standing_world

__all__ = ["standing_world"]
