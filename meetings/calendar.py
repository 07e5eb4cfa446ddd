"""The calendar for calendar programs, as iCalendar (RFC 5545): meetings as events that can be followed (clause W3).

An event keeps its UID for ever; its SEQUENCE is that of `meetings.calendar_changes`. A meeting that is cancelled or
postponed is CANCELLED on the days that were announced, so that it leaves the calendars that have it; once a postponed
one has new days, it stands on them again. Of a meeting whose day is not known there is no event, since it would have
to stand on a day that nobody said.
"""

import datetime
import uuid
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from iscg_portal.tenure.dates import GENEVA
from iscg_portal.translated import HTML_LANG
from meetings.calendar_changes import WHEN, Past, pasts
from meetings.filters import MeetingFilters
from meetings.meeting_rows import Meetings, meeting_at
from meetings.models import Meeting

STATUS = {
    Meeting.State.PLANNED: "TENTATIVE",
    Meeting.State.CONFIRMED: "CONFIRMED",
    Meeting.State.HELD: "CONFIRMED",
    Meeting.State.CANCELLED: "CANCELLED",
    Meeting.State.POSTPONED: "CANCELLED",  # on the days that calendars have, it does not take place
}
NAMESPACE = uuid.UUID("dc80af15-676e-5d44-95b2-2c2eee9ba722")  # of the portal's events, for ever
LONGEST_WAIT = datetime.timedelta(hours=12)  # until a program should look again


def calendar_of(filters=None, code="") -> bytes:
    """The iCalendar text of the meetings that the filters let through, or of one, in the active language."""
    calendar = Calendar()
    calendar.add("prodid", "-//ISCG//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"ISCG {code}" if code else _("Meetings of the ISCG and of the bodies around it"))
    calendar.add("refresh-interval", LONGEST_WAIT, parameters={"VALUE": "DURATION"})
    meetings = [meeting_at(code)] if code else Meetings(filters or MeetingFilters(), order=("starts_on", "code"))
    past_of = pasts(filters or MeetingFilters(), code)
    for meeting in meetings:
        event = _event(meeting, past_of.get(meeting.code) or _without_history(meeting))
        if event:
            calendar.add_component(event)
    _add_time_zones(calendar)
    return calendar.to_ical()


def _without_history(meeting):
    return Past(0, datetime.datetime.combine(meeting.starts_on, datetime.time(), GENEVA), None)


def _event(meeting, past):
    """The event of a meeting; None where no day was ever announced, or where it was held on days not known."""
    status = STATUS[meeting.state]
    if meeting.precision != Meeting.Precision.DAY:
        if past.announced is None or meeting.state == Meeting.State.HELD:
            return None
        status = "CANCELLED"  # no longer on the days that calendars have
        meeting = meeting._replace(**dict(zip(WHEN, past.announced, strict=True)))
    event = Event()
    event.add("uid", str(uuid.uuid5(NAMESPACE, meeting.code)))
    event.add("sequence", past.sequence)
    event.add("dtstamp", past.changed_at)
    event.add("last-modified", past.changed_at)
    event.add("status", status)
    starts, ends = span(meeting)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("transp", "OPAQUE" if isinstance(starts, datetime.datetime) else "TRANSPARENT")
    event.add("summary", _summary(meeting), parameters={"LANGUAGE": _language(meeting)})
    event.add("description", "\n".join(_lines(meeting)))
    event.add("categories", [meeting.whose])
    event.add("url", settings.SITE_URL + meeting.url)
    if meeting.place:
        event.add("location", meeting.place)
    return event


def _summary(meeting):
    title = meeting.title if meeting.name == meeting.code else f"{meeting.name}: {meeting.title}"
    return title if meeting.takes_place else f"{meeting.state_label}: {title}"


def _language(meeting):
    active = get_language()
    return meeting.title.lang or HTML_LANG.get(active, active)


def _lines(meeting):
    """What the event says beside its summary: whose meeting, how, in what state and why."""
    yield ", ".join(str(part) for part in (meeting.body_label, meeting.unit, meeting.mode_label) if part)
    yield f"{meeting.state_label}: {meeting.state_note}" if meeting.state_note else str(meeting.state_label)
    if meeting.opens_at:
        hours = "–".join(f"{hour:%H:%M}" for hour in (meeting.opens_at, meeting.closes_at) if hour)
        yield f"{hours} ({meeting.time_zone})"


def span(meeting):
    """From when to when the event stands: hours in the meeting's own zone where they say it, else whole days.

    A calendar needs an end: a meeting of one day that says only when it opens is given an hour.
    """
    starts, ends = (
        datetime.datetime.combine(day, hour or datetime.time(), meeting.zone)
        for day, hour in ((meeting.starts_on, meeting.opens_at), (meeting.last_day, meeting.closes_at))
    )
    if meeting.opens_at and meeting.closes_at:
        return starts, ends
    if meeting.opens_at and meeting.last_day == meeting.starts_on:
        an_hour_later = starts.astimezone(datetime.UTC) + datetime.timedelta(hours=1)
        return starts, an_hour_later.astimezone(meeting.zone)
    return meeting.starts_on, meeting.last_day + datetime.timedelta(days=1)


def _add_time_zones(calendar):
    """The zones that the events name, as the library writes them, for the years of the events."""
    zones = sorted(calendar.get_missing_tzids())
    if zones:
        days = [event.start for event in calendar.events if isinstance(event.start, datetime.datetime)]
        first, last = min(day.year for day in days), max(day.year for day in days)
        calendar.subcomponents[:0] = [_time_zone(zone, first, last) for zone in zones]


@lru_cache(maxsize=200)
def _time_zone(zone, first, last):
    return Timezone.from_tzid(zone, first_date=datetime.date(first - 1, 1, 1), last_date=datetime.date(last + 2, 1, 1))
