"""What readers say is wrong on a public page, and what shows it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.languages import with_colon
from iscg_portal.text_fields import LineField, LongTextField, MailAddressField
from members.models import Account

MOST_TEXT = 2_000
MOST_ON_RECORD = 1_000  # characters of a fact as the page told it
SHOWN = 80  # characters of what is suggested, where it is named


class ReaderCorrectionQuerySet(models.QuerySet):
    """Questions about corrections from readers."""

    def waiting(self):
        """Those that nobody has decided yet, the oldest first."""
        return self.filter(state=ReaderCorrection.State.WAITING).order_by("made_at", "pk")


class ReaderCorrection(models.Model):
    """A correction that a reader suggests. Staff alone see it, and decide it once, by a conditional update.

    No part of the record, so that nobody can make the public pages anew by sending many. What comes of it is entered
    in the record by hand, with its source. The address is forgotten with the decision. `on_record` is what the page
    told when it was sent, read off the page by the portal and never taken from the reader.
    """

    no_record = True

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        TAKEN_UP = "taken up", _("taken up")
        REFUSED = "refused", pgettext_lazy("correction", "refused")

    about = LineField(_("page"), max_length=300)
    on_record = LineField(_("on record"), max_length=MOST_ON_RECORD, blank=True)
    fact = LineField(_("what is wrong there"), max_length=300, blank=True)
    text = LongTextField(_("what is right"), max_length=MOST_TEXT)
    source = LineField(_("source that shows it"), max_length=500)
    email = MailAddressField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    made_at = models.DateTimeField(_("submitted"), default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    answer = LongTextField(_("answer"), max_length=1000, blank=True)

    objects = ReaderCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction from a reader")
        verbose_name_plural = _("corrections from readers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "made_at"], name="workspace_correction_state")]
        constraints = [
            models.CheckConstraint(
                name="workspace_correction_decided_has_moment",
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                violation_error_message=_("Only a decided correction has the time of a decision."),
            ),
            models.CheckConstraint(
                name="workspace_correction_refused_has_answer",
                condition=~Q(state="refused") | ~Q(answer=""),
                violation_error_message=_("Say why it is refused."),
            ),
        ]

    def __str__(self):
        return with_colon(self.about, Truncator(self.text).chars(SHOWN))
