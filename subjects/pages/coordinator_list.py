"""Coordinators and Focal Points by subject on a day (clauses A0, A3, C4)."""

from django.shortcuts import render

from iscg_portal.tables import file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page
from subjects.models import Subject
from subjects.pages.subject_list import read_filters
from subjects.tables import coordinators_table, offices_table


@public_page
def coordinator_list(request, format=None):
    """Who coordinates each subject on a day, and the Focal Points, or the same as a file."""
    day, filters = read_day(request), read_filters(request)
    selected = filters.applied_to(Subject.objects.public().with_offices(day.on), day.on)
    subjects = selected.read_coordinator(day.on).read_focal_points(day.on)
    if format:
        table = coordinators_table if format == "json" else offices_table
        return file_of(request, table(subjects, day.on), format)
    context = {
        "selects": filters.selects_of_offices,
        "table": shown(request, coordinators_table(subjects, day.on)),
    }
    return render(request, "subjects/coordinator_list.html", context | day.context)
