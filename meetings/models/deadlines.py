"""Deadlines of a meeting: they move with it, and each says its hour in Geneva time."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.tenure.dates import GENEVA
from meetings.hours import NO_SUCH_HOUR, exists
from meetings.models.meetings import Meeting


class Deadline(models.Model):
    """A deadline counted back from the first day of its meeting, so that it moves with it. Geneva time."""

    class Kind(models.TextChoices):
        """What is due."""

        CONTRIBUTIONS = "contributions", _("contributions")
        TRANSLATION = "translation", _("contributions to be translated")
        CAPTIONING = "captioning", _("requests for captioning")
        INTERPRETATION = "interpretation", _("requests for interpretation")
        REGISTRATION = "registration", _("registration")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="deadlines", verbose_name=_("meeting"))
    kind = models.CharField(_("for"), max_length=14, choices=Kind)
    days_before = models.PositiveSmallIntegerField(
        _("days before"),
        validators=[MaxValueValidator(999)],
        help_text=_("Calendar days before the first day of the meeting."),
    )
    hour = models.TimeField(_("hour"), default=datetime.time(23, 59), help_text=_("Geneva time."))

    history = tracked()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["meeting_id", "-days_before", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_deadline_once",
                fields=["meeting", "kind"],
                violation_error_message=_("This meeting already has a deadline of this kind."),
            )
        ]

    def __str__(self):
        return f"{self.meeting}: {self.get_kind_display()}"

    @property
    def due_on(self):
        """The day, in Geneva; None while the meeting's day is not exactly known."""
        if self.meeting.precision != Meeting.Precision.DAY:
            return None
        return self.meeting.starts_on - datetime.timedelta(days=self.days_before)

    @property
    def has_its_hour(self):
        """Whether the hour exists in Geneva on the day on which the deadline falls."""
        return self.due_on is None or exists(self.due_on, self.hour, GENEVA)

    def clean(self):
        """The hour must exist on the day to which the deadline falls."""
        told = self.meeting_id and self.meeting.starts_on and self.hour and self.days_before is not None
        if told and not self.has_its_hour:
            raise ValidationError({"hour": NO_SUCH_HOUR})
