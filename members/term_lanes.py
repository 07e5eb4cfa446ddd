"""The lanes of the composition: which terms are drawn, over which days, and what is said of each."""

import datetime

from django.utils.translation import gettext as _

from iscg_portal.prepared import ask
from members.composition import SECTOR_OF_GROUP, group_of
from members.lanes import Band, Bar, Lane, draw_lanes
from members.models import ChairTerm, Conference, Representative
from members.public_terms import FIELDS, public_term
from members.url_base import url_base

MOST_TERMS = 120  # a longer record is drawn only as far as it lies near the chosen day
REACH = 5  # years by which the picture stretches to hold the chosen day


def lanes_of(seats, day, *, rtl=False):
    """The picture of the terms of all seats, each with `terms`, the number of its terms. Three or four queries.

    The record is drawn whole while it has at most `MOST_TERMS` terms; a longer one up to the chosen day, and as far
    back as the terms go that began last before it.
    """
    rows, begins_on = _terms(day.on, whole=sum(seat.terms for seat in seats) <= MOST_TERMS)
    first, last = _days(rows, begins_on, day)
    place = {seat.pk: number for number, seat in enumerate(seats)}
    lanes = [Lane(*_lane_name(seat), seat.recorded_from) for seat in seats]
    base = url_base("members:person-detail")
    bars = [_bar(row, place[row.seat_id], base) for row in rows if row.seat_id in place]
    return draw_lanes(lanes, bars, _intervals(), first=first, last=last, day=day.on, rtl=rtl)


def _lane_name(seat):
    group = group_of(seat.pk)
    return (group, SECTOR_OF_GROUP[group]) if group else (_("Chair"), "")


def _terms(on, *, whole):
    """The terms to draw, and the day before which some are left out (None where none are)."""
    if whole:
        return [public_term(row) for model in (ChairTerm, Representative) for row in ask(_all, fixed=(model,))], None
    rows, cuts = [], []
    for model in (ChairTerm, Representative):
        begun = [public_term(row) for row in ask(_last_begun, on, fixed=(model,))]
        rows += begun
        cuts += [begun[-1].starts_on] if len(begun) == MOST_TERMS else []
    begins_on = max(cuts, default=None)
    if begins_on:  # whoever was in office when the picture begins may have begun long before
        known = {(row.seat_id, row.starts_on) for row in rows}
        lasting = [public_term(row) for row in ask(_lasting, begins_on)]
        rows += [row for row in lasting if (row.seat_id, row.starts_on) not in known]
    return rows, begins_on


def _all(model):
    return model.objects.order_by().values_list(*FIELDS)


def _last_begun(model, on):
    return model.objects.filter(starts_on__lte=on).order_by("-starts_on").values_list(*FIELDS)[:MOST_TERMS]


def _lasting(on):
    return Representative.objects.last_begun(on, per="seat").values_list(*FIELDS)


def _days(rows, begins_on, day):
    """The first and last day of the picture: whole years, with the chosen day inside where it is near."""
    known = [row.starts_on for row in rows] + [row.ends_on for row in rows if row.ends_on]
    first = begins_on or min(known, default=day.today)
    last = day.on if begins_on else max([day.today, *known])
    if first.year - REACH <= day.on.year <= last.year + REACH:
        first, last = min(first, day.on), max(last, day.on)
    return first.replace(month=1, day=1), datetime.date(last.year + 1, 1, 1)


def _bar(row, lane, base):
    office = group_of(row.seat_id) or _("Chair")
    who = f"{row.person}, {row.sits_for}" if row.sits_for else str(row.person)
    return Bar(
        lane,
        row.starts_on,
        row.ends_on,
        row.starts_precision,
        row.ends_precision,
        label=row.person.name,
        url=f"{base}{row.person.slug}/",
        spoken=f"{office}: {who}, {row.since} {row.until}".rstrip(),
    )


def _intervals():
    """The intervals between Plenipotentiary Conferences (clause C2): from the end of one to the end of the next."""
    held = ask(_conferences)
    following = [*held[1:], ("", None)]
    return [
        Band(f"{code} – {next_code}".rstrip(" –"), ends_on, next_ends_on)
        for (code, ends_on), (next_code, next_ends_on) in zip(held, following, strict=True)
    ]


def _conferences():
    held = Conference.objects.rewrite(False).filter(body="PP").order_by("ends_on")
    return held.values_list("code", "ends_on")
