"""The calendar for calendar programs, as iCalendar (RFC 5545): meetings as events that can be followed (clause W3).

An event keeps its UID for ever. Its SEQUENCE counts the recorded changes of what an event says (`SAID`), from the
history. A code stays with its meeting, so a meeting that was removed as a mistake and entered again goes on where it
was. A meeting that is cancelled or postponed is CANCELLED on the days that were announced, so that it leaves the
calendars that have it; once a postponed one has new days, it stands on them again. A meeting whose day is not known
has no event: it would have to stand on a day that nobody announced.
"""

import copy
import datetime
import uuid
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from iscg_portal.languages import HTML_LANG
from iscg_portal.plain_text import cleaned
from iscg_portal.tenure.dates import GENEVA, is_of_record, today
from iscg_portal.translated import columns_of
from iscg_portal.web.public_page import public_page, takes
from meetings.filters import chosen_meetings, read_meeting_filters, subject_codes
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
WHEN = ("starts_on", "ends_on", "precision", "opens_at", "closes_at", "time_zone")
SAID = (*WHEN, "place", "mode", "state", "state_note", *columns_of("title"))


@public_page
@takes("body", "state", "when", "year", "subject")
def calendar(request):
    """The calendar for calendar programs; it can be narrowed as the list of meetings can."""
    meetings = chosen_meetings(read_meeting_filters(request, today(), subject_codes()))
    name = _("Meetings of the ISCG and of the bodies around it")
    return _ics(calendar_of(meetings.order_by("starts_on", "code"), name), "iscg-meetings")


@public_page
def meeting_calendar(request, code):
    """One meeting for calendar programs. A meeting without a day gives a calendar without an event."""
    meetings = Meeting.objects.public().filter(code=code)
    if not meetings:
        raise Http404(_("No meeting with this code is on record."))
    return _ics(calendar_of(meetings, f"ISCG {code}"), f"iscg-{code}")


def _ics(content, name):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def calendar_of(meetings, name) -> bytes:
    """The iCalendar text of the meetings (a queryset) in the active language. Two queries."""
    calendar = Calendar()
    calendar.add("prodid", "-//ISCG//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LONGEST_WAIT, parameters={"VALUE": "DURATION"})
    past_of = pasts(meetings)
    for meeting in meetings:
        event = _event(meeting, past_of.get(meeting.code) or _without_history(meeting))
        if event:
            calendar.add_component(event)
    _add_time_zones(calendar)
    return calendar.to_ical()


class Past(NamedTuple):
    """How often a meeting changed, when last, and the days (values of WHEN) that were announced last, if any were."""

    sequence: int
    changed_at: datetime.datetime
    announced: tuple | None


def pasts(meetings) -> dict[str, Past]:
    """The past of each meeting by its code. One query."""
    changes = Meeting.history.model.objects.filter(code__in=meetings.order_by().values("code"))
    changes = changes.order_by("code", "history_date", "history_id")
    rows = changes.values("code", "history_date", "history_type", *SAID)
    return {code: _past(group) for code, group in groupby(rows, key=itemgetter("code"))}


def _past(changes):
    sequence, before, changed_at, announced = -1, None, None, None
    for change in changes:
        said = None if change["history_type"] == "-" else tuple(change[name] for name in SAID)
        if changed_at is None or said != before:
            sequence, before, changed_at = sequence + 1, said, change["history_date"]
        if said and change["precision"] == Meeting.Precision.DAY and is_of_record(change["starts_on"]):
            announced = said[: len(WHEN)]
    return Past(sequence, changed_at, announced)


def _without_history(meeting):
    return Past(0, datetime.datetime.combine(meeting.starts_on, datetime.time(), GENEVA), None)


def _event(meeting, past):
    """The event of a meeting; None where no day was ever announced, or where it was held on days not known."""
    status = "TENTATIVE" if meeting.is_unresolved() else STATUS[meeting.state]
    if meeting.precision != Meeting.Precision.DAY:
        if past.announced is None or meeting.state == Meeting.State.HELD:
            return None
        status = "CANCELLED"  # no longer on the days that calendars have
        meeting = copy.copy(meeting)
        vars(meeting).update(zip(WHEN, past.announced, strict=True))
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
    event.add("summary", cleaned(_summary(meeting)), parameters={"LANGUAGE": _language(meeting)})
    event.add("description", "\n".join(map(cleaned, _lines(meeting))))
    event.add("categories", [cleaned(meeting.whose)])
    event.add("url", settings.SITE_URL + meeting.get_absolute_url())
    if meeting.place:
        event.add("location", cleaned(meeting.place))
    return event


def _summary(meeting):
    title = meeting.title_shown if meeting.name == meeting.code else f"{meeting.name}: {meeting.title_shown}"
    return title if meeting.takes_place else f"{meeting.get_state_display()}: {title}"


def _language(meeting):
    return meeting.title_shown.lang or HTML_LANG[get_language()]


def _lines(meeting):
    """What the event says beside its summary: whose meeting, how, in what state and why."""
    yield ", ".join(filter(None, (meeting.get_body_display(), meeting.unit, meeting.get_mode_display())))
    state = meeting.state_in_words
    yield f"{state}: {meeting.note_shown}" if meeting.note_shown else state
    if meeting.opens_at:
        hours = "–".join(f"{hour:%H:%M}" for hour in (meeting.opens_at, meeting.closes_at) if hour)
        yield f"{hours} ({meeting.time_zone})"


def span(meeting):
    """From when to when the event lasts: hours in the meeting's own zone where they are known, else whole days.

    A calendar needs an end: a meeting of one day of which only the opening hour is known gets one hour.
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
