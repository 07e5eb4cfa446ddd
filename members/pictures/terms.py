"""The lanes of the composition: which terms are drawn, over which days, and what is said of each.

The picture shows at most so many terms as can be told apart: of each table those that began last by the chosen day
and the next ones after it, with every term that reaches into these days. It begins and ends where the record does,
or where a further term would begin. A record of some twenty years is drawn whole.
"""

import datetime
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext as _

from iscg_portal.bodies import GroupCode
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.tenure.dates import print_span
from iscg_portal.tenure.models import Tenure
from iscg_portal.web.drawing import Drawing
from members.models import ChairTerm, Conference, Country, Representative, Seat
from members.models.offices import terms_of_seats
from members.pictures.lanes import Band, Bar, Lane, draw_lanes

BEFORE, AFTER = 40, 20  # terms of a table that began by the chosen day, and that begin later
EARLIEST, LATEST = datetime.date.min, datetime.date.max  # of a record that is drawn as far as it goes
REACH = 5  # years by which the picture stretches to hold the chosen day


class Lanes(NamedTuple):
    """What is drawn: the seats, their terms, the conferences, the days of the picture, and the chosen day."""

    seats: list[Seat]
    terms: list[Tenure]
    conferences: list[Conference]
    first: datetime.date
    last: datetime.date
    on: datetime.date


def read_lanes(seats, day, *, with_later=True) -> Lanes:
    """What the picture of these seats shows for a chosen `Day`. Four queries.

    Without the terms that begin later it has of each seat the one that began last, even where that ended before.
    """
    first, last = _edges(day.on)
    if not with_later:
        last = LATEST
    reaches_in = Q(ends_on=None) | Q(ends_on__gt=first)

    def chosen(rows):
        if with_later:
            return rows.filter(reaches_in, starts_on__lt=last)
        begun = rows.model.objects.keys_of_last_begun(day.on, per="seat")
        return rows.filter(Q(pk__in=begun) | reaches_in, starts_on__lte=day.on)

    terms = Country.objects.read_for(terms_of_seats(chosen).order_by("starts_on"), day.on)
    conferences = list(Conference.objects.public().filter(body="PP").order_by("ends_on"))
    return Lanes(seats, terms, conferences, *_days(terms, first, last, day), day.on)


def _edges(on):
    """The days before and from which a further term would have to be drawn. One query."""
    found = Seat.objects.order_by("pk").alias(on=Value(on)).annotate(**_further_terms()).values_list("first", "last")
    return found.first() or (EARLIEST, LATEST)


@cache  # each query takes a copy
def _further_terms():
    begun, later = [], []
    for model in (ChairTerm, Representative):
        starts = model.objects.order_by().values("starts_on")
        before = starts.filter(starts_on__lte=OuterRef("on")).order_by("-starts_on")[BEFORE : BEFORE + 1]
        after = starts.filter(starts_on__gt=OuterRef("on")).order_by("starts_on")[AFTER : AFTER + 1]
        begun.append(Coalesce(Subquery(before), Value(EARLIEST)))
        later.append(Coalesce(Subquery(after), Value(LATEST)))
    return {"first": Greatest(*begun), "last": Least(*later)}


def _days(terms, first, last, day):
    """The first and last day of the picture: whole years where the record ends, and the chosen day where it is near."""
    known = [term.starts_on for term in terms] + [term.ends_on for term in terms if term.ends_on]
    begins = min(known, default=day.today) if first == EARLIEST else first
    ends = max([day.today, *known]) if last == LATEST else last
    if begins.year - REACH <= day.on.year <= ends.year + REACH:
        begins, ends = min(begins, day.on), max(ends, day.on)
    if first == EARLIEST:
        begins = begins.replace(month=1, day=1)
    return begins, datetime.date(ends.year + 1, 1, 1) if last == LATEST else ends


def draw_terms(lanes, *, rtl=False) -> Drawing:
    """The picture of what was read, in the active language."""
    place = {seat.pk: number for number, seat in enumerate(lanes.seats)}
    bars = [_bar(term, place[term.seat_id], lanes.on) for term in lanes.terms if term.seat_id in place]
    rows, bands = [_lane(seat) for seat in lanes.seats], list(_intervals(lanes.conferences))
    return draw_lanes(rows, bars, bands, first=lanes.first, last=lanes.last, day=lanes.on, rtl=rtl)


def _lane(seat):
    if seat.group_id:
        return Lane(initials(seat.group_id), GroupCode(seat.group_id).sector, seat.recorded_from)
    return Lane(_("Chair"), "", seat.recorded_from)


def _bar(term, lane, on):
    return Bar(
        lane,
        term.starts_on,
        term.ends_on,
        term.starts_precision,
        term.ends_precision,
        label=term.person.name,
        url=term.person.get_absolute_url(),
        spoken=_spoken(term, on),
    )


def _spoken(term, on):
    """The term as a sentence, for those who do not see the bar."""
    who = with_commas(part for part in (str(term.person), term.for_whom) if part)
    span = print_span(term.starts_on, term.starts_precision, term.ends_on, term.ends_precision)
    return with_commas((with_colon(term.seat_name, who), span, term.old_evidence(on)))


def _intervals(conferences):
    """The intervals between Plenipotentiary Conferences (clause C2): from the end of one to the end of the next."""
    for conference, after in zip_longest(conferences, conferences[1:]):
        label = f"{conference} – {after or ''}".rstrip(" –")
        yield Band(label, conference.ends_on, after.ends_on if after else None)
