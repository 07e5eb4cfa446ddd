"""The management team on a day: the Chair and two representatives of each advisory group (clauses C1, C2, C3)."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from iscg_portal.bodies import GroupCode
from iscg_portal.dates import today
from iscg_portal.tenure import OfficeOn, office_on
from members.models import AdvisoryGroup, ChairTerm, Representative, Seat
from members.models.groups import CHAIR

SECTOR_OF_GROUP = {"RAG": "R", "TSAG": "T", "TDAG": "D"}
SEATS_OF_GROUP = {group: [f"{group}1", f"{group}2"] for group in GroupCode.values}
SEVEN = [CHAIR, *(code for codes in SEATS_OF_GROUP.values() for code in codes)]


@dataclass(frozen=True)
class SeatOn:
    """A seat and its state on the day. A seat that is not set up yet is an unsaved one."""

    seat: Seat
    office: OfficeOn

    @property
    def sector(self):
        """The letter of the group's Sector; empty for the Chair."""
        return SECTOR_OF_GROUP.get(self.seat.group_id, "")


@dataclass(frozen=True)
class GroupOn:
    """An advisory group and its two seats on the day."""

    code: str
    group: AdvisoryGroup
    seats: list[SeatOn]

    @cached_property
    def name(self):
        """The group's name in the page's language, else in its original one."""
        return self.group.text("name") or str(GroupCode(self.code).label)


@dataclass(frozen=True)
class Composition:
    """The seven seats on a day, groups in the order RAG, TSAG, TDAG."""

    on: datetime.date
    chair: SeatOn
    groups: list[GroupOn]

    @property
    def seats(self):
        """All seven, the Chair's first."""
        return [self.chair, *(seat for group in self.groups for seat in group.seats)]

    @property
    def representatives(self):
        """The terms of the representatives in office on the day, six at most."""
        held = (seat.office.tenure for group in self.groups for seat in group.seats)
        return [tenure for tenure in held if tenure]


def composition(on=None) -> Composition:
    """Who sat in each of the seven seats on the day (today in Geneva if none is given). Three queries."""
    on = on or today()
    seats = {seat.code: seat for seat in Seat.objects.filter(pk__in=SEVEN).select_related("group")}
    latest = {}
    for model in (ChairTerm, Representative):
        for tenure in model.objects.last_begun(on, per="seat").select_related("person", "country"):
            latest[tenure.seat_id] = tenure
    offices = {}
    for code in SEVEN:
        seat = seats.get(code) or Seat(code=code, group_id=None if code == CHAIR else code[:-1])
        tenures = [latest[code]] if code in latest else []
        offices[code] = SeatOn(seat, office_on(on, seat.recorded_from, tenures))
    groups = [
        GroupOn(code, _group(seats, codes), [offices[seat] for seat in codes])
        for code, codes in SEATS_OF_GROUP.items()
    ]
    return Composition(on, offices[CHAIR], groups)


def _group(seats, codes):
    """The group's record, read with its seats; an unsaved one where they are not set up yet."""
    return next((seats[code].group for code in codes if code in seats), AdvisoryGroup(code=codes[0][:-1]))
