"""The events of `members.changes` as the page lists them: the newest first, of which only those of a page are read.

On one day they stand in the order of the seats. Where a record begins and something else happens in its seat on the
same day, one entry says both.
"""

import datetime
from typing import NamedTuple

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from iscg_portal.prepared import ask
from iscg_portal.tables import ROWS_A_PAGE
from members.changes import ORDER, happened, kind_of_end, kind_of_start
from members.composition import rank_of
from members.models import ChairTerm, Representative, Seat
from members.public_terms import PublicTerm, terms_by_key

TABLES = (ChairTerm, Representative)
COLUMNS = ("on", "rank", "step", "in_seat", "key", "precision", "record_begins")


class Entry(NamedTuple):
    """One event, with its term where there is one, and whether the record of its seat begins on that day."""

    on: datetime.date
    seat_id: str
    kind: str  # as in `members.changes`
    term: PublicTerm | None
    record_begins: bool


class ChangeLog:
    """The entries with from_on < day <= to_on: their keys (one query), and slices of them (one query a page)."""

    def __init__(self, from_on, to_on):
        self.keys = ask(_keys, from_on, to_on)

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, wanted):
        entries, keys = [], self.keys[wanted]
        for low in range(0, len(keys), ROWS_A_PAGE):
            some = keys[low : low + ROWS_A_PAGE]
            terms = terms_by_key([(rank == 0, key) for _on, rank, step, _seat, key, *_rest in some if step])
            entries += [_entry(*values, terms) for values in some]
        return entries


def _entry(on, rank, step, seat_id, key, precision, record_begins, terms):
    kinds = {ORDER["ended"]: kind_of_end, ORDER["began"]: kind_of_start}
    kind = kinds[step](precision) if step in kinds else "record begins"
    return Entry(on, seat_id, kind, terms.get((rank == 0, key)), bool(record_begins))


def _ends_of_terms(from_on, to_on):
    """The rows of each table whose term began, and those whose term ended, with the field that says when."""
    for model in TABLES:
        for field, kind in (("starts", "began"), ("ends", "ended")):
            yield model.objects.filter(happened(f"{field}_on", from_on, to_on)).order_by(), field, ORDER[kind]


def _begun_records(from_on, to_on):
    """The seats whose record begins on a day on which nothing else happens in them."""
    that_day = Q(starts_on=OuterRef("recorded_from")) | Q(ends_on=OuterRef("recorded_from"))
    nothing_else = [~Exists(model.objects.filter(that_day, seat=OuterRef("pk"))) for model in TABLES]
    return Seat.objects.filter(happened("recorded_from", from_on, to_on), *nothing_else).order_by()


def _keys(from_on, to_on):
    parts = []
    for rows, field, step in _ends_of_terms(from_on, to_on):
        begins = Case(When(seat__recorded_from=F(f"{field}_on"), then=Value(1)), default=Value(0))
        parts.append(
            rows.annotate(
                on=F(f"{field}_on"),
                rank=rank_of(),
                step=Value(step),
                in_seat=F("seat_id"),
                key=F("pk"),
                precision=F(f"{field}_precision"),
                record_begins=begins,
            )
        )
    parts.append(
        _begun_records(from_on, to_on).annotate(
            on=F("recorded_from"),
            rank=rank_of("pk"),
            step=Value(ORDER["record begins"]),
            in_seat=F("pk"),
            key=Value(0, IntegerField()),
            precision=Value("day"),
            record_begins=Value(1),
        )
    )
    first, *others = (rows.values_list(*COLUMNS) for rows in parts)
    return first.union(*others, all=True).order_by("-on", "rank", "in_seat", "step")
