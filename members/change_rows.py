"""Events and corrections as the page of changes prints them."""

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.dates import print_date
from iscg_portal.tenure import Tenure
from members.changes import Change, with_terms
from members.composition import SECTOR_OF_GROUP, SEVEN, group_of

A_DAY = datetime.timedelta(days=1)
RECORD_BEGINS = "record begins"


def _words():
    return {
        "began": _("took office"),
        "ended": _("left office"),
        "first recorded": _("first recorded in office"),
        "last recorded": _("last recorded in office"),
        "record begins": _("the record of this seat begins"),
    }


class Entry(NamedTuple):
    """One line of the page: an event, and whether the record of its seat begins with it."""

    event: Change
    begins_record: bool


def entries(events) -> list[Entry]:
    """The events as the page prints them: the newest first, on one day in the order of the seats.

    Where a record begins and something else happens in its seat on the same day, one line says both.
    """
    begins = {(event.on, event.seat.pk) for event in events if event.kind == RECORD_BEGINS}
    others = {(event.on, event.seat.pk) for event in events if event.kind != RECORD_BEGINS}
    told = [
        Entry(event, (event.on, event.seat.pk) in begins)
        for event in events
        if event.kind != RECORD_BEGINS or (event.on, event.seat.pk) not in others
    ]
    place = {seat: number for number, seat in enumerate(SEVEN)}
    return sorted(told, key=lambda entry: (-entry.event.on.toordinal(), place.get(entry.event.seat.pk, len(place))))


def entry_rows(page):
    """One row an entry. Two queries for all of them."""
    words, chair = _words(), _("Chair")
    for entry, event in zip(page, with_terms(entry.event for entry in page), strict=True):
        group = group_of(event.seat.pk)
        row = {
            "iso": event.on.isoformat(),
            "day": print_date(event.on),
            "seat": group or chair,
            "sector": SECTOR_OF_GROUP.get(group, ""),
            "what": words[event.kind],
        }
        if event.tenure:
            row |= _of_term(event)
            if entry.begins_record:
                row["how"] = words[RECORD_BEGINS]
        yield row


def _of_term(event):
    term = event.tenure
    who = {"person": str(term.person), "slug": term.person.slug, "country": term.sits_for}
    if event.kind == "began":
        return who | {"day": print_date(event.on, term.starts_precision), "how": term.starts_decision}
    if event.kind == "ended":
        how = Tenure.HowEnded(term.how_ended).label if term.how_ended else ""
        return who | {"day": print_date(event.on, term.ends_precision), "how": how}
    if event.kind == "last recorded":
        last = event.on - A_DAY
        return who | {"iso": last.isoformat(), "day": print_date(last)}
    return who


def correction_rows(found):
    """One row a removed row."""
    chair = _("Chair")
    for correction in found:
        person = correction.person
        yield {
            "iso": correction.removed_on.isoformat(),
            "day": print_date(correction.removed_on),
            "seat": group_of(correction.seat_id) or chair,
            "person": str(person) if person else _("a person whose name is not public"),
            "slug": person.slug if person else "",
            "said": correction.said,
            "reason": correction.reason,
        }
