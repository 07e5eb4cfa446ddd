"""What changed in the seats between two days: events that turn the composition of the one into that of the other.

An event lies after the first day and not after the second. Pairs that cancel out are included. A *by* start or an
*after* end is never an appointment or a departure: it is printed as “first recorded” or “last recorded”.
Only `changes_between` touches the database; `members.change_log` reads the same events a page at a time.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from iscg_portal.prepared import ask
from iscg_portal.tenure.models import Dated, OfficeOn, office_on
from members.models import ChairTerm, Representative, Seat
from members.public_terms import FIELDS, public_term

# On one day the record of a seat begins first, then its term ends, then the next one begins.
ORDER = {"record begins": 0, "ended": 1, "last recorded": 1, "began": 2, "first recorded": 2}


class RecordedSeat(NamedTuple):
    """As much of a seat as its events need."""

    pk: str
    recorded_from: datetime.date | None


@dataclass(frozen=True, slots=True)
class Change:
    """One event: on which day, in which seat, and whose term began or ended (none where a record begins)."""

    on: datetime.date
    kind: str  # a key of ORDER
    seat: Seat | RecordedSeat
    tenure: Dated | None = None

    @property
    def sort_key(self):
        return self.on, self.seat.pk, ORDER[self.kind]


def changes_between(from_on, to_on) -> list[Change]:
    """The events of the record, with what is public of their terms. Three queries."""
    seats = [RecordedSeat(*values) for values in ask(_seats)]
    terms = [
        public_term(values)
        for model in (ChairTerm, Representative)
        for values in ask(_with_events, from_on, to_on, fixed=(model,))
    ]
    return changes(from_on, to_on, seats, terms)


def _seats():
    return Seat.objects.order_by().values_list(*RecordedSeat._fields)


def _with_events(model, from_on, to_on):
    inside = happened("starts_on", from_on, to_on) | happened("ends_on", from_on, to_on)
    return model.objects.filter(inside).order_by().values_list(*FIELDS)


def happened(field, from_on, to_on) -> Q:
    """The condition that the day in this field is among those of the changes."""
    return Q((f"{field}__gt", from_on), (f"{field}__lte", to_on))


def kind_of_start(precision):
    """A *by* start is no appointment."""
    return "first recorded" if precision == "by" else "began"


def kind_of_end(precision):
    """An *after* end is no departure."""
    return "last recorded" if precision == "after" else "ended"


def offices_on(on, seats: Iterable[Seat], rows: Iterable[Dated]) -> dict[str, OfficeOn]:
    """The state of each seat on the day, by its code, from all terms."""
    terms = {seat.pk: [] for seat in seats}
    for row in rows:
        terms[row.seat_id].append(row)
    return {seat.pk: office_on(on, seat.recorded_from, terms[seat.pk]) for seat in seats}


def changes(from_on, to_on, seats: Iterable[Seat], rows: Iterable[Dated]) -> list[Change]:
    """All events with from_on < day <= to_on, in the order in which they happened. Touches no database.

    Rows whose events lie outside may be left out. Seats are those of the rows.
    """
    seats = {seat.pk: seat for seat in seats}
    events = []
    for seat in seats.values():
        if seat.recorded_from and from_on < seat.recorded_from <= to_on:
            events.append(Change(seat.recorded_from, "record begins", seat))
    for row in rows:
        if from_on < row.starts_on <= to_on:
            events.append(Change(row.starts_on, kind_of_start(row.starts_precision), seats[row.seat_id], row))
        if row.ends_on and from_on < row.ends_on <= to_on:
            events.append(Change(row.ends_on, kind_of_end(row.ends_precision), seats[row.seat_id], row))
    return sorted(events, key=lambda event: event.sort_key)


def apply_changes(offices: dict[str, OfficeOn], events: Iterable[Change]) -> dict[str, OfficeOn]:
    """The states of the seats after the events: those of *from* become those of *to*. Touches no database."""
    after = dict(offices)
    for event in sorted(events, key=lambda event: event.sort_key):
        after[event.seat.pk] = _after(after[event.seat.pk], event)
    return after


def _after(office, event):
    if event.kind in ("began", "first recorded"):
        return OfficeOn("held", event.tenure)
    if event.kind == "record begins":
        return office if office.state == "held" else OfficeOn("vacant", None, event.on, "day")
    if event.seat.recorded_from is None or event.seat.recorded_from > event.on:
        return OfficeOn("not recorded")
    return OfficeOn("vacant", None, event.on, event.tenure.ends_precision)
