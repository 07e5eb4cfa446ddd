"""The stored files of annual reports."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
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
