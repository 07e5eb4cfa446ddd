"""Joint activities and events, by subject, region, Sector and year, and one of them (clause F2)."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table, file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page, takes
from studies.activity_filters import PARAMETERS, activity_questions, chosen_activities, read_activity_filters
from studies.clashes import NEAR, clashes_of, pairs_of
from studies.models import Activity, ActivitySubject
from studies.models.activity_words import REGIONS
from studies.tables import activities_table
from subjects.codes import subject_codes

MOST_NEAR = 10


@public_page
@takes("on", *PARAMETERS, "sort", "page")
def activity_list(request, format=None):
    """The activities that the address asks for, the latest first, or the same as a file."""
    day, subjects = read_day(request), subject_codes()
    filters = read_activity_filters(request, day.on, subjects)
    activities = chosen_activities(filters).order_by("-starts_on", "code")
    if format:
        return file_of(request, activities_table(activities.with_codes(), day.on), format)
    table = activities_table(activities.with_names(), day.on)
    context = {
        "questions": activity_questions(filters, subjects),
        "asked_day": "" if day.is_today else day.on.isoformat(),
        "year": filters.year or day.on.year,
        "clashes": len(pairs_of(activities, day.on)),
        "table": shown(request, table),
    }
    return render(request, "studies/activity_list.html", context | day.context)


@public_page
@takes("on", "subject", "region", "sector", "interest", "year", "page")
def activity_clashes(request):
    """Activities to come about the same subject, near in time, for the same region."""
    day, subjects = read_day(request), subject_codes()
    filters = read_activity_filters(request, day.on, subjects)
    heads = [("first", _("Activity")), ("second", _("And")), ("subjects", _("Subjects")), ("regions", _("Region"))]
    clashes = clashes_of(chosen_activities(filters), day.on)
    asked = [one for one in activity_questions(filters, subjects) if one.name not in ("when", "state")]
    context = {
        "questions": asked,
        "asked_day": "" if day.is_today else day.on.isoformat(),
        "days": NEAR.days,
        "table": shown(request, Table("clashes", [Column(key, label) for key, label in heads], clashes, day.on)),
    }
    return render(request, "studies/activity_clashes.html", context | day.context)


@public_page
def activity_detail(request, code):
    """The activity with this code, and what is near it. Errors: 404 with a sentence for an unknown one."""
    activity = Activity.objects.public().with_names().filter(code=code).first()
    if activity is None:
        raise Http404(_("No activity with this code is on record."))
    now = today()
    context = {
        "activity": activity,
        "is_old": activity.is_old(now),
        "near": list(near(activity, now)[:MOST_NEAR]),
        "days": NEAR.days,
    }
    return render(request, "studies/activity_detail.html", context)


def near(activity, on):
    """Those about a subject of the activity, near it in time and for a region of it; none once it is over."""
    exact = Activity.Precision.DAY
    regions = Q(pk__in=[])
    for code in activity.regions:
        regions |= Q((REGIONS[code], True))
    if activity.last_day < on or not activity.takes_place or activity.precision != exact or not activity.regions:
        return Activity.objects.none()
    subjects = [link.subject_id for link in activity.subject_links.all()]
    same = ActivitySubject.objects.filter(subject__in=subjects).values("activity")
    found = Activity.objects.public().not_called_off().not_over(max(on, activity.starts_on - NEAR))
    found = found.filter(regions, pk__in=same, precision=exact, starts_on__lte=activity.last_day + NEAR)
    return found.exclude(pk=activity.pk).order_by("starts_on", "code")
