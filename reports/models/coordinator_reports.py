"""Coordinators' reports to meetings of the ISCG (clause A4)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.history import tracked
from iscg_portal.languages import HTML_LANG, with_commas
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LongTextField
from iscg_portal.translated import TextShown, text_in
from iscg_portal.visibility import PublicQuerySet
from meetings.models import Meeting
from members.models import Person
from subjects.models import Subject

MOST_TEXT = 20_000


class CoordinatorReportQuerySet(PublicQuerySet):
    """Questions about Coordinators' reports."""

    def visible_to(self, user):
        """Those that are public for everyone, their own for Coordinators, all of them for staff with the right."""
        if user.is_active and user.is_staff and user.has_perm("reports.view_coordinatorreport"):
            return self
        is_public = Q(received_on__isnull=False, is_internal=False)
        person = getattr(user, "person_id", None) if user.is_active else None
        return self.filter(is_public | Q(person=person)) if person else self.filter(is_public)

    def received(self):
        """Those that were handed in; a draft was not."""
        return self.filter(received_on__isnull=False)

    def last_before(self, subject, meeting):
        """The last one received on the subject, to an earlier meeting; None where there is none."""
        earlier = self.received().filter(subject=subject, meeting__starts_on__lt=meeting.starts_on)
        return earlier.select_related("meeting", "person").order_by("-meeting__starts_on", "-pk").first()

    def of_period(self, starts_on, ends_on):
        """Received, to a meeting whose last day is after the first date and not after the second: each once."""
        last_day = Coalesce("meeting__ends_on", "meeting__starts_on")
        of_meetings = self.received().alias(meeting_day=last_day)
        return of_meetings.filter(meeting_day__gt=starts_on, meeting_day__lte=ends_on)


class CoordinatorReport(models.Model):
    """What a Coordinator reports on a subject to a meeting; its period ends on the meeting's last day (A4).

    Without a `received_on` it is a draft, which counts as missing. An accepted one is public, but for its guidance to
    the focal points of the secretariat (A3), which stays inside the group and the secretariat.
    """

    TEXTS = ("activities", "duplication", "organizations", "guidance", "results", "next_steps")
    PUBLIC_TEXTS = ("activities", "duplication", "organizations", "results", "next_steps")
    PRIVATE = ("guidance",)

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="coordinator_reports", verbose_name=_("subject"))
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="coordinator_reports",
        limit_choices_to={"body": MeetingBody.ISCG},
        verbose_name=_("meeting"),
        help_text=_("The group's meeting that receives it; its last day ends the period."),
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="coordinator_reports", verbose_name=_("Coordinator")
    )
    starts_on = DayField(
        _("period from"), help_text=_("The day of the meeting before; the period ends with this meeting's last day.")
    )
    received_on = DayField(
        _("received on"),
        null=True,
        blank=True,
        help_text=_("Blank for a draft; a draft counts as missing."),
        has_happened=True,
    )
    language = models.CharField(
        _("language"),
        max_length=7,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("In which it is written; blank where that is not known."),
    )
    activities = LongTextField(
        _("activities examined"), max_length=MOST_TEXT, blank=True, validators=[no_personal_address]
    )
    duplication = LongTextField(
        _("duplication found or avoided"), max_length=MOST_TEXT, blank=True, validators=[no_personal_address]
    )
    organizations = LongTextField(
        _("external organizations"), max_length=MOST_TEXT, blank=True, validators=[no_personal_address]
    )
    guidance = LongTextField(
        _("guidance to secretariat focal points"), max_length=MOST_TEXT, blank=True, validators=[no_personal_address]
    )
    results = LongTextField(_("results"), max_length=MOST_TEXT, blank=True, validators=[no_personal_address])
    next_steps = LongTextField(_("next steps"), max_length=MOST_TEXT, blank=True, validators=[no_personal_address])
    is_internal = models.BooleanField(
        _("inside the group only"),
        default=False,
        help_text=_(
            "Not ticked, a received report is public without its guidance to secretariat focal points. Reports that"
            " were received before there was this rule are ticked until you decide."
        ),
    )

    history = tracked()
    objects = CoordinatorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("Coordinator's report")
        verbose_name_plural = _("Coordinators' reports")
        ordering = ["-meeting__starts_on", "subject__code"]
        constraints = [
            models.UniqueConstraint(
                name="reports_coordinatorreport_once",
                fields=["subject", "meeting"],
                violation_error_message=_("There is already a report on this subject to this meeting."),
            ),
            models.CheckConstraint(
                name="reports_coordinatorreport_received_says_something",
                condition=Q(received_on__isnull=True)
                | ~Q(activities="", duplication="", organizations="", guidance="", results="", next_steps=""),
                violation_error_message=_("A received report has text in at least one of its parts."),
            ),
        ]

    def __str__(self):
        return with_commas([self.subject.code, self.meeting])

    def get_absolute_url(self):
        return reverse("reports:coordinator-report", args=[self.key])

    @property
    def ends_on(self):
        """The day that ends its period: the meeting's last day."""
        return self.meeting.last_day

    @property
    def key(self):
        """The end of its address: the meeting's code and the subject's slug."""
        return f"{self.meeting.code}/{self.subject.slug}"

    @property
    def is_public(self):
        """Whether everyone may read its five public parts."""
        return self.received_on is not None and not self.is_internal

    def text(self, name):
        """One of its texts as a `TextShown`; unmarked where nobody knows its language."""
        words = getattr(self, name)
        return text_in(HTML_LANG[self.language], words) if self.language else TextShown(words)

    def repeated(self):
        """The last report on the subject, where this one says word for word the same; else None."""
        last = type(self).objects.last_before(self.subject_id, self.meeting)
        same = last and all(getattr(self, name).strip() == getattr(last, name).strip() for name in self.TEXTS)
        return last if same else None

    def texts(self):
        """(heading, text) for each of the six texts that is not blank, as a `TextShown`."""
        return self._written(self.TEXTS)

    def public_texts(self):
        """(heading, text) for each of the five public texts that is not blank, as a `TextShown`."""
        return self._written(self.PUBLIC_TEXTS)

    def _written(self, names):
        written = ((self._meta.get_field(name).verbose_name, self.text(name)) for name in names)
        return [(heading, text) for heading, text in written if text.strip()]

    def clean(self):
        """The meeting is the group's, the person was Coordinator in the period, and the period ends after it begins."""
        problems = {}
        if self.meeting_id and self.meeting.body != MeetingBody.ISCG:
            problems["meeting"] = _("Coordinators report to the meetings of the group (clause A4).")
        if self.meeting_id and self.starts_on and self.starts_on >= self.ends_on:
            problems["starts_on"] = _("The period must begin before the last day of the meeting.")
        elif self.meeting_id and self.starts_on and self.subject_id and self.person_id and not self._was_coordinator():
            problems["person"] = _("This person was not the Coordinator of the subject in the period.")
        if problems:
            raise ValidationError(problems)

    def _was_coordinator(self):
        terms = self.subject.coordinator_set.filter(person=self.person_id, starts_on__lte=self.ends_on)
        return terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=self.starts_on)).exists()
