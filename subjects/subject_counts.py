"""How many subjects there are on a day: shared by which Sectors, with a Coordinator or without (A0, F1)."""

from typing import NamedTuple

from django.db.models import Count, FilteredRelation, Q

from iscg_portal.tenure.models import holding_day
from subjects.models.subjects import SECTORS


class ScopeCount(NamedTuple):
    """How many subjects of one scope are on the list, by the state of their Coordinator."""

    scope: tuple[str, ...]
    held: int = 0
    vacant: int = 0
    unrecorded: int = 0


class SubjectCounts(NamedTuple):
    """How many subjects are selected, and how many of them are on the list, by scope."""

    selected: int
    scopes: list[ScopeCount]

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
        return self.held + self.vacant + self.unrecorded


def count_subjects(subjects, on) -> SubjectCounts:
    """The counts of a selection of subjects on a day. One query, whatever their number."""
    # At most one listing and one Coordinator of a subject hold a day, so the joins double no subject.
    listed, held, recorded = Q(listing_now__isnull=False), Q(office_now__isnull=False), Q(recorded_from__lte=on)
    joined = subjects.rewrite(False).annotate(
        listing_now=FilteredRelation("listings", condition=holding_day(on, "listings__")),
        office_now=FilteredRelation("coordinator", condition=holding_day(on, "coordinator__")),
    )
    rows = (
        joined.order_by()
        .values(*SECTORS.values())
        .annotate(
            selected=Count("pk"),
            listed=Count("pk", filter=listed),
            held=Count("pk", filter=listed & held),
            vacant=Count("pk", filter=listed & ~held & recorded),
        )
    )
    return SubjectCounts(sum(row["selected"] for row in rows), [_of_scope(row) for row in rows if row["listed"]])


def _of_scope(row):
    scope = tuple(letter for letter, field in SECTORS.items() if row[field])
    return ScopeCount(scope, row["held"], row["vacant"], row["listed"] - row["held"] - row["vacant"])
