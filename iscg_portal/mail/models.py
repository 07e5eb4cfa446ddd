"""The outbox: each mail is a row from the moment it is written until long after it is sent."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.languages import in_brackets

# After so long without a word from it, the process that was sending a mail counts as dead.
SENDER_DIED_AFTER = datetime.timedelta(minutes=15)
# A mail that is so long in the queue stands on the desk: the mail server is away, or the sender does not run.
WAITS_LONG = datetime.timedelta(minutes=15)
# What becomes of the texts of a mail that is over: those with a secret in them are not kept.
WITHOUT_SECRETS = {
    name: Case(When(good_until__isnull=False, then=Value("", models.TextField())), default=F(name))
    for name in ("text", "html")
}
# How long to wait after the first, second, … time that the server could not take a mail.
PAUSES = [datetime.timedelta(minutes=minutes) for minutes in (5, 15, 60, 240)]


class MailQuerySet(models.QuerySet):
    """Questions about the outbox, and its claims. `now` is a moment; None means now."""

    def ready(self, now=None):
        """Mails that may be sent: those with a code or a link first, for which somebody waits, then the oldest.

        One that was never tried, or would wait longer than any, was written before the clock was set back.
        """
        now = now or timezone.now()
        may_go = Q(not_before__lte=now) | Q(attempts=0) | Q(not_before__gt=now + PAUSES[-1])
        ready = self.filter(may_go, state=Mail.State.WAITING)
        return ready.order_by(F("good_until").asc(nulls_last=True), "pk")

    def claim(self, pk, now=None) -> bool:
        """Take one mail for sending by one conditional update; False if another process has it."""
        return bool(
            self.filter(pk=pk, state=Mail.State.WAITING).update(
                state=Mail.State.SENDING, claimed_at=now or timezone.now()
            )
        )

    def call_unknown(self, now=None) -> int:
        """Mark the mails whose sender died in the middle: nobody can tell whether they went. Returns how many.

        Who took one in the future did so before the clock was set back.
        """
        now = now or timezone.now()
        alive = Q(claimed_at__range=(now - SENDER_DIED_AFTER, now + SENDER_DIED_AFTER))
        return self.filter(~alive, state=Mail.State.SENDING).update(state=Mail.State.UNKNOWN, error="")

    def send_again(self, now=None) -> int:
        """Queue mails again that failed, are unknown or were cancelled, unless they are erased. Returns how many."""
        stopped = self.filter(state__in=[Mail.State.FAILED, Mail.State.UNKNOWN, Mail.State.CANCELLED]).exclude(text="")
        return stopped.update(state=Mail.State.WAITING, not_before=now or timezone.now(), attempts=0, error="")

    def cancel(self) -> int:
        """Cancel mails that are in the queue, failed or are unknown. Returns how many."""
        open_ones = self.filter(state__in=[Mail.State.WAITING, Mail.State.FAILED, Mail.State.UNKNOWN])
        return open_ones.update(state=Mail.State.CANCELLED, **WITHOUT_SECRETS)

    def cancel_lapsed(self, now=None) -> int:
        """Cancel mails whose code or link has expired. Returns how many."""
        return self.filter(good_until__lte=now or timezone.now()).cancel()


class Mail(models.Model):
    """One mail to one address. Written by `iscg_portal.mail.outbox`, sent by `iscg_portal.mail.sending`.

    Months after it was sent it loses its text and address, unless it `is_kept`.

    No part of the record: it has no history, and changes by conditional updates alone. One that holds a code or a
    one-time link for which somebody waits has `good_until`: staff never read its text, which is erased when the mail
    is sent or cancelled.
    """

    no_record = True

    class State(models.TextChoices):
        """Where a mail stands."""

        WAITING = "waiting", _("in the queue")
        SENDING = "sending", _("being sent")
        SENT = "sent", pgettext_lazy("mail", "sent")
        FAILED = "failed", _("refused by the mail server")
        UNKNOWN = "unknown", _("unknown: nobody can tell whether it went")
        CANCELLED = "cancelled", pgettext_lazy("mail", "cancelled")

    OPEN_TO_STAFF = (State.FAILED, State.UNKNOWN)

    to = models.EmailField(pgettext_lazy("addressee", "to"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    subject = models.CharField(_("subject line"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("text as HTML"), blank=True)
    unsubscribe_url = models.CharField(_("address to unsubscribe at"), max_length=300, blank=True)
    good_until = models.DateTimeField(_("holds a code or a link, good until"), null=True, blank=True)
    is_kept = models.BooleanField(_("kept for good"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    error = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken for sending"), null=True, blank=True)
    sent_at = models.DateTimeField(pgettext_lazy("time", "sent"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails in the outbox")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="iscg_portal_mail_ready")]
        constraints = [
            models.CheckConstraint(
                name="iscg_portal_mail_sent_has_moment",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                violation_error_message=_("A sent mail has the time at which it was sent."),
            )
        ]

    def __str__(self):
        return f"{self.subject}{in_brackets(self.to)}" if self.to else self.subject


class Attachment(models.Model):
    """A stored file that goes with a mail, under a name; the content stays where it is stored."""

    no_record = True

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="attachments")
    stored = models.ForeignKey("iscg_portal.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("attachment of a mail")
        verbose_name_plural = _("attachments of mails")
        ordering = ["pk"]

    def __str__(self):
        return self.name
