"""Coordinators' reports as their Coordinators write them, before the secretariat accepts them (clause A4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import with_commas
from iscg_portal.text_fields import LongTextField
from meetings.models import Meeting
from members.models import Person
from reports.models import CoordinatorReport
from reports.models.coordinator_reports import MOST_TEXT
from subjects.models import Subject


class ReportDraftQuerySet(models.QuerySet):
    """Questions about drafts."""

    def visible_to(self, user):
        """Their own for those who wrote them; for staff with the right those that were submitted."""
        if not user.is_active:
            return self.none()
        if user.is_staff and user.has_perm("reports.view_coordinatorreport"):
            return self.exclude(state=ReportDraft.State.DRAFT)
        person = getattr(user, "person_id", None)
        return self.filter(person=person) if person else self.none()

    def waiting(self):
        """Those on which the secretariat has to decide, the oldest first."""
        return self.filter(state=ReportDraft.State.SUBMITTED).order_by("submitted_at", "pk")

    def handed_in_to(self, meetings):
        """(subject, meeting) keys of those that wait and are for these meetings."""
        return self.waiting().filter(meeting__in=meetings).order_by().values_list("subject_id", "meeting_id")

    def open(self):
        """Those on which their Coordinator can still write."""
        return self.filter(state__in=ReportDraft.OPEN)


class ReportDraft(models.Model):
    """What one person writes on a subject for a meeting: one draft each, so that a handover keeps both persons' texts.

    No part of the record: it becomes a `CoordinatorReport` once it is accepted (`workspace.drafts.acts`). `version`
    counts how often it was saved; a page that knows an older version overwrites nothing.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for the secretariat")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("sent back")

    OPEN = (State.DRAFT, State.REFUSED)
    TEXTS = CoordinatorReport.TEXTS
    put_back_by_others = frozenset({"person"})  # a merge moves it, and `FormerAddress` knows it

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="report_drafts", verbose_name=_("subject"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="report_drafts", verbose_name=_("meeting"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="report_drafts", verbose_name=_("Coordinator"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, blank=True)
    activities = LongTextField(_("activities examined"), max_length=MOST_TEXT, blank=True)
    duplication = LongTextField(_("duplication found or avoided"), max_length=MOST_TEXT, blank=True)
    organizations = LongTextField(_("external organizations"), max_length=MOST_TEXT, blank=True)
    guidance = LongTextField(_("guidance to secretariat focal points"), max_length=MOST_TEXT, blank=True)
    results = LongTextField(_("results"), max_length=MOST_TEXT, blank=True)
    next_steps = LongTextField(_("next steps"), max_length=MOST_TEXT, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    reason = LongTextField(_("why it was sent back"), max_length=1000, blank=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = ReportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("report handed in by a Coordinator")
        verbose_name_plural = _("reports handed in by Coordinators")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="workspace_reportdraft_once",
                fields=["subject", "meeting", "person"],
                violation_error_message=_("There is already a draft of this person for this subject and meeting."),
            ),
            models.CheckConstraint(
                name="workspace_reportdraft_submitted_has_moment",
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                violation_error_message=_("A submitted report has the time of its submission."),
            ),
            models.CheckConstraint(
                name="workspace_reportdraft_refused_has_reason",
                condition=~Q(state="refused") | ~Q(reason=""),
                violation_error_message=_("Say why it is sent back."),
            ),
        ]

    def __str__(self):
        return with_commas([self.subject.code, self.meeting, self.person])

    @property
    def is_open(self):
        """Whether its Coordinator can still write on it."""
        return self.state in self.OPEN

    def texts(self):
        """(heading, text) for each of the six texts that is not blank."""
        written = ((self._meta.get_field(name).verbose_name, getattr(self, name)) for name in self.TEXTS)
        return [(heading, text) for heading, text in written if text.strip()]
