"""The delivery of annual reports to RAG, TSAG and TDAG, and the mails that were sent for it (clause F3)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.fixed_terms import initials
from iscg_portal.history import tracked
from iscg_portal.mail.models import Mail
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField, LongTextField
from meetings.models import Meeting
from members.models import AdvisoryGroup

UNANSWERED = ("to send", "sent", "received", "on agenda")
SENT_NO_MORE = ("superseded", "withdrawn")  # states of a report
MAY_ARRIVE = (Mail.State.WAITING, Mail.State.SENDING, Mail.State.UNKNOWN, Mail.State.SENT)


class TransmissionQuerySet(models.QuerySet):
    """Questions about transmissions. `on` is a date; None means today in Geneva."""

    def visible_to(self, user):
        """All of them for staff with the right, none for others."""
        allowed = user.is_active and user.is_staff and user.has_perm("reports.view_transmission")
        return self if allowed else self.none()

    def to_send(self):
        """Not sent yet. A report that was withdrawn, or gave way to its revision, is not sent any more."""
        return self.filter(state=Transmission.State.TO_SEND).exclude(report__state__in=SENT_NO_MORE)

    def arriving(self):
        """Those by which a group got its report, or may still get it: a mail is under way, or may have gone."""
        under_way = TransmissionMail.objects.filter(is_recorded=False, mail__state__in=MAY_ARRIVE)
        return self.filter(Q(sent_on__isnull=False) | Q(pk__in=under_way.values("transmission")))

    def got(self, report):
        """Those by which a group got the report, or a text of it that a revision replaced, or may still get it."""
        family = Q(report=report.pk) | Q(report__base=report.pk)
        if report.base_id:
            family = Q(report=report.base_id) | Q(report__base=report.base_id)
        return self.arriving().filter(family)

    def overdue(self, on=None):
        """Not sent though the day is past: the due date, or without one the first day of the group's own meeting."""
        on = on or today()
        by_meeting = Q(due_on__isnull=True, meeting__starts_on__lt=on)
        return self.to_send().filter(Q(due_on__lt=on) | by_meeting)


