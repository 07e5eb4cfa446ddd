"""Reminders: rows that are due on a day and not yet sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import with_colon, with_commas
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField


class ReminderQuerySet(models.QuerySet):
    """Questions about reminders, and their claim. `on` is a date; None means today in Geneva."""

    def due(self, on=None):
        """Reminders whose day has come and that nobody has taken."""
        return self.filter(queued_at__isnull=True, due_on__lte=on or today())

    def pass_over(self, pks) -> None:
        """Mark as done, without a mail, those that nobody has taken and that a later step has overtaken."""
        self.filter(pk__in=pks, queued_at__isnull=True).update(queued_at=timezone.now())

    def claim(self, pk) -> bool:
        """Take one reminder by one conditional update; False if another process has it."""
        return bool(self.filter(pk=pk, queued_at__isnull=True).update(queued_at=timezone.now()))


class Reminder(models.Model):
    """A reminder of a row of the record: due once, `due_on`, counted from the date `counts_from`.

    When that date moves, the reminder moves with it until it is queued: each `send_due` plans it again
    (`workspace.reminders.planning`). No part of the record.
    """

    no_record = True

    class Kind(models.TextChoices):
        """What it is about."""

        ENDING = "ending", _("term ends")
        VACANCY = "vacancy", _("vacancy")
        DEADLINE = "deadline", _("deadline of a meeting")
        ENTRY = "entry", _("entries to be confirmed")
        ANNUAL_REPORT = "annual report", _("annual report")
        COORDINATOR_REPORT = "coordinator report", _("Coordinators’ reports to a meeting")
        TRANSMISSION = "transmission", _("transmission of a report")
        LINKS = "mapping links", _("mapping links that wait for a side")

    kind = models.CharField(_("about"), max_length=20, choices=Kind)
    record = LineField(_("kind of record"), max_length=50, help_text=_("As in members.representative."))
    row = LineField(_("its key"), max_length=50)
    step = LineField(_("step"), max_length=20)
    counts_from = DayField(_("counted from"))
    due_on = DayField(_("due on"))
    queued_at = models.DateTimeField(_("put into the outbox"), null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["queued_at", "due_on"], name="workspace_reminder_due")]
        constraints = [
            models.UniqueConstraint(
                name="workspace_reminder_once",
                fields=["kind", "record", "row", "step", "counts_from"],
                violation_error_message=_("There is already such a reminder."),
            )
        ]

    def __str__(self):
        return with_colon(self.get_kind_display(), with_commas([f"{self.record} {self.row}", self.step]))
