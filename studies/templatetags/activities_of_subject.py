"""What the page of a subject, which lies below, says of the activities about it."""

from django import template

from studies.models import Activity

register = template.Library()

MOST = 8


@register.inclusion_tag("studies/_activities_of_subject.html")
def activities_of_subject(subject, day, today):
    """The activities of the subject that begin last; on another day than today, those begun by it. One query."""
    activities = Activity.objects.public().about(subject.code)
    if day != today:
        activities = activities.filter(starts_on__lte=day)
    found = list(activities.order_by("-starts_on", "-code")[: MOST + 1])
    return {"code": subject.code, "activities": found[:MOST], "more": len(found) > MOST}
