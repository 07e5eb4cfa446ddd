"""What a meeting decided, and who is to do what by when; actions are carried to the next meeting (A4, F3)."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.languages import with_commas
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField, LongTextField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet
from meetings.models.meeting_parts import AgendaItem
from meetings.models.meetings import Meeting
from subjects.models import Subject

_NUMBER = re.compile("[0-9]{1,4}")


class DecisionState(models.TextChoices):
    """How a decision or an action stands on a day; it follows from its days."""

    DECIDED = "decided", pgettext_lazy("decision of a meeting", "decided")
    OPEN = "open", pgettext_lazy("action of a meeting", "open")
    OVERDUE = "overdue", pgettext_lazy("action of a meeting", "overdue")
    CLOSED = "closed", pgettext_lazy("action of a meeting", "closed")


class DecisionQuerySet(PublicQuerySet):
    """Questions about decisions and actions. `on` is a date; None means today in Geneva."""

    def taken_by(self, on=None):
        """Those of meetings that had begun on the day."""
        return self.filter(meeting__starts_on__lte=on or today())

    def open_on(self, on=None):
        """Actions of meetings that had begun, which were not closed on the day."""
        on = on or today()
        return self.taken_by(on).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), kind=Decision.Kind.ACTION)

    def in_state(self, state, on=None):
        """Those in one of `DecisionState` on the day."""
        on = on or today()
        if state == DecisionState.DECIDED:
            return self.taken_by(on).filter(kind=Decision.Kind.DECISION)
        if state == DecisionState.CLOSED:
            return self.taken_by(on).filter(closed_on__lte=on)
        overdue = Q(due_on__lt=on)
        return self.open_on(on).filter(overdue if state == DecisionState.OVERDUE else ~overdue | Q(due_on__isnull=True))

    def before(self, meeting):
        """Actions that earlier meetings of the same body left to this one: they were open on its first day's eve."""
        eve = min(meeting.starts_on - datetime.timedelta(days=1), today())
        same = {"meeting__body": meeting.body, "meeting__unit": meeting.unit, "meeting__subject": meeting.subject_id}
        return self.open_on(eve).filter(**same).exclude(meeting=meeting)


class Decision(Translated):
    """A decision of a meeting, or an action on which it agreed: who does what by when, and how it ended.

    An action is carried from meeting to meeting until it is closed: no row is copied, its days say where it stands.
    """

    TRANSLATED = ("wording",)

    class Kind(models.TextChoices):
        """Which of the two it is."""

        DECISION = "decision", _("decision")
        ACTION = "action", pgettext_lazy("of a meeting", "action")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions", verbose_name=_("meeting"))
    number = LineField(
        _("number"), max_length=10, blank=True, help_text=_("As printed: 3 or D3. Blank: the meeting's next number.")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.DECISION)
    wording = LongTextField(_("text"), max_length=2_000, validators=[no_personal_address])
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("agenda item"),
        help_text=_("A point of this meeting's agenda."),
    )
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("subject")
    )
    owner = LineField(
        _("who does it"),
        max_length=200,
        blank=True,
        validators=[no_personal_address],
        help_text=_("An office or a body, as in Secretariat, TSB, Coordinator of EMF; never a person's address."),
    )
    due_on = DayField(_("due on"), null=True, blank=True)
    closed_on = DayField(_("closed on"), null=True, blank=True, has_happened=True)
    closed_because = LineField(
        _("how it ended"), max_length=500, blank=True, validators=[no_personal_address], help_text=_("Public.")
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision or action")
        verbose_name_plural = _("decisions and actions")
        ordering = ["-meeting__starts_on", "meeting_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_decision_once",
                fields=["meeting", "number"],
                violation_error_message=_("This meeting already has a decision or an action with this number."),
            ),
            models.CheckConstraint(
                name="meetings_decision_only_actions_end",
                condition=Q(kind="action") | Q(due_on__isnull=True, closed_on__isnull=True),
                violation_error_message=_("Only an action is due on a day and closed on one; a decision has neither."),
            ),
            models.CheckConstraint(
                name="meetings_decision_closed_with_reason",
                condition=Q(closed_on__isnull=True, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                violation_error_message=_("Give the day on which it was closed, and how it ended."),
            ),
        ]

    def __str__(self):
        return with_commas([self.meeting.name, self.number])

    @property
    def anchor(self):
        """Where it stands on the page of its meeting."""
        return f"decision-{self.pk}"

    @property
    def wording_shown(self):
        """`text("wording")`, for templates."""
        return self.text("wording")

    def state_on(self, on=None):
        """Decided, open, overdue or closed on the day."""
        on = on or today()
        if self.kind == self.Kind.DECISION:
            return DecisionState.DECIDED
        if self.closed_on and self.closed_on <= on:
            return DecisionState.CLOSED
        return DecisionState.OVERDUE if self.due_on and self.due_on < on else DecisionState.OPEN

    def clean_fields(self, exclude=None):
        """A blank number is the meeting's next one."""
        if not self.number and self.meeting_id:
            numbers = type(self).objects.filter(meeting=self.meeting_id).values_list("number", flat=True)
            last = max((int(found[0]) for found in map(_NUMBER.findall, numbers) if found), default=0)
            self.number = str(last + 1)
        super().clean_fields(exclude=exclude)

    def clean(self):
        """A meeting decides once it has begun (rule 17); the point of the agenda is one of its own."""
        if not self.meeting_id:
            return
        if not self.meeting.has_begun:
            raise ValidationError(_("A meeting decides once it has begun, and was not called off."))
        if self.agenda_item_id and self.agenda_item.meeting_id != self.meeting_id:
            raise ValidationError({"agenda_item": _("This item is on the agenda of another meeting.")})
        if self.closed_on and self.closed_on < self.meeting.starts_on:
            raise ValidationError({"closed_on": _("It cannot be closed before its meeting.")})
        if self.due_on and self.due_on < self.meeting.starts_on:
            raise ValidationError({"due_on": _("It cannot be due before its meeting.")})
