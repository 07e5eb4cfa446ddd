"""The files of annual reports: those to be made, a row each, claimed by the process that makes it; and those stored."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.models import StoredFile
from iscg_portal.text_fields import LineField
from reports.models.annual_reports import AnnualReport


class ReportFile(models.Model):
    """A stored file of a report in one language, made from the frozen content or uploaded to the archive."""

    is_out = True  # stored with what is published (rule 18)

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="files", verbose_name=_("report"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    stored = models.ForeignKey(StoredFile, models.PROTECT, editable=False, verbose_name=_("content"))
    kind = LineField(_("format"), max_length=10)

    history = tracked()

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["report_id", "language", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="reports_reportfile_once",
                fields=["report", "language", "kind"],
                violation_error_message=_("This report already has such a file."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name under which it is sent: `iscg-report-2025-en.pdf`."""
        return f"iscg-report-{self.report.code}-{self.language.partition('-')[0]}.{self.kind}"


COVERED = "-with-cover.pdf"  # how the address of a covered file ends
GIVEN_UP_AFTER = datetime.timedelta(minutes=10)


class RenditionQuerySet(models.QuerySet):
    """Questions about renditions, and the claim."""

    def due(self, now):
        """Files in the queue, and files begun so long ago that their process must have died."""
        alive = Q(claimed_at__range=(now - GIVEN_UP_AFTER, now + GIVEN_UP_AFTER))  # a clock may be set back
        return self.filter(Q(state=Rendition.State.TO_MAKE) | Q(~alive, state=Rendition.State.BEING_MADE))

    def claim(self, pk, now):
        """Take the due rendition by one conditional update; False if another process has it."""
        taken = {"state": Rendition.State.BEING_MADE, "claimed_at": now, "progress": 10, "error": ""}
        return self.due(now).filter(pk=pk).update(**taken) == 1


class Rendition(models.Model):
    """One file of a report in one language and format: to make, being made, made or failed, and why."""

    class Kind(models.TextChoices):
        """The format."""

        PDF = "pdf", _("PDF")
        DOCX = "docx", _("DOCX")
        JSON = "json", _("JSON")
        COVERED = "cover", _("PDF with a cover sheet")

    class State(models.TextChoices):
        """How far it is."""

        TO_MAKE = "to make", _("to make")
        BEING_MADE = "being made", _("being made")
        MADE = "made", _("made")
        FAILED = "failed", _("failed")

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="renditions", verbose_name=_("report"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    kind = models.CharField(_("format"), max_length=5, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TO_MAKE)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    claimed_at = models.DateTimeField(_("begun"), null=True, blank=True)
    error = LineField(_("why it failed"), max_length=500, blank=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, verbose_name=_("content"))

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["report_id", "language", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="reports_rendition_once",
                fields=["report", "language", "kind"],
                violation_error_message=_("This report already has such a rendition."),
            ),
            models.CheckConstraint(
                name="reports_rendition_made_is_stored",
                condition=~Q(state="made") | Q(stored__isnull=False),
                violation_error_message=_("A finished rendition has its content."),
            ),
        ]

    def __str__(self):
        return f"{self.report} {self.language} {self.kind}"

    @property
    def url(self):
        """Where the file is sent from once it is made."""
        prefix = PREFIX_OF_LANGUAGE[self.language]
        return f"/reports/{self.report.code}/{prefix}{COVERED if self.kind == self.Kind.COVERED else f'.{self.kind}'}"

    def is_stopped(self, now):
        """Whether it was begun so long ago that its process must have died."""
        return self.state == self.State.BEING_MADE and abs(now - self.claimed_at) > GIVEN_UP_AFTER
