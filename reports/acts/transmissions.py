"""Acts on a transmission (clause F3): sent through the outbox, each time once; noted or commented on by its group."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Reader, absolute_url, attach, put, write_mail
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import GENEVA, today
from reports.models import Transmission, TransmissionMail

NO_MAILBOX = gettext_lazy("Enter the mailbox of the group's secretariat first, on the page of the group.")
UNDER_WAY = (Mail.State.WAITING, Mail.State.SENDING)
CAME_TO_NOTHING = (Mail.State.FAILED, Mail.State.CANCELLED)
State = Transmission.State
MOST_REPLY = Transmission._meta.get_field("reply").max_length  # no model minds it by itself


def send(transmission, *, after=None, by=None) -> Mail:
    """Put the mail into the outbox: the `Mail`. The sender delivers it, and then records the transmission as sent.

    `after` is the mail that who sends knows to be the last one: without it nothing is sent a second time, with it
    nothing that somebody else sent again meanwhile. Errors: ValidationError, and nothing is sent.
    """
    Mail.objects.call_unknown()
    return _put(transmission, after, by)


def last_mail(transmission) -> Mail | None:
    """The newest mail that was written for the transmission."""
    newest = transmission.mails.select_related("mail").first()
    return newest and newest.mail


def is_unsent(transmission, last) -> bool:
    """Whether it was never sent, as far as anybody knows; `last` is its last mail."""
    return transmission.state == State.TO_SEND and (last is None or last.state in CAME_TO_NOTHING)


def _refuse_unready(transmission):
    report, to = transmission.report, transmission.group.mailbox
    if report.state != report.State.PUBLISHED:
        raise ValidationError(_("Only a published report is sent."))
    if not to:
        raise ValidationError(NO_MAILBOX)
    no_personal_address(to)


@transaction.atomic
def _put(transmission, after, by):
    """Of two senders at the same time the second finds the mail of the first."""
    record_version.bump()  # the first lock of every writer
    fresh = Transmission.objects.select_related("report", "group", "meeting").get(pk=transmission.pk)
    _refuse_unready(fresh)
    last = last_mail(fresh)
    if last is not None and last.state in UNDER_WAY:
        raise ValidationError(_("A mail of this is already in the queue or being sent; look at its log."))
    if not is_unsent(fresh, last) and (last is None or last != after):
        raise ValidationError(_("This was already sent, or is being sent; look at its log before you send it again."))
    mail = write_mail(Reader(fresh.group.mailbox, get_language()), lambda: _words(fresh))
    mail.is_kept = True
    put([mail])
    attach(mail, [(file.stored, file.name) for file in fresh.report.files.select_related("stored")])
    TransmissionMail.objects.create(transmission=fresh, mail=mail, by=by)
    return mail


def _words(transmission):
    report = transmission.report
    words = {"group": transmission.group_id, "action": transmission.get_action_display(), "code": report.code}
    words["meeting"] = transmission.meeting and transmission.meeting.name
    return (
        _("ISCG annual report %(code)s") % words,
        [
            _("To the secretariat of %(group)s") % words,
            _("The Inter-Sector Coordination Group (ISCG) sends you its annual report %(code)s.") % words,
            _("Asked of %(group)s: %(action)s.") % words,
            *([_("It is meant for %(meeting)s.") % words] if transmission.meeting else []),
            _("If you have an account, you can acknowledge receipt and send comments in the workspace of the portal."),
            _("The files are attached. The report is also on the portal:"),
        ],
        absolute_url(report.get_absolute_url()),
    )


def record_what_went() -> int:
    """Record as sent the transmissions whose mails have left. Returns how many."""
    went = TransmissionMail.objects.filter(is_recorded=False, mail__state=Mail.State.SENT)
    return sum(_record(sent) for sent in went.select_related("mail", "by").order_by("pk"))


@transaction.atomic
def _record(sent) -> bool:
    """Once for each mail: what staff later enter about the transmission stays."""
    record_version.bump()  # the first lock of every writer
    if not TransmissionMail.objects.filter(pk=sent.pk, is_recorded=False).update(is_recorded=True):
        return False
    transmission = Transmission.objects.get(pk=sent.transmission_id)
    if transmission.state != State.TO_SEND:
        return False
    transmission.state = State.SENT
    transmission.sent_on = timezone.localtime(sent.mail.sent_at, GENEVA).date()
    save_with_reason(transmission, _("Sent to %(to)s") % {"to": sent.mail.to}, sent.by)
    return True


@transaction.atomic
def note(given, *, reason="", by=None):
    """The group's secretariat acknowledges receipt, once. Errors: ValidationError if there is an answer already."""
    fresh = _sent(given)
    if fresh.state != State.SENT:
        raise ValidationError(_("There is already an answer: %(state)s.") % {"state": fresh.get_state_display()})
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
    """The transmission as it is now, under the first lock of every writer."""
    record_version.bump()
    fresh = Transmission.objects.get(pk=given.pk)
    if fresh.state == State.TO_SEND:
        raise ValidationError(_("It has not been sent yet, so there is nothing to answer."))
    return fresh


def _answered(fresh, state, reason, by):
    fresh.state = state
    fresh.answered_on = fresh.answered_on or today()
    fresh.full_clean()
    save_with_reason(fresh, reason, by)
    return fresh
