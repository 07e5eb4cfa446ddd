"""The list of subjects in figures on a day: how many, shared by whom, with a Coordinator or without (A0, F1)."""

from dataclasses import dataclass

from django.db.models import Count, FilteredRelation, Q

from iscg_portal.prepared import ask
from iscg_portal.tenure.models import holding_day
from members.url_base import url_base
from subjects.pictures import SubjectMark, Tally, draw_subjects, draw_tallies
from subjects.register import SECTORS, scope


@dataclass(frozen=True)
class Figures:
    """Counts of a selection of subjects: all of them, and those on the list by Sectors and by their Coordinator."""

    selected: int
    tallies: list[Tally]

    @property
    def on_the_list(self):
        return self.held + self.vacant + self.unrecorded

    @property
    def held(self):
        return sum(tally.held for tally in self.tallies)

    @property
    def vacant(self):
        return sum(tally.vacant for tally in self.tallies)

    @property
    def unrecorded(self):
        return sum(tally.unrecorded for tally in self.tallies)


def figures(build, filters, on) -> Figures:
    """The figures of the subjects of `build(filters, on)`. One query, whatever their number."""
    rows = ask(_counts, on, fixed=(build, filters))
    return Figures(sum(row[len(SECTORS)] for row in rows), [_tally(*row) for row in rows if row[len(SECTORS) + 1]])


def how_many(build, filters, on) -> int:
    """The number of the subjects of `build(filters, on)`, where the day decides which they are. One query."""
    return sum(number for *_sectors, number in ask(_numbers, on, fixed=(build, filters)))


def _numbers(build, filters, on):
    subjects = build(filters, on).order_by()
    return subjects.values(*SECTORS.values()).annotate(number=Count("pk")).values_list(*SECTORS.values(), "number")


def _counts(build, filters, on):
    # At most one listing and one Coordinator of a subject hold a day, so the joins double no subject.
    joined = (
        build(filters, on)
        .order_by()
        .annotate(
            listed=FilteredRelation("listings", condition=holding_day(on, "listings__")),
            office=FilteredRelation("coordinator", condition=holding_day(on, "coordinator__")),
        )
    )
    listed, held, recorded = Q(listed__isnull=False), Q(office__isnull=False), Q(recorded_from__lte=on)
    counted = joined.values(*SECTORS.values()).annotate(
        selected=Count("pk"),
        on_the_list=Count("pk", filter=listed),
        held=Count("pk", filter=listed & held),
        vacant=Count("pk", filter=listed & ~held & recorded),
    )
    return counted.values_list(*SECTORS.values(), "selected", "on_the_list", "held", "vacant")


def _tally(*row):
    *in_sectors, _selected, on_the_list, held, vacant = row
    return Tally(scope(*in_sectors), held, vacant, on_the_list - held - vacant)


def draw(found: Figures, register_rows, day_query="", *, rtl=False):
    """The subjects on the list by Sectors: one by one where the rows are all of them, else as bars; None for none."""
    if not found.on_the_list:
        return None
    if len(register_rows) < found.selected:
        return draw_tallies(found.tallies, rtl=rtl)
    base = url_base("subjects:subject-detail")
    listed = (row for row in register_rows if row.listing.is_on_the_list)
    return draw_subjects((_mark(row, f"{base}{row.slug}/{day_query}") for row in listed), rtl=rtl)


def _mark(row, url):
    return SubjectMark(row.code, row.title, row.scope, row.office.state, url)
