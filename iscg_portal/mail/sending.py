"""Sending what the outbox holds: each mail once, and none lost while the mail server is down.

A mail is claimed, sent, and then marked as sent. If the process dies in between, nobody can tell whether the mail
went; it is never sent again automatically (`MailQuerySet.call_unknown`). No request comes here: the sender does
(`manage.py send_mail_queue`).
"""

import signal
import smtplib
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError

from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from iscg_portal.files.stored import opened
from iscg_portal.files.whole import FileIsGone
from iscg_portal.mail.models import PAUSES, Mail
from iscg_portal.mail.one_time import without_tokens

LONGEST_ERROR = 500
LONGEST_CONVERSATION = 120  # seconds, about one mail; for each single answer EMAIL_TIMEOUT is the limit
MAILBOX = "iscg@itu.int"  # the group's own (clause W2)
SENDER = f"ISCG <{MAILBOX}>"


@dataclass
class Sent:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    postponed: int = 0
    server_error: str = ""


def send_waiting(now=None, goes_on=lambda: True) -> Sent:
    """Send every mail that may go now; what is written meanwhile too, if it is more urgent before the others.

    A server that cannot be reached ends the run, and the mails stay in the queue; so does `goes_on()`, asked before
    each mail.
    """
    done = Sent(unknown=Mail.objects.call_unknown(now))
    Mail.objects.cancel_lapsed(now)
    if not Mail.objects.ready(now).exists():
        return done
    connection = get_connection()
    try:
        _open(connection)
        while goes_on() and (mail := Mail.objects.ready(now).first()):
            if Mail.objects.claim(mail.pk):
                mail.refresh_from_db()
                _send(connection, mail, done, now)
    except (OSError, smtplib.SMTPException) as error:
        done.server_error = _words(error)
    finally:
        _close(connection)
    return done


@contextmanager
def _in_time():
    """Ends a conversation that takes too long: a server that says a word now and then would hold it for ever.

    Errors: TimeoutError. Only the main thread of a process can be woken so; the sender has no other.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def too_long(*_signal):
        raise TimeoutError("the mail server took too long")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_CONVERSATION)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _open(connection):
    with _in_time():
        connection.open()


def _send(connection, mail, done, now):
    """Send a claimed mail, and record how it went."""
    try:
        _open(connection)  # again, where the server hung up after the mail before
    except (OSError, smtplib.SMTPException):
        _settle(mail, state=Mail.State.WAITING)
        raise
    try:
        message = _message(mail, connection)
    except FileIsGone as error:  # perhaps while its disk is away
        _postpone(mail, _words(error), done, now)
        return
    except OSError as error:  # an attachment is not what was stored
        _settle(mail, state=Mail.State.FAILED, error=_words(error))
        done.failed += 1
        return
    try:
        with _in_time():
            connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        _refused(mail, code, answer, done, now)
    except smtplib.SMTPResponseException as error:
        _refused(mail, error.smtp_code, error.smtp_error, done, now)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        _settle(mail, state=Mail.State.UNKNOWN, error=_words(error))
        done.unknown += 1
        _close(connection)
    except (smtplib.SMTPException, MessageError, ValueError) as error:  # such as an address that no header can hold
        _settle(mail, state=Mail.State.FAILED, error=_words(error))
        done.failed += 1
    else:
        # What was sent needs its codes and one-time links no more.
        kept = {
            name: "" if mail.good_until else without_tokens(getattr(mail, name))
            for name in ("text", "html", "unsubscribe_url")
        }
        _settle(mail, state=Mail.State.SENT, sent_at=timezone.now(), error="", **kept)
        done.sent += 1


def _refused(mail, code, answer, done, now):
    """The server said no: for good from 500 on, else for now."""
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    error = f"{code} {words}"[:LONGEST_ERROR]
    if code >= 500:
        _settle(mail, state=Mail.State.FAILED, error=error)
        done.failed += 1
    else:
        _postpone(mail, error, done, now)


def _postpone(mail, error, done, now):
    """Try it again later, after a longer pause each time."""
    pause = PAUSES[min(mail.attempts, len(PAUSES) - 1)]
    _settle(mail, state=Mail.State.WAITING, error=error, not_before=(now or timezone.now()) + pause)
    done.postponed += 1


def _settle(mail, **values):
    """Only while the claim is still ours: staff or another run may have changed the mail meanwhile."""
    ours = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, claimed_at=mail.claimed_at)
    ours.update(attempts=mail.attempts + 1, **values)


def _message(mail, connection):
    """The mail as it goes over the wire."""
    headers = {"Content-Language": mail.language, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{mail.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = EmailMultiAlternatives(mail.subject, mail.text, SENDER, [mail.to], headers=headers, connection=connection)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for file in mail.attachments.select_related("stored"):
        with opened(file.stored) as content:
            message.attach(file.name, content.read())
    return message


def _close(connection):
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        pass  # it is gone already


def _words(error) -> str:
    return (str(error) or type(error).__name__)[:LONGEST_ERROR]
