"""The numbers of the register: each given once, never again."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.text_fields import LineField
from iscg_portal.visibility import PublicQuerySet
from meetings.models.meetings import Meeting


class RegisterNumberQuerySet(PublicQuerySet):
    """Questions about numbers."""

    def visible_to(self, user):
        """Everyone may read why numbers were not used (rule 5); other numbers may belong to private documents."""
        if user.is_active and user.is_staff and user.has_perm("meetings.view_registernumber"):
            return self
        return self.without_document().exclude(unused_because="")

    def without_document(self):
        """Numbers that were taken and have no document."""
        return self.filter(document__isnull=True)

    def unexplained(self):
        """Numbers without a document that nothing else has, and of which nobody said why."""
        return self.without_document().filter(unused_because="", given_to="")


class RegisterNumber(models.Model):
    """A serial number of a meeting, taken once: never given twice, never used again, gaps explained.

    The row stays when its document does not come, and then `unused_because` says why. An annual report may have a
    number too: then `given_to` names it.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="numbers", verbose_name=_("meeting"))
    serial = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(9999)])
    unused_because = LineField(
        _("not used because"),
        max_length=300,
        blank=True,
        help_text=_("Public: shown below the documents of the meeting."),
    )

    given_to = LineField(
        _("given to"), max_length=80, blank=True, editable=False, help_text=_("What has it, where it is no document.")
    )
    is_given_for_good = True  # undoing an act does not take it back (rule 18)

    objects = RegisterNumberQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("number of the register")
        verbose_name_plural = _("numbers of the register")
        ordering = ["-meeting__starts_on", "meeting_id", "serial"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_registernumber_once",
                fields=["meeting", "serial"],
                violation_error_message=_("This number of the meeting is already taken."),
            )
        ]

    def __str__(self):
        return f"ISCG/{self.meeting.code}/{self.serial:02d}"
