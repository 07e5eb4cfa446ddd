"""What the page of a meeting, which lies below, says of the Coordinators' reports to it."""

from django import template

from reports.models import CoordinatorReport

register = template.Library()


@register.inclusion_tag("reports/_to_meeting.html")
def reports_to_meeting(meeting):
    """The public reports to the meeting, by subject. One query."""
    reports = CoordinatorReport.objects.public().filter(meeting=meeting).join_public("subject", "person")
    reports = list(reports.defer(*CoordinatorReport.TEXTS).order_by("subject__code"))
    for report in reports:
        report.meeting = meeting
    return {"reports": reports}
