"""All terms of the seven seats, as rows of a table that stays cheap however long the record grows."""

import datetime
from collections import Counter
from typing import NamedTuple

from django.db.models import Count, DateField, F, Value
from django.db.models.functions import Coalesce

from iscg_portal.prepared import ask
from iscg_portal.tables import ROWS_A_PAGE
from members.composition import SEATS_OF_GROUP, SEVEN, group_of, rank_of
from members.models import ChairTerm, Conference, Representative, Seat
from members.models.groups import CHAIR
from members.public_terms import FIELDS, public_term, terms_by_key

NO_DAY = Value(None, DateField())


class CountedSeat(NamedTuple):
    """A seat with the day from which it is recorded, and the number of its terms."""

    pk: str
    recorded_from: datetime.date | None
    terms: int


class Calendar(NamedTuple):
    """The seven seats in their order, and the Plenipotentiary Conferences with their last days, the oldest first."""

    seats: list[CountedSeat]
    conferences: tuple[tuple[str, datetime.date], ...]


def calendar() -> Calendar:
    """What frames all terms. One query."""
    recorded_from, terms, conferences = {}, Counter(), []
    for kind, code, day, number in ask(_calendar):
        if kind == "conference":
            conferences.append((code, day))
        else:
            recorded_from[code] = day or recorded_from.get(code)
            terms[code] += number
    seats = [CountedSeat(code, recorded_from[code], terms[code]) for code in SEVEN if code in recorded_from]
    return Calendar(seats, tuple(sorted(conferences, key=lambda conference: conference[1])))


def _calendar():
    """Each seat with its day and no terms, the numbers of terms without a day, and the conferences."""
    seats = Seat.objects.filter(pk__in=SEVEN).order_by().annotate(kind=Value("seat"), terms=Value(0))
    counts = (
        model.objects.order_by().values("seat_id").annotate(kind=Value("terms"), day=NO_DAY, terms=Count("pk"))
        for model in (ChairTerm, Representative)
    )
    held = Conference.objects.rewrite(False).filter(body="PP").order_by()
    conferences = held.annotate(kind=Value("conference"), terms=Value(0))
    numbers = [rows.values_list("kind", "seat_id", "day", "terms") for rows in counts]
    numbers.append(conferences.values_list("kind", "code", "ends_on", "terms"))
    return seats.values_list("kind", "code", "recorded_from", "terms").union(*numbers, all=True)


class Terms:
    """The terms of all seats or of one group: the Chair's first, then seat by seat, the newest first.

    Rows come from two tables; only those of a slice are fetched. `order_by` sorts by fields that both have.
    """

    def __init__(self, seats, group="", by=()):
        self.seats, self.group, self.by = seats, group, by
        counts = dict.fromkeys([CHAIR, *SEATS_OF_GROUP], 0)
        for seat in seats:
            counts[group_of(seat.pk) or CHAIR] += seat.terms
        self.counts = {group: counts[group]} if group else counts

    def order_by(self, *by):
        """The terms in the order of these fields; a “-” before a name turns it round. Ties keep the usual order."""
        return Terms(self.seats, self.group, tuple(name for name in by if name != "pk"))

    def __len__(self):
        return sum(self.counts.values())

    def __iter__(self):
        yield from self[0 : len(self)]

    def __getitem__(self, wanted):
        start, stop, _step = wanted.indices(len(self))
        return self._sorted(start, stop) if self.by else self._chained(start, stop)

    def _chained(self, start, stop):
        """From the groups that the slice touches; a slice inside one of them is read along an index."""
        chair, rows = self.counts.get(CHAIR, 0), []
        if start < min(stop, chair):
            rows += map(public_term, ask(_rows, fixed=((CHAIR,), start, min(stop, chair))))
        before, touched = chair, {}
        for group, count in self.counts.items():
            if group != CHAIR:
                if start < before + count and stop > before and count:
                    touched[group] = before
                before += count
        if touched:
            first = min(touched.values())
            rows += map(public_term, ask(_rows, fixed=(tuple(touched), max(start, first) - first, stop - first)))
        return rows

    def _sorted(self, start, stop):
        """The database sorts the keys of both tables; then the rows of the slice are read, a page at a time."""
        rows = []
        for low in range(start, stop, ROWS_A_PAGE):
            keys = ask(_keys, fixed=(tuple(self.counts), self.by, low, min(low + ROWS_A_PAGE, stop)))
            wanted = [(rank == 0, pk) for rank, pk, *_values in keys]
            found = terms_by_key(wanted)
            rows += [found[key] for key in wanted if key in found]
        return rows


def _of(groups):
    if groups == (CHAIR,):
        return ChairTerm.objects.order_by("-starts_on")
    seats = [seat for group in groups for seat in SEATS_OF_GROUP[group]]
    rows = Representative.objects.filter(seat_id__in=seats)
    return rows.order_by(*([rank_of()] if len(groups) > 1 else []), "seat_id", "-starts_on")


def _rows(groups, low, high):
    return _of(groups).values_list(*FIELDS)[low:high]


def _keys(groups, by, low, high):
    # A term without a country sorts the same on both databases: before the others.
    names = [name.removeprefix("-") for name in by]
    by_columns = {f"by_{name}": Coalesce(F(name), Value("")) if name == "country_id" else F(name) for name in names}
    columns = ("rank", "pk", "seat_id", "starts_on", *by_columns)
    parts = [part for part in ((CHAIR,) if CHAIR in groups else (), tuple(set(groups) - {CHAIR})) if part]
    tables = [_of(part).order_by().annotate(rank=rank_of(), **by_columns).values_list(*columns) for part in parts]
    order = [f"-by_{name[1:]}" if name.startswith("-") else f"by_{name}" for name in by]
    return tables[0].union(*tables[1:], all=True).order_by(*order, "rank", "seat_id", "-starts_on")[low:high]
