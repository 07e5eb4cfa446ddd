"""The lanes of the composition: which terms are drawn, over which days, and what is said of each."""

import datetime
from typing import NamedTuple

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from iscg_portal.prepared import ask
from iscg_portal.tenure.models import Dated
from iscg_portal.web.drawing import Drawing
from members.composition import SECTOR_OF_GROUP, group_of, last_begun
from members.lanes import Band, Bar, Lane, draw_lanes
from members.models import ChairTerm, Representative
from members.models.groups import CHAIR
from members.models.people import country_name
from members.public_terms import both
from members.url_base import url_base

MOST_TERMS = 120  # a longer record is drawn only as far as it lies near the chosen day
MOST_BEGUN = 60  # of each table, then
EARLIEST = datetime.date(1, 1, 1)
REACH = 5  # years by which the picture stretches to hold the chosen day


class _DrawnTerm(NamedTuple):
    seat_id: str
    starts_on: datetime.date
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str | None
    organization: str
    person__honorific: str
    person__name: str
    person__slug: str
    country_id: str | None
    country__official_name_en: str | None


class DrawnTerm(Dated, _DrawnTerm):
    """As much of a term as its bar says."""

    __slots__ = ()

    @property
    def spoken(self):
        """The term as a sentence, for those who do not see the bar."""
        office = group_of(self.seat_id) or _("Chair")
        person = f"{self.person__honorific} {self.person__name}".strip()
        country = country_name(self.country_id, self.country__official_name_en) if self.country_id else ""
        who = ", ".join(part for part in (person, country or self.organization) if part)
        return f"{office}: {who}, {self.since} {self.until}".rstrip()


def lanes_of(calendar, day, *, rtl=False) -> Drawing:
    """The picture of the terms of all seats (`members.terms.Calendar`). One query, two for some long records.

    The record is drawn whole while it has at most `MOST_TERMS` terms; a longer one up to the end of the chosen
    year, and as far back as the terms go that began last before that.
    """
    rows, begins_on = _terms(calendar.seats, day.on)
    seats = tuple((seat.pk, seat.recorded_from) for seat in calendar.seats)
    inputs = (seats, tuple(map(tuple, rows)), calendar.conferences, begins_on, day.on, day.today, rtl)
    return Drawing("components/_svg_lanes.html", _lay_out, inputs)


def _lay_out(seats, rows, conferences, begins_on, on, today, rtl):
    """All that is worked out once for a picture, and remembered with it."""
    terms = [DrawnTerm(*row) for row in rows]
    first, last = _days(terms, begins_on, on, today)
    place = {seat: number for number, (seat, _recorded_from) in enumerate(seats)}
    lanes = [Lane(*_lane_name(seat), recorded_from) for seat, recorded_from in seats]
    people = url_base("members:person-detail")
    bars = [_bar(term, place[term.seat_id], people) for term in terms if term.seat_id in place]
    return draw_lanes(lanes, bars, _intervals(conferences), first=first, last=last, day=on, rtl=rtl).geometry


def _lane_name(seat):
    group = group_of(seat)
    return (group, SECTOR_OF_GROUP[group]) if group else (_("Chair"), "")


def _terms(seats, on):
    """The terms to draw, and the day before which some are left out (None where none are)."""
    until = on.replace(month=12, day=31)
    if sum(seat.terms for seat in seats) <= MOST_TERMS:
        return ask(_all), None
    rows = ask(_begun, until)
    first = {}
    for seat, starts_on, *_rest in rows:
        first[seat] = min(starts_on, first.get(seat, starts_on))
    # From the day on which every seat has a term among these, nothing is missing.
    begins_on = max(first.values(), default=until)
    drawn = [row for row in rows if row[3] is None or row[3] > begins_on]
    if begins_on <= on and 2 * len(drawn) >= len(rows) and all(seat.pk in first for seat in seats if seat.terms):
        return drawn, begins_on
    # Some seat changed hands seldom: whoever was in office when the picture begins may have begun long before.
    begins_on = max((cut for cut in map(_cut, _by_table(rows)) if cut), default=None)
    known = {(seat, starts_on) for seat, starts_on, *_rest in rows}
    lasting = ask(_lasting, begins_on) if begins_on else []
    return rows + [row for row in lasting if (row[0], row[1]) not in known], begins_on


def _by_table(rows):
    return [row for row in rows if row[0] == CHAIR], [row for row in rows if row[0] != CHAIR]


def _cut(rows):
    """The day before which the rows of a table are left out; None if all are there."""
    return min(row[1] for row in rows) if len(rows) >= MOST_BEGUN else None


def _all():
    return both(ChairTerm.objects, Representative.objects, *_DrawnTerm._fields).order_by("seat_id", "starts_on")


def _begun(until):
    """Of each table the terms that began last by the day."""
    begun = []
    for model in (ChairTerm, Representative):
        rows = model.objects.filter(starts_on__lte=until)
        since = rows.order_by("-starts_on").values("starts_on")[MOST_BEGUN - 1 : MOST_BEGUN]
        begun.append(rows.filter(starts_on__gte=Coalesce(Subquery(since), EARLIEST)))
    return both(*begun, *_DrawnTerm._fields)


def _lasting(on):
    return last_begun(on, *_DrawnTerm._fields)


def _days(terms, begins_on, on, today):
    """The first and last day of the picture: whole years, with the chosen day inside where it is near."""
    known = [term.starts_on for term in terms] + [term.ends_on for term in terms if term.ends_on]
    first = begins_on or min(known, default=today)
    last = on if begins_on else max([today, *known])
    if first.year - REACH <= on.year <= last.year + REACH:
        first, last = min(first, on), max(last, on)
    return first if begins_on else first.replace(month=1, day=1), datetime.date(last.year + 1, 1, 1)


def _bar(term, lane, people):
    return Bar(
        lane,
        term.starts_on,
        term.ends_on,
        term.starts_precision,
        term.ends_precision,
        label=term.person__name,
        url=f"{people}{term.person__slug}/",
        spoken=term.spoken,
    )


def _intervals(conferences):
    """The intervals between Plenipotentiary Conferences (clause C2): from the end of one to the end of the next."""
    following = [*conferences[1:], ("", None)]  # one more than there are where none is recorded
    return [
        Band(f"{code} – {next_code}".rstrip(" –"), ends_on, next_ends_on)
        for (code, ends_on), (next_code, next_ends_on) in zip(conferences, following, strict=False)
    ]
