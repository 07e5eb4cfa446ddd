"""Meetings as lists, calendars and files tell them: only what is public is read, in one query a list."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

from iscg_portal.prepared import ask
from iscg_portal.tables import ROWS_A_PAGE
from iscg_portal.translated import Text, columns_of, first_text
from meetings.counts import count_of
from meetings.filters import MeetingFilters, chosen_meetings
from meetings.models import Attendance, Deadline, Meeting
from meetings.models.meetings import LAST_DAY, MeetingBody
from members.url_base import url_base


class _Meeting(NamedTuple):
    code: str
    body: str
    unit: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    precision: str
    opens_at: datetime.time | None
    closes_at: datetime.time | None
    time_zone: str
    place: str
    mode: str
    state: str
    state_note: str
    subject__code: str | None
    together_with__code: str | None
    registration_url: str
    web_url: str
    source: str
    indicative: bool
    title: Text
    deadlines: tuple = ()
    attendance: tuple = ()


OWN = _Meeting._fields[:-3]
DEADLINE = ("kind", "days_before", "hour")
ATTENDANCE = ("country_id", "capacity", "count")
MOST_TO_COME = 20
FIELDS = (*OWN, "original_language", *columns_of("title"))


class MeetingRow(_Meeting):
    """A meeting on a list. What follows from its fields is said by the model alone."""

    __slots__ = ()
    State = Meeting.State
    name, dates, last_day = Meeting.name, Meeting.dates, Meeting.last_day
    takes_place, zone = Meeting.takes_place, Meeting.zone

    @property
    def url(self):
        """The address of its page, in the page's language."""
        return f"{url_base('meetings:meeting-detail')}{self.code}/"

    @property
    def whose(self):
        """The body as lists print it; the study group or working party by its name."""
        return self.unit or self.body

    @property
    def body_label(self):
        """The body in words."""
        return MeetingBody(self.body).label

    @property
    def mode_label(self):
        """How people take part, in words; blank where that is not known."""
        return Meeting.Mode(self.mode).label if self.mode else ""

    @property
    def state_label(self):
        """Whether it takes place, in words."""
        return Meeting.State(self.state).label


class AttendanceRow(NamedTuple):
    """How many took part for a country, or for none, in a capacity."""

    country: str | None
    capacity: str
    count: int


class DeadlineRow(NamedTuple):
    """A deadline, counted by its model from the days of the meeting as they stand now."""

    meeting: MeetingRow
    kind: str
    days_before: int
    hour: datetime.time

    @property
    def label(self):
        """What is due, in words."""
        return Deadline.Kind(self.kind).label

    @property
    def due_on(self):
        """The day in Geneva; None while the meeting has no day on which it takes place."""
        return Deadline.due_on.fget(self) if self.meeting.takes_place else None


def meeting_row(values) -> MeetingRow:
    """The meeting in the values of FIELDS."""
    return MeetingRow(*values[: len(OWN)], first_text(values[len(OWN) + 1 :], values[len(OWN)]))


@dataclass(frozen=True)
class Meetings:
    """The meetings that the filters let through, in an order; a slice is read when it is asked for."""

    filters: MeetingFilters
    token: str = ""
    order: tuple[str, ...] = ("-starts_on", "code")

    def order_by(self, *names):
        """The same meetings in another order."""
        return replace(self, order=names)

    def count(self):
        """How many there are."""
        return count_of(self.token, chosen_meetings, self.filters)

    __len__ = count

    def __iter__(self):
        """All of them with their deadlines and attendance, for files. Three queries."""
        deadlines_of, attendance_of = defaultdict(list), defaultdict(list)
        for code, *deadline in ask(_deadlines, fixed=(self.filters,)):
            deadlines_of[code].append(deadline)
        for code, *counted in ask(_attendance, fixed=(self.filters,)):
            attendance_of[code].append(AttendanceRow(*counted))
        for values in ask(_rows, fixed=(self.filters, self.order, None)):
            row = meeting_row(values)
            deadlines = tuple(DeadlineRow(row, *deadline) for deadline in deadlines_of[row.code])
            yield row._replace(deadlines=deadlines, attendance=tuple(attendance_of[row.code]))

    def __getitem__(self, wanted):
        start, stop = wanted.start or 0, wanted.stop
        rows = ask(_rows, fixed=(self.filters, self.order, start))
        return [meeting_row(row) for row in rows[: stop - start]]


def _rows(filters, order, start):
    rows = chosen_meetings(filters).order_by(*order).values_list(*FIELDS)
    return rows if start is None else rows[start : start + ROWS_A_PAGE]


def _deadlines(filters):
    deadlines = Deadline.objects.filter(meeting__in=chosen_meetings(filters).values("pk"))
    return deadlines.order_by("-days_before", "hour", "kind").values_list("meeting__code", *DEADLINE)


def _attendance(filters):
    counted = Attendance.objects.filter(meeting__in=chosen_meetings(filters).values("pk"))
    return counted.order_by("country_id", "capacity").values_list("meeting__code", *ATTENDANCE)


class Announced(NamedTuple):
    """The group's next meeting, and those before it that were announced and do not take place."""

    next: MeetingRow | None
    called_off: list[MeetingRow]


def announced(on) -> Announced:
    """What the group has announced for the day or after it, or had; the next meeting takes, or took, place (W3)."""
    rows = list(map(meeting_row, ask(_to_come, on)))
    place = next((place for place, row in enumerate(rows) if row.takes_place), len(rows))
    return Announced(rows[place] if place < len(rows) else None, rows[:place])


def _to_come(on):
    # In the order of the index that also holds the condition, so that those of the past are not even read.
    to_come = Meeting.objects.rewrite(False).of_the_group().not_over(on).order_by(LAST_DAY, "starts_on", "code")
    return to_come.values_list(*FIELDS)[:MOST_TO_COME]


def meeting_at(code) -> MeetingRow | None:
    """The meeting with this code, or None."""
    return next(map(meeting_row, ask(_at, code)), None)


def _at(code):
    return Meeting.objects.rewrite(False).filter(code=code).values_list(*FIELDS)
