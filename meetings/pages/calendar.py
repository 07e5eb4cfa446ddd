"""The calendar of the meetings for calendar programs: events that can be followed (clause W3).

How UID and SEQUENCE are kept is said in `iscg_portal/web/calendars.py`.
"""

import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from iscg_portal.fixed_terms import with_initials
from iscg_portal.languages import in_brackets, with_colon, with_commas
from iscg_portal.tenure.dates import today
from iscg_portal.translated import columns_of
from iscg_portal.web.calendars import DAYS, EventsOf, EventWords, calendar_response, whole_days
from iscg_portal.web.public_page import public_page, takes
from meetings.filters import chosen_meetings, read_meeting_filters
from meetings.models import Meeting
from subjects.codes import subject_codes


@public_page
@takes("body", "state", "when", "year", "subject")
def calendar(request):
    """The calendar for calendar programs; it can be narrowed as the list of meetings can."""
    meetings = chosen_meetings(read_meeting_filters(request, today(), subject_codes()))
    name = _("Meetings of the ISCG and of the bodies around it")
    return calendar_response(MEETINGS, meetings.order_by("starts_on", "code"), name, "iscg-meetings")


@public_page
def meeting_calendar(request, code):
    """One meeting for calendar programs. A meeting without a day gives a calendar without an event."""
    meetings = Meeting.objects.public().filter(code=code)
    if not meetings:
        raise Http404(_("No meeting with this code is on record."))
    return calendar_response(MEETINGS, meetings, f"ISCG {code}", f"iscg-{code}")


def _tell(meeting) -> EventWords:
    title = meeting.title_shown
    return EventWords(meeting.code, span(meeting), _summary(meeting), _lines(meeting), [meeting.whose], title.lang)


def _summary(meeting):
    title = (
        meeting.title_shown
        if meeting.name == with_initials(meeting.code)
        else with_colon(meeting.name, meeting.title_shown)
    )
    return title if meeting.takes_place else with_colon(meeting.get_state_display(), title)


def _lines(meeting):
    """What the event says beside its summary: whose meeting, how, in what state and why."""
    yield with_commas((meeting.get_body_display(), meeting.unit, meeting.get_mode_display()))
    state = meeting.state_in_words
    yield with_colon(state, meeting.note_shown) if meeting.note_shown else state
    if meeting.opens_at:
        hours = "–".join(f"{hour:%H:%M}" for hour in (meeting.opens_at, meeting.closes_at) if hour)
        yield f"{hours}{in_brackets(meeting.time_zone)}"


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
    return whole_days(meeting)


WHEN = (*DAYS, "opens_at", "closes_at", "time_zone")
MEETINGS = EventsOf("Meetings", (*WHEN, "place", "mode", "state", "state_note", *columns_of("title")), _tell, WHEN)
