"""Agendas, with the subjects that each point is about."""

import re

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.translated import Translated
from meetings.models.meetings import Meeting
from meetings.personal_addresses import no_personal_address
from subjects.models import Subject

LAST_POSITION = 32_767


class AgendaItem(Translated):
    """A point of a meeting's agenda, with the subjects it is about."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting"))
    number = models.CharField(_("number"), max_length=10, help_text=_("As printed: 3 or 3.1."))
    title = models.CharField(_("title"), max_length=300, validators=[no_personal_address])
    position = models.PositiveSmallIntegerField(
        _("order"), blank=True, help_text=_("Follows from the number; write another only where it does not.")
    )
    subjects = models.ManyToManyField(
        Subject, through="AgendaSubject", blank=True, related_name="agenda_items", verbose_name=_("subjects")
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_agendaitem_once",
                fields=["meeting", "number"],
                violation_error_message=_("This meeting's agenda already has an item with this number."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.text('title')}"

    def clean_fields(self, exclude=None):
        """The place on the agenda follows from the number: 3 before 3.1 before 4; a word comes last."""
        if self.position is None:
            self.position = min(self._place_of_number(), LAST_POSITION)
        super().clean_fields(exclude=exclude)

    def _place_of_number(self):
        parts = [int(digits) for digits in re.findall(r"[0-9]{1,4}", self.number)]
        if parts:
            return parts[0] * 100 + (parts[1] if len(parts) > 1 else 0)
        items = type(self).objects.filter(meeting=self.meeting_id)
        return (items.aggregate(last=Max("position"))["last"] or 0) + 1


class AgendaSubject(models.Model):
    """That a point of an agenda is about a subject."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="subject_links", verbose_name=_("agenda item"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="agenda_links", verbose_name=_("subject"))

    history = tracked()

    class Meta:
        verbose_name = _("subject of an agenda item")
        verbose_name_plural = _("subjects of agenda items")
        ordering = ["item_id", "subject__code"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_agendasubject_once",
                fields=["item", "subject"],
                violation_error_message=_("The agenda item is already about this subject."),
            )
        ]

    def __str__(self):
        return f"{self.item.number}: {self.subject.code}"
