"""How many subjects there are, by scope and by the state of their Coordinator (F1)."""

from typing import NamedTuple


class ScopeCount(NamedTuple):
    """How many subjects of one scope are on the list, by the state of their Coordinator."""

    scope: tuple[str, ...]
    held: int = 0
    vacant: int = 0
    unrecorded: int = 0

    @property
    def number(self):
        """How many subjects they are."""
        return self.held + self.vacant + self.unrecorded


class SubjectCounts(NamedTuple):
    """How many subjects are on the list, by scope, and of how many that is not recorded."""

    scopes: list[ScopeCount]
    unknown: int

    @property
    def held(self):
        return sum(scope.held for scope in self.scopes)

    @property
    def vacant(self):
        return sum(scope.vacant for scope in self.scopes)

    @property
    def unrecorded(self):
        return sum(scope.unrecorded for scope in self.scopes)

    @property
    def on_the_list(self):
        return sum(scope.number for scope in self.scopes)
