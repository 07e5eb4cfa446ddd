"""What a transmission says of the answers of its group, after one that was entered wrongly was mended or removed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from reports.acts.transmissions import MOST_REPLY
from reports.models import Transmission
from reports.models.transmissions import UNANSWERED

State = Transmission.State


def said_before(transmission) -> str:
    """What its reply says above the answers, as it stood before each of them had a row; blank as a rule."""
    return transmission.reply.removesuffix(_joined(transmission.answers.all())).rstrip()


def _joined(answers):
    return "\n\n".join(answer.text for answer in answers.order_by("pk") if answer.text)


@transaction.atomic
def follow_answers(given, above="", *, reason="", by=None):
    """The transmission says what its answers say now: its reply below `above`, its day and its state.

    Without an answer it is as it was before the first. Errors: ValidationError.
    """
    record_version.bump()  # the first lock of every writer
    fresh = Transmission.objects.get(pk=given.pk)
    answers = fresh.answers.all()
    fresh.reply = f"{above}\n\n{_joined(answers)}".strip()
    if len(fresh.reply) > MOST_REPLY:
        message = _("With what the group said before, this is longer than %(most)d characters.")
        raise ValidationError(message % {"most": MOST_REPLY})
    if days := [answer.said_on for answer in answers]:
        fresh.answered_on = min(days)
        if fresh.state != State.FOLLOW_UP:
            fresh.state = State.COMMENTS if answers.exclude(text="").exists() else State.NOTED
    else:
        _take_back(fresh)
    fresh.full_clean()
    save_with_reason(fresh, reason, by)


def _take_back(fresh):
    """Nobody answered: state, meeting and receipt are those that the record had before."""
    versions = Transmission.history.filter(id=fresh.pk, state__in=UNANSWERED).exclude(state=State.TO_SEND)
    before = versions.order_by("history_date", "history_id").last()
    fresh.answered_on, fresh.state = None, before.state if before else State.SENT
    if before:
        fresh.meeting_id, fresh.received_on = before.meeting_id, before.received_on
    if fresh.state == State.ON_AGENDA and not (fresh.meeting and fresh.meeting.takes_place):
        fresh.state = State.RECEIVED if fresh.received_on else State.SENT
