"""The meetings of the group and of the bodies around it (clauses W3, W4)."""

from django.shortcuts import render

from iscg_portal.tables import file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page
from meetings.filter_form import meeting_questions, subject_codes
from meetings.filters import chosen_meetings, read_meeting_filters
from meetings.models import Meeting
from meetings.tables import meetings_in_full, meetings_table


@public_page
def meeting_list(request, format=None):
    """The meetings that the address asks for, the latest first, or the same as a file."""
    day, subjects = read_day(request), subject_codes()
    filters = read_meeting_filters(request, day.on, subjects)
    meetings = chosen_meetings(filters).order_by("-starts_on", "code")
    if format:
        return file_of(request, meetings_table(meetings_in_full(meetings), day.on), format)
    context = {
        "announced": Meeting.objects.public().announced(day.on),
        "questions": meeting_questions(filters, subjects),
        "asked_day": "" if day.is_today else day.on.isoformat(),
        "year": filters.year or day.on.year,
        "table": shown(request, meetings_table(meetings, day.on)),
    }
    return render(request, "meetings/meeting_list.html", context | day.context)
