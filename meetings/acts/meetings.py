"""Cancelling, postponing and moving a meeting, and copying the usual deadlines to it (clause W3)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from meetings.models import Deadline, Meeting


@transaction.atomic
def cancel(meeting, because, *, reason="", by=None):
    """Cancel the meeting. `because` is public. Errors: ValidationError."""
    record_version.bump()  # the first lock of every writer
    _refuse_over(meeting)
    meeting.state, meeting.state_note = Meeting.State.CANCELLED, because.strip()
    _save(meeting, reason, by)


@transaction.atomic
def postpone(meeting, because, *, starts_on=None, ends_on=None, reason="", by=None):
    """Move the meeting, or postpone it where no new day is known. `because` is public. Errors: ValidationError.

    With a new first day its deadlines move too, and it is planned or confirmed as before.
    """
    record_version.bump()
    _refuse_over(meeting)
    meeting.state_note = because.strip()
    if starts_on is None:
        if ends_on is not None:
            raise ValidationError(_("Give the new first day too, or leave both days blank."))
        meeting.state = Meeting.State.POSTPONED
    else:
        _move(meeting, starts_on, ends_on)
    _save(meeting, reason, by)


def _move(meeting, starts_on, ends_on):
    lasts = (meeting.ends_on - meeting.starts_on) if meeting.ends_on and meeting.precision == "day" else None
    meeting.starts_on, meeting.precision = starts_on, Meeting.Precision.DAY
    meeting.ends_on = ends_on or (starts_on + lasts if lasts is not None else None)
    if not meeting.takes_place:
        meeting.state = Meeting.State.PLANNED


def _refuse_over(meeting):
    if meeting.state == Meeting.State.HELD:
        raise ValidationError(_("This meeting was held; it cannot be cancelled or moved."))


def _save(meeting, reason, by):
    if not meeting.state_note:
        raise ValidationError({"state_note": _("Give the reason, for those who wanted to come.")})
    meeting.full_clean()
    save_with_reason(meeting, reason or meeting.state_note, by)


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
