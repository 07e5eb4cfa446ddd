"""What readers say is wrong on a public page, and what shows it."""

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.languages import with_colon
from iscg_portal.text_fields import LineField, LongTextField, MailAddressField
from workspace.decided import Decided, DecidedQuerySet, decided_once

MOST_TEXT = 2_000
MOST_ON_RECORD = 1_000  # characters of a fact as the page told it
SHOWN = 80  # characters of what is suggested, where it is named


class ReaderCorrection(Decided):
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
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)

    objects = DecidedQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction from a reader")
        verbose_name_plural = _("corrections from readers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "made_at"], name="workspace_correction_state")]
        constraints = decided_once(
            "workspace_correction",
            moment=_("Only a decided correction has the time of a decision."),
            because=_("Say why it is refused."),
        )

    def __str__(self):
        return with_colon(self.about, Truncator(self.text).chars(SHOWN))
