"""A year month by month: what the ISCG holds, beside the meetings and conferences around it (clause W3)."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Case, IntegerField, Value, When
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from iscg_portal.fragments import joined, remembered
from iscg_portal.prepared import ask
from iscg_portal.tenure.as_on import FIRST_YEAR, LAST_YEAR
from iscg_portal.tenure.dates import print_date, print_days
from iscg_portal.translated import Text, columns_of, first_text
from iscg_portal.web.drawing import Drawing
from meetings.filters import MeetingFilters, chosen_meetings
from meetings.meeting_rows import FIELDS, MeetingRow, meeting_row
from meetings.models.meetings import MeetingBody
from meetings.rows import sector_of
from meetings.year_picture import Bar, draw_year
from members.models import Conference

MOST = 150  # meetings of one year that are shown; the list has them all
CONFERENCES = "conferences"
LANES = (*MeetingBody.values, CONFERENCES)
CSS_OF_LANE = {MeetingBody.ISCG: "chair", MeetingBody.COORDINATORS: "chair"}


class Entry(NamedTuple):
    """One meeting or conference of the year. `lane` is the body whose it is."""

    lane: str
    starts_on: datetime.date
    last_day: datetime.date
    precision: str
    name: str
    title: Text
    place: str
    url: str = ""
    called_off: str = ""

    @property
    def dates(self):
        """As exactly as they are known: “12 February 2025”."""
        return print_days(self.starts_on, self.last_day, self.precision)


@dataclass
class Month:
    """A month with what begins in it; and what is known by the year alone, without a number."""

    name: str
    number: int | None = None
    current: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def rows(self):
        """The entries as finished rows."""
        return joined(_row(entry, entry.title.lang) for entry in self.entries)


class Year(NamedTuple):
    """A year as its page shows it. `left_out` says whether it has more meetings than are shown."""

    number: int
    months: list[Month]
    picture: Drawing | None
    before: int | None
    after: int | None
    left_out: bool


def year_of(number, now, *, rtl=False) -> Year:
    """The year; `now` is today. Two queries."""
    entries, left_out = _entries(number)
    months = [Month(print_date(datetime.date(number, month, 1), "month"), month) for month in range(1, 13)]
    if now.year == number:
        months[now.month - 1].current = True
    whole_year = Month(str(number))
    for entry in entries:
        begins_here = max(entry.starts_on, datetime.date(number, 1, 1))
        (whole_year if entry.precision == "year" else months[begins_here.month - 1]).entries.append(entry)
    return Year(
        number,
        [whole_year, *months] if whole_year.entries else months,
        draw_year(number, _lanes(entries), now if now.year == number else None, rtl=rtl) if entries else None,
        number - 1 if number > FIRST_YEAR else None,
        number + 1 if number < LAST_YEAR else None,
        left_out,
    )


@remembered
def _row(entry, lang):
    return render_to_string(
        "meetings/_year_entry.html", {"entry": entry, "lang": lang, "sector": sector_of(entry.lane)}
    )


def _entries(number):
    """What has a day in the year, the first first, and whether some of it is left out."""
    meetings = [meeting_row(values) for values in ask(_meetings, fixed=(number,))]
    entries = [_entry_of(meeting) for meeting in meetings[:MOST]]
    base = datetime.date(number, 1, 1), datetime.date(number, 12, 31)
    entries += [_conference(*row) for row in ask(_conferences, *base)]
    return sorted(entries, key=lambda entry: (entry.starts_on, entry.name)), len(meetings) > MOST


def _entry_of(meeting: MeetingRow):
    return Entry(
        meeting.body,
        meeting.starts_on,
        meeting.last_day,
        meeting.precision,
        meeting.name,
        meeting.title,
        meeting.place,
        meeting.url,
        "" if meeting.takes_place else str(meeting.state_label),
    )


def _conference(code, starts_on, ends_on, place, original, *names):
    return Entry(CONFERENCES, starts_on, ends_on, "day", code, first_text(names, original), place)


def _meetings(number):
    """The group's own first, so that they are never among those left out."""
    nearest = Case(
        *(When(body=body, then=Value(place)) for place, body in enumerate(MeetingBody.values)),
        output_field=IntegerField(),
    )
    meetings = chosen_meetings(MeetingFilters(year=number)).order_by(nearest, "starts_on", "code")
    return meetings.values_list(*FIELDS)[: MOST + 1]


def _conferences(first, last):
    held = Conference.objects.rewrite(False).filter(starts_on__lte=last, ends_on__gte=first)
    names = ("original_language", *columns_of("name"))
    return held.order_by("starts_on").values_list("code", "starts_on", "ends_on", "place", *names)


def _lanes(entries):
    """(name, class that colours it, bars) of each body that has something in the year; the group's own always."""
    for lane in LANES:
        bars = tuple(_bar(entry) for entry in entries if entry.lane == lane)
        if bars or lane == MeetingBody.ISCG:
            yield lane_name(lane), CSS_OF_LANE.get(lane) or sector_of(lane).lower() or "gs", bars


def lane_name(lane):
    """What the lane is called in the picture."""
    names = {
        MeetingBody.COORDINATORS: _("Coordinators"),
        MeetingBody.COUNCIL: _("Council"),
        MeetingBody.STUDY_UNIT: _("Study groups"),
        CONFERENCES: _("Conferences"),
    }
    return names.get(lane, lane)


def _bar(entry):
    label, exact = ", ".join(part for part in (entry.name, entry.called_off) if part), entry.precision == "day"
    spoken = f"{label}, {entry.dates}"
    return Bar(entry.starts_on, entry.last_day, not exact, label, spoken, entry.url, bool(entry.called_off))
