"""The management team on a day: the Chair and two representatives of each advisory group (clauses C1, C2, C3)."""

import datetime
from typing import NamedTuple

from django.db.models import Case, IntegerField, Subquery, Value, When

from iscg_portal.bodies import GroupCode
from iscg_portal.prepared import ask
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.models import OfficeOn, office_on
from iscg_portal.translated import Text, columns_of, first_text
from members.models import ChairTerm, Representative, Seat
from members.models.groups import CHAIR
from members.public_terms import FIELDS, REGIONS, PublicTerm, both, public_term

SECTOR_OF_GROUP = {"RAG": "R", "TSAG": "T", "TDAG": "D"}
SEATS_OF_GROUP = {group: [f"{group}1", f"{group}2"] for group in GroupCode.values}
SEVEN = [CHAIR, *(code for codes in SEATS_OF_GROUP.values() for code in codes)]


def group_of(seat_code) -> str:
    """“RAG” for RAG1; empty for the Chair's. The numbers of seats are internal."""
    return "" if seat_code == CHAIR else seat_code[:-1]


def rank_of(seat_field="seat_id"):
    """In a query: 0 for the Chair's seat, then the groups in the order in which the composition is printed."""
    groups = enumerate(SEATS_OF_GROUP.values(), start=1)
    cases = [When(**{f"{seat_field}__in": seats, "then": Value(number)}) for number, seats in groups]
    return Case(*cases, default=Value(0), output_field=IntegerField())


class SeatOn(NamedTuple):
    """A seat and its state on the day; its holder, if any, is a `PublicTerm`."""

    code: str
    office: OfficeOn

    @property
    def group(self):
        """The code of its advisory group; empty for the Chair's."""
        return group_of(self.code)

    @property
    def sector(self):
        """The letter of the group's Sector; empty for the Chair's."""
        return SECTOR_OF_GROUP.get(self.group, "")


class GroupOn(NamedTuple):
    """An advisory group and its two seats on the day."""

    code: str
    name: Text
    seats: tuple[SeatOn, SeatOn]


class Composition(NamedTuple):
    """The seven seats on a day, groups in the order RAG, TSAG, TDAG."""

    on: datetime.date
    chair: SeatOn
    groups: tuple[GroupOn, ...]

    @property
    def seats(self) -> list[SeatOn]:
        """All seven, the Chair's first."""
        return [self.chair, *(seat for group in self.groups for seat in group.seats)]

    @property
    def representatives(self) -> list[PublicTerm]:
        """The terms of the representatives in office on the day, six at most."""
        held = (seat.office.tenure for group in self.groups for seat in group.seats)
        return [tenure for tenure in held if tenure]


def composition(on=None) -> Composition:
    """Who sat in each of the seven seats on the day (today in Geneva if none is given). Two queries.

    A seat that is not set up yet is “not recorded”.
    """
    on = on or today()
    recorded_from, names = {}, {}
    for code, day, original, *texts in ask(_seats):
        recorded_from[code] = day
        names[group_of(code)] = first_text(texts, original)
    latest = {values[0]: public_term(values) for values in ask(_last_begun, on)}

    def seat_on(code):
        return SeatOn(code, office_on(on, recorded_from.get(code), [latest[code]] if code in latest else []))

    groups = (
        GroupOn(code, names.get(code) or Text(GroupCode(code).label), tuple(seat_on(seat) for seat in seats))
        for code, seats in SEATS_OF_GROUP.items()
    )
    return Composition(on, seat_on(CHAIR), tuple(groups))


def _seats():
    group = ("original_language", *columns_of("name"))
    return Seat.objects.filter(pk__in=SEVEN).values_list("code", "recorded_from", *(f"group__{name}" for name in group))


def _last_begun(on):
    return last_begun(on, *FIELDS, *REGIONS)


def last_begun(on, *fields):
    """For each seat, the values of the term that began last by the day: who holds it, or held it last."""
    # There is one Chair's seat: its table needs no look-up by seat.
    latest = ChairTerm.objects.filter(starts_on__lte=on).order_by("-starts_on").values("starts_on")[:1]
    chair = ChairTerm.objects.filter(starts_on=Subquery(latest))
    return both(chair, Representative.objects.last_begun(on, per="seat"), *fields)
