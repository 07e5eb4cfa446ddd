"""A year month by month: what the ISCG holds, beside the meetings and conferences around it (clause W3)."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Case, IntegerField, Value, When
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.tenure.as_on import FIRST_YEAR, LAST_YEAR
from iscg_portal.tenure.dates import print_date, print_days, today
from iscg_portal.translated import Text
from iscg_portal.web.public_page import public_page
from meetings.models import Meeting
from meetings.pages.year_picture import YearBar, draw_year
from members.models import Conference

MOST = 150  # meetings of one year that are shown; the list has them all
CONFERENCES = "conferences"
LANES = (*MeetingBody.values, CONFERENCES)
CSS_OF_LANE = {MeetingBody.ISCG: "chair", MeetingBody.COORDINATORS: "chair"}


@public_page
def meeting_year(request, year):
    """The months of the year with what begins in them, and the year as a picture."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("There is no such year on record."))
    now = today()
    meetings, conferences = meetings_of(year), conferences_of(year)
    events = [*map(_of_meeting, meetings[:MOST]), *map(_of_conference, conferences)]
    events.sort(key=lambda event: (event.starts_on, event.name))
    day = now if now.year == year else None
    context = {
        "year": year,
        "months": _months(year, events, day),
        "picture": draw_year(year, _lanes(events), day, rtl=get_language_bidi()) if events else None,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "left_out": len(meetings) > MOST,
    }
    return render(request, "meetings/meeting_year.html", context)


def meetings_of(year):
    """The meetings of a year, at most one more than are shown; the group's own are never among those left out."""
    nearest = Case(
        *(When(body=body, then=Value(place)) for place, body in enumerate(MeetingBody.values)),
        output_field=IntegerField(),
    )
    return list(Meeting.objects.public().in_year(year).order_by(nearest, "starts_on", "code")[: MOST + 1])


def conferences_of(year):
    """The assemblies and conferences with a day in the year."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return Conference.objects.public().filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on")


class YearEvent(NamedTuple):
    """A meeting or a conference of the year. `lane` is the body whose it is."""

    lane: str
    sector: str
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


def _of_meeting(meeting):
    return YearEvent(
        meeting.body,
        meeting.sector,
        meeting.starts_on,
        meeting.last_day,
        meeting.precision,
        meeting.name,
        meeting.title_shown,
        meeting.place,
        meeting.get_absolute_url(),
        "" if meeting.takes_place else meeting.get_state_display(),
    )


def _of_conference(held):
    name = held.text("name")
    return YearEvent(CONFERENCES, "", held.starts_on, held.ends_on, "day", held.code, name, held.place)


@dataclass
class Month:
    """A month with what begins in it; without a number the place of what is known by the year alone."""

    name: str
    number: int | None = None
    current: bool = False
    events: list[YearEvent] = field(default_factory=list)


def _months(year, events, day):
    months = [Month(print_date(datetime.date(year, month, 1), "month"), month) for month in range(1, 13)]
    if day:
        months[day.month - 1].current = True
    whole_year = Month(str(year))
    for event in events:
        begins_here = max(event.starts_on, datetime.date(year, 1, 1))
        (whole_year if event.precision == "year" else months[begins_here.month - 1]).events.append(event)
    return [whole_year, *months] if whole_year.events else months


def _lanes(events):
    """(name, class that colours it, bars) of each body that has something in the year; the group's own always."""
    for lane in LANES:
        bars = tuple(_bar(event) for event in events if event.lane == lane)
        if bars or lane == MeetingBody.ISCG:
            sector = next((event.sector for event in events if event.lane == lane), "")
            yield lane_name(lane), CSS_OF_LANE.get(lane) or sector.lower() or "gs", bars


def lane_name(lane):
    """What the lane is called in the picture."""
    names = {
        MeetingBody.COORDINATORS: _("Coordinators"),
        MeetingBody.COUNCIL: _("Council"),
        MeetingBody.STUDY_UNIT: _("Study groups"),
        CONFERENCES: _("Conferences"),
    }
    return names.get(lane, lane)


def _bar(event):
    label = ", ".join(filter(None, (event.name, event.called_off)))
    exact, spoken = event.precision == "day", f"{label}, {event.dates}"
    return YearBar(event.starts_on, event.last_day, not exact, label, spoken, event.url, bool(event.called_off))
