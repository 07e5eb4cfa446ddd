"""Acts on a meeting: it gets the usual deadlines, and its actions are closed: done, or given up (clause W3)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from meetings.models import Deadline, Decision, Meeting


def meeting_with_usual_deadlines(meeting):
    """The latest other meeting of the same body that has deadlines, or None."""
    others = Meeting.objects.filter(body=meeting.body, subject=meeting.subject, deadlines__isnull=False)
    return others.exclude(pk=meeting.pk).order_by("-starts_on").first()


@transaction.atomic
def copy_deadlines(meeting, *, reason="", by=None):
    """Give the meeting the deadlines of the last one, counted from its own first day. Returns the new `Deadline`s.

    A kind of deadline that the meeting has already stays as it is. Errors: ValidationError.
    """
    record_version.bump()
    last = meeting_with_usual_deadlines(meeting)
    if last is None:
        raise ValidationError(_("No other meeting of this body has deadlines."))
    there = set(meeting.deadlines.values_list("kind", flat=True))
    made = []
    for usual in last.deadlines.exclude(kind__in=there):
        deadline = Deadline(meeting=meeting, kind=usual.kind, days_before=usual.days_before, hour=usual.hour)
        deadline.full_clean()
        save_with_reason(deadline, reason or _("As for %(meeting)s") % {"meeting": last}, by)
        made.append(deadline)
    return made


@transaction.atomic
def close(action, on, because, *, reason="", by=None):
    """The next meeting no longer carries it. Errors: ValidationError where it is a decision, or closed."""
    record_version.bump()  # the first lock of every writer
    action = Decision.objects.get(pk=action.pk)
    if action.closed_on:
        raise ValidationError(_("This action is closed."))
    action.closed_on, action.closed_because = on, because.strip()
    action.full_clean()
    save_with_reason(action, reason or action.closed_because, by)
