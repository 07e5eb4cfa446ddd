"""Sending an annual report to an advisory group's secretariat, once, with a log (clause F3)."""

import logging
import smtplib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal import record_version
from iscg_portal.files import stored as stored_files
from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import today
from meetings.personal_addresses import no_personal_address
from reports.models import Transmission, TransmissionMail

MAILBOX = "iscg@itu.int"  # the group's own (clause W2)
SENDER = f"ISCG <{MAILBOX}>"
log = logging.getLogger(__name__)
NO_MAILBOX = gettext_lazy("Enter the mailbox of the group's secretariat first, on the page of the group.")


def send(transmission, *, again=False, by=None):
    """Send the mail and log it; the `TransmissionMail`, whose `failure` says what went wrong, if anything did.

    Of two senders at once one sends. `again` sends what was sent already, or was cut short. Do not call it inside
    a transaction: the claim has to be seen before the mail leaves. Errors: ValidationError, and nothing is sent.
    """
    _refuse_unready(transmission)
    mail = _claim(transmission, again, by)
    try:
        _message(transmission, mail).send()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail of transmission %s failed: %s", transmission.pk, error)
        _failed(transmission, mail, error)
    else:
        _delivered(transmission, mail, by)
    return mail


def _refuse_unready(transmission):
    report, to = transmission.report, transmission.group.mailbox
    if report.state != report.State.PUBLISHED:
        raise ValidationError(_("Only a published report is sent."))
    if not to:
        raise ValidationError(NO_MAILBOX)
    no_personal_address(to)


@transaction.atomic
def _claim(transmission, again, by):
    """One conditional update decides who sends; the log has the try before the mail leaves."""
    record_version.bump()
    free = Transmission.objects.filter(pk=transmission.pk)
    if again:
        free = (
            free.filter(mail_claimed_at=transmission.mail_claimed_at) if transmission.mail_claimed_at else free.none()
        )
    else:
        free = free.filter(state=Transmission.State.TO_SEND, mail_claimed_at__isnull=True)
    now = timezone.now()
    if not free.update(mail_claimed_at=now):
        raise ValidationError(_("This was sent already, or is being sent; look at its log before you send it again."))
    files = [{"name": one.name, "sha256": one.stored_id} for one in transmission.report.files.all()]
    title = _("ISCG annual report %(code)s") % {"code": transmission.report.code}
    mail = TransmissionMail(transmission=transmission, to=transmission.group.mailbox, title=title, files=files)
    mail.by, mail.tried_at = by, now
    mail.save()
    return mail


def _message(transmission, mail):
    report = transmission.report
    link = f"{settings.SITE_URL.rstrip('/')}/en/reports/{report.code}/"
    words = {"group": transmission.group_id, "action": transmission.get_action_display(), "link": link}
    words |= {"code": report.code, "meeting": transmission.meeting and transmission.meeting.name, "mailbox": MAILBOX}
    body = [
        _("To the secretariat of %(group)s"),
        _("The Inter-Sector Coordination Group (ISCG) sends you its annual report %(code)s."),
        _("Asked of %(group)s: %(action)s."),
        *([_("It is meant for %(meeting)s.")] if transmission.meeting else []),
        _("The files are attached. The report is also on the portal:") + "\n%(link)s",
        _("If you have an account, you can acknowledge receipt and send comments in the workspace of the portal."),
        _("Questions: %(mailbox)s"),
    ]
    body = "\n\n".join(body) % words + "\n"
    message = EmailMessage(mail.title, body, SENDER, to=[mail.to])
    for file in report.files.select_related("stored"):
        message.attach(file.name, stored_files.path_of(file.stored.sha256).read_bytes())
    return message


@transaction.atomic
def _failed(transmission, mail, error):
    """The failure stays in the log; what was never sent can be sent."""
    record_version.bump()
    mail.failure = (str(error) or type(error).__name__)[:500]
    mail.save()
    unsent = Transmission.objects.filter(pk=transmission.pk, state=Transmission.State.TO_SEND)
    unsent.update(mail_claimed_at=None)


@transaction.atomic
def _delivered(transmission, mail, by):
    record_version.bump()
    mail.delivered_at = timezone.now()
    mail.save()
    fresh = Transmission.objects.get(pk=transmission.pk)
    if fresh.state == Transmission.State.TO_SEND:
        fresh.state, fresh.sent_on = Transmission.State.SENT, today()
        save_with_reason(fresh, _("Sent to %(to)s") % {"to": mail.to}, by)
