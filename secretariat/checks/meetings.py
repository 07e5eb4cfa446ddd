"""Meetings that were announced and are over, while nobody recorded whether they were held (clause W3)."""

from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from meetings.models import Meeting
from secretariat.findings import NOT_RECORDED, Finding, topic

NOT_RECORDED_AS_HELD = topic(
    "W3",
    NOT_RECORDED,
    "%(count)d meeting was announced, and whether it was held is not recorded",
    "%(count)d meetings were announced, and whether they were held is not recorded",
)


def ask_meetings(on):
    """A finding for each, the latest first. One query."""
    untold = Meeting.objects.unresolved(on).order_by("-starts_on", "code")
    for meeting in untold.only("code", "body", "starts_on", "ends_on", "precision"):
        names = {"meeting": meeting.name, "days": meeting.dates}
        sentence = _("%(meeting)s: announced for %(days)s; whether it was held is not recorded.") % names
        yield Finding(NOT_RECORDED_AS_HELD, sentence, admin_address(Meeting, meeting.pk))
