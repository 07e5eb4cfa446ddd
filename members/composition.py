"""The management team on a day: the Chair and two representatives of each advisory group (clauses C1, C2, C3)."""

import datetime
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Q, Value

from iscg_portal.bodies import GroupCode
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.models import Tenure
from iscg_portal.tenure.office_on import OfficeOn, OfficeState, office_on
from iscg_portal.translated import TextShown
from members.models import Conference, Country, Seat, chair_rules
from members.models.groups import CHAIR, OF_UNANSWERED, OfSeat, name_of_group
from members.models.offices import terms_of_seats

SEATS_OF_GROUP = {group: [f"{group}1", f"{group}2"] for group in GroupCode.values}
SEVEN = [CHAIR, *(code for codes in SEATS_OF_GROUP.values() for code in codes)]


class _SeatOn(NamedTuple):
    seat_id: str
    office: OfficeOn


class SeatOn(OfSeat, _SeatOn):
    """A seat and its state on the day; `office.tenure` is the term of its holder, if any."""

    @property
    def code(self):
        """“RAG1”, “CHAIR”."""
        return self.seat_id

    @property
    def printed_name(self):
        """The holder as printed; blank where there is none."""
        return self.office.tenure.printed_name if self.office.tenure else ""


class GroupOn(NamedTuple):
    """An advisory group and its two seats on the day; or the Chair's seat, whose group has no code."""

    code: str
    name: TextShown
    seats: tuple[SeatOn, ...]
    url: str = ""  # of its own page elsewhere

    @property
    def name_shown(self):
        """The name as a page prints it; `name` is as recorded, for data."""
        return name_of_group(self.code, self.name) if self.code else self.name


class Composition(NamedTuple):
    """The seven seats on a day, groups in the order RAG, TSAG, TDAG."""

    on: datetime.date
    chair: SeatOn
    groups: tuple[GroupOn, ...]
    chair_remark: str = ""  # that a Plenipotentiary Conference is over and no appointment after it is known (C2)

    @property
    def blocks(self) -> list[GroupOn]:
        """The Chair's seat as a block of its own, then the groups: as the table prints them."""
        return [GroupOn("", TextShown(self.chair.seat_name), (self.chair,)), *self.groups]

    @property
    def seats(self) -> list[SeatOn]:
        """All seven, the Chair's first."""
        return [self.chair, *(seat for group in self.groups for seat in group.seats)]

    @property
    def representatives(self) -> list[Tenure]:
        """The terms of the representatives in office on the day, six at most."""
        held = (seat.office.tenure for group in self.groups for seat in group.seats)
        return [tenure for tenure in held if tenure]

    @property
    def unrecorded(self) -> int:
        """Of how many representatives nothing is recorded on the day; they come from nobody knows where."""
        return sum(seat.office.state == OfficeState.NOT_RECORDED for group in self.groups for seat in group.seats)

    @property
    def vacant(self) -> int:
        """How many of the seven seats are vacant on the day."""
        return sum(seat.office.state == OfficeState.VACANT for seat in self.seats)


def seats_on(on):
    """The seven seats by their codes, as far as they are set up. One query."""
    found = Seat.objects.public().join_public("group").alias(on=Value(on))
    return found.annotate(unanswered=_last_unanswered()).in_bulk(SEVEN)


@cache  # each query takes a copy
def _last_unanswered():
    return Conference.objects.last_unanswered("on")


def composition(on=None, terms=None, seats=None) -> Composition:
    """Who sat in each of the seven seats on the day (today in Geneva if none is given). Three queries.

    A seat that is not set up yet is “not recorded”. `terms` by the code of the seat saves two queries: of each seat the
    term that began last by the day, `named_on` it; `seats`, as `seats_on` gives them, the other.
    """
    on = on or today()
    seats = seats_on(on) if seats is None else seats
    # Of each seat the term that began last by the day: who holds the seat, or held it last.
    latest = _last_begun(on) if terms is None else terms

    def seat_on(code):
        recorded_from = seats[code].recorded_from if code in seats else None
        return SeatOn(code, office_on(on, recorded_from, [latest[code]] if code in latest else []))

    def group_on(code, codes):
        group = next((seats[seat].group for seat in codes if seat in seats), None)
        name = group.text("name") if group else ""
        return GroupOn(
            code, name or TextShown(GroupCode(code).label), tuple(map(seat_on, codes)), group.url if group else ""
        )

    chair, groups = seat_on(CHAIR), tuple(group_on(*pair) for pair in SEATS_OF_GROUP.items())
    return Composition(on, chair, groups, _chair_remark(chair.office.tenure, seats.get(CHAIR)))


def offices_of_seats(on) -> dict[str, OfficeOn]:
    """{code: state} of the seven seats on a day, with nothing that is printed of their holders. Two queries."""
    days = ("seat", "starts_on", "ends_on", "ends_precision")
    begun = terms_of_seats(lambda rows: rows.last_begun(on, per="seat").select_related(None).only(*days))
    last = {term.seat_id: [term] for term in begun}
    recorded_from = dict(Seat.objects.values_list("code", "recorded_from"))
    return {code: office_on(on, recorded_from.get(code), last.get(code, [])) for code in SEVEN}


def _last_begun(on):
    terms = terms_of_seats(lambda rows: rows.last_begun(on, per="seat"))
    return {term.seat_id: term for term in Country.objects.read_for(terms, on)}


def terms_with_successors(on):
    """The `terms` of `composition`, each with its `successor`: the next in its seat, if on record. Two queries."""

    def chosen(rows):
        begun = rows.model.objects.keys_of_last_begun(on, per="seat")
        return rows.filter(Q(pk__in=begun) | Q(starts_on__gt=on))

    terms, following = {}, {}
    read = Country.objects.read_for(terms_of_seats(chosen), on)
    for term in sorted(read, key=attrgetter("starts_on"), reverse=True):
        term.successor = following.get(term.seat_id)
        (terms if term.starts_on <= on else following)[term.seat_id] = term
    return terms


def _chair_remark(term, seat):
    """Whether the last Plenipotentiary Conference is newer than the evidence of the Chair's term (clause C2)."""
    if not term or not seat or not seat.unanswered:
        return ""
    code, *days = (seat.unanswered[name] for name in OF_UNANSWERED)
    first, last = map(datetime.date.fromisoformat, days)
    return chair_rules.no_appointment_after(code, first, last) if last > term.evidence_on else ""
