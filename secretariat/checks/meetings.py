"""Meetings of which nobody recorded whether they were held, and their actions that are overdue (clause W3)."""

from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.tenure.dates import print_date
from meetings.models import Decision, DecisionState, Meeting
from secretariat.findings import NOT_RECORDED, REMARK, Finding, topic

NOT_RECORDED_AS_HELD = topic(
    "W3",
    NOT_RECORDED,
    "%(count)d meeting was announced, and whether it was held is not recorded",
    "%(count)d meetings were announced, and whether they were held is not recorded",
)
ACTION_OVERDUE = topic(
    "W3", REMARK, "%(count)d action of a meeting is overdue", "%(count)d actions of meetings are overdue"
)
OVERDUE = "overdue actions"


def to_count(on):
    """The rows that `ask_actions` wants counted (see `secretariat.findings`)."""
    return {OVERDUE: Decision.objects.in_state(DecisionState.OVERDUE, on)}


def counted(on):
    """(topic, queryset) of what the database counts alone."""
    return [(NOT_RECORDED_AS_HELD, Meeting.objects.unresolved(on))]


def ask_actions(on, count):
    """A finding for each overdue action, the one due first before others; one query where there is any."""
    if not count[OVERDUE]:
        return
    overdue = Decision.objects.in_state(DecisionState.OVERDUE, on).select_related("meeting")
    for action in overdue.order_by("due_on", "pk"):
        names = {"action": action, "owner": action.owner, "day": print_date(action.due_on)}
        if action.owner:
            sentence = _("%(action)s: due on %(day)s, %(owner)s; it is not closed.") % names
        else:
            sentence = _("%(action)s: due on %(day)s; it is not closed, and who does it is not recorded.") % names
        yield Finding(ACTION_OVERDUE, sentence, admin_address(Decision, action.pk))


def ask_meetings(on):
    """A finding for each, the latest first. One query."""
    untold = Meeting.objects.unresolved(on).order_by("-starts_on", "code")
    for meeting in untold.only("code", "body", "starts_on", "ends_on", "precision"):
        names = {"meeting": meeting.name, "days": meeting.dates}
        sentence = _("%(meeting)s: announced for %(days)s; whether it was held is not recorded.") % names
        yield Finding(NOT_RECORDED_AS_HELD, sentence, admin_address(Meeting, meeting.pk))
