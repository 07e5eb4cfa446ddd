"""What an advisory group's secretariat says to a transmission: that it is noted, or comments (clause F3)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import today
from reports.models import Transmission

State = Transmission.State
MOST_REPLY = Transmission._meta.get_field("reply").max_length  # no model minds it by itself


@transaction.atomic
def note(given, *, reason="", by=None):
    """The group's secretariat acknowledges receipt, once. Errors: ValidationError if there is an answer already."""
    fresh = _sent(given)
    if fresh.state != State.SENT:
        raise ValidationError(_("There is an answer already: %(state)s.") % {"state": fresh.get_state_display()})
    return _answered(fresh, State.NOTED, reason, by)


@transaction.atomic
def comment(given, text, *, reason="", by=None):
    """The group's comments: the reply, or added to it below what it says already. Errors: ValidationError."""
    fresh = _sent(given)
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise ValidationError({"reply": _("Write the comments first.")})
    fresh.reply = f"{fresh.reply.rstrip()}\n\n{text}".strip()
    if len(fresh.reply) > MOST_REPLY:
        message = _("With what the group said before, this is longer than %(most)d characters.")
        raise ValidationError({"reply": message % {"most": MOST_REPLY}})
    return _answered(fresh, State.FOLLOW_UP if fresh.state == State.FOLLOW_UP else State.COMMENTS, reason, by)


def _sent(given):
    """The transmission as it stands, under the first lock of every writer."""
    record_version.bump()
    fresh = Transmission.objects.get(pk=given.pk)
    if fresh.state == State.TO_SEND:
        raise ValidationError(_("It was not sent yet; there is nothing to answer."))
    return fresh


def _answered(fresh, state, reason, by):
    fresh.state = state
    fresh.answered_on = fresh.answered_on or today()
    fresh.full_clean()
    save_with_reason(fresh, reason, by)
    return fresh