class Transmission(models.Model):
    """An annual report on its way to one advisory group; each of the three groups answers for itself (F3)."""

    class State(models.TextChoices):
        """How far this group is: its secretariat has received it, the group itself notes it or comments on it."""

        TO_SEND = "to send", _("to send")
        SENT = "sent", _("sent")
        RECEIVED = "received", _("received by the group’s secretariat")
        ON_AGENDA = "on agenda", _("on the agenda of the group’s meeting")
        NOTED = "noted", _("noted by the group")
        COMMENTS = "comments", _("commented on by the group")
        FOLLOW_UP = "follow-up", _("follow-up")

    class Action(models.TextChoices):
        """What is asked of the group."""

        NOTE = "note", _("to note")
        COMMENT = "comment", _("to comment")
        DECIDE = "decide", _("to act")

    report = models.ForeignKey(
        "reports.AnnualReport", models.PROTECT, related_name="transmissions", verbose_name=_("annual report")
    )
    group = models.ForeignKey(
        AdvisoryGroup, models.PROTECT, related_name="transmissions", verbose_name=_("advisory group")
    )
    number = LineField(
        _("the group's document number"), max_length=60, blank=True, help_text=_("As the group prints it: RAG/12.")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transmissions",
        verbose_name=_("meeting"),
        help_text=_("The group's own meeting that receives the report."),
    )
    due_on = DayField(
        _("due to the group on"), null=True, blank=True, help_text=_("Blank: before the first day of the meeting.")
    )
    answer_due_on = DayField(
        _("answer due on"), null=True, blank=True, help_text=_("The day by which the group is asked to answer.")
    )
    action = models.CharField(_("action requested"), max_length=7, choices=Action, default=Action.NOTE)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.TO_SEND)
    sent_on = DayField(_("sent on"), null=True, blank=True, has_happened=True)
    received_on = DayField(
        _("received on"),
        null=True,
        blank=True,
        has_happened=True,
        help_text=_("The day on which the group’s secretariat acknowledged it."),
    )
    answered_on = DayField(
        _("answered on"),
        null=True,
        blank=True,
        has_happened=True,
        help_text=_("The day on which the group noted it or commented on it in session."),
    )
    reply = LongTextField(_("reply"), max_length=20_000, blank=True, validators=[no_personal_address])

    sends_when_made = models.BooleanField(
        _("goes when its files are made"),
        default=False,
        editable=False,
        help_text=_("Who sent it did so while the files of the report were still being made."),
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("sent by"),
    )

    history = tracked()
    objects = TransmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("transmission")
        verbose_name_plural = _("transmissions")
        ordering = ["-report", "group"]
        constraints = [
            models.UniqueConstraint(
                name="reports_transmission_once",
                fields=["report", "group"],
                violation_error_message=_("This report already has a transmission to this group."),
            ),
            models.CheckConstraint(
                name="reports_transmission_sent_has_day",
                condition=Q(state="to send", sent_on__isnull=True) | (~Q(state="to send") & Q(sent_on__isnull=False)),
                violation_error_message=_("Give the day on which it was sent, once it was sent and not before."),
            ),
            models.CheckConstraint(
                name="reports_transmission_answered_has_day",
                condition=Q(state__in=UNANSWERED, answered_on__isnull=True)
                | (~Q(state__in=UNANSWERED) & Q(answered_on__isnull=False)),
                violation_error_message=_("Give the day of the group's answer, once there is one and not before."),
            ),
            models.CheckConstraint(
                name="reports_transmission_answered_after_sent",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("sent_on")),
                violation_error_message=_("An answer cannot come before the report was sent."),
            ),
            models.CheckConstraint(
                name="reports_transmission_received_after_sent",
                condition=(Q(received_on__isnull=True) & ~Q(state="received")) | Q(received_on__gte=F("sent_on")),
                violation_error_message=_("Give the day on which it was received, not before it was sent."),
            ),
            models.CheckConstraint(
                name="reports_transmission_agenda_has_meeting",
                condition=~Q(state="on agenda") | Q(meeting__isnull=False),
                violation_error_message=_("Choose the meeting on whose agenda it is."),
            ),
        ]

    def __str__(self):
        return f"{self.report} → {initials(self.group_id)}"

    def clean(self):
        """The meeting is one of the group's own."""
        if self.meeting_id and self.group_id and self.meeting.body != self.group_id:
            raise ValidationError({"meeting": _("Choose a meeting of this advisory group.")})
        if self.state == self.State.ON_AGENDA and self.meeting_id and not self.meeting.takes_place:
            raise ValidationError({"meeting": _("This meeting was called off: choose another one.")})
        if self.answer_due_on and self.due_on and self.answer_due_on < self.due_on:
            raise ValidationError({"answer_due_on": _("An answer cannot be due before the report is.")})

    @property
    def asks_for_receipt(self):
        """Whether the group's secretariat has not said yet that it has the report."""
        return self.state == self.State.SENT

    @property
    def asks_for_an_answer(self):
        """Whether it was sent, and the group has neither noted it nor commented on it."""
        return self.state in UNANSWERED and self.state != self.State.TO_SEND

    @property
    def last_day_to_send(self):
        """The due date, or without one the first day of the meeting; None where neither is known."""
        return self.due_on or (self.meeting.starts_on if self.meeting_id else None)


class TransmissionMailQuerySet(models.QuerySet):
    """Questions about the mails of transmissions."""

    def of_no_more_sent(self):
        """Those of which nobody knows that they went, of a report that was withdrawn or superseded since."""
        return self.filter(is_recorded=False, transmission__report__state__in=SENT_NO_MORE)


class TransmissionMail(models.Model):
    """A mail of the outbox that carries a transmission, and who sent it. The mail itself says how it went.

    One that tells what became of the report carries nothing: it is recorded from the first.
    """

    transmission = models.ForeignKey(Transmission, models.PROTECT, related_name="mails", verbose_name=_("transmission"))
    mail = models.OneToOneField(Mail, models.PROTECT, related_name="+", verbose_name=_("mail"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    is_recorded = models.BooleanField(_("recorded as sent"), default=False, editable=False)

    objects = TransmissionMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail of a transmission")
        verbose_name_plural = _("mails of transmissions")
        ordering = ["-pk"]

    def __str__(self):
        return str(self.mail)
