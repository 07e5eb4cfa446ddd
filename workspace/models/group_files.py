"""Files for an advisory group's secretariat, which may be there before the report is public (clause F3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.models import StoredFile
from reports.models import Transmission


class GroupFile(models.Model):
    """A file of a transmission, for the secretariat of its group alone."""

    transmission = models.ForeignKey(
        Transmission, models.PROTECT, related_name="group_files", verbose_name=_("transmission")
    )
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    stored = models.ForeignKey(StoredFile, models.PROTECT, editable=False, verbose_name=_("content"))
    kind = models.CharField(_("format"), max_length=10, editable=False)
    is_early = models.BooleanField(
        _("before publication"),
        default=False,
        help_text=_("The group’s secretariat may have it before the report is public."),
    )

    history = tracked()

    class Meta:
        verbose_name = _("file for an advisory group’s secretariat")
        verbose_name_plural = _("files for advisory groups’ secretariats")
        ordering = ["transmission_id", "language", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="workspace_groupfile_once",
                fields=["transmission", "language", "kind"],
                violation_error_message=_("This transmission has such a file already; remove that one first."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name under which it is sent: `iscg-report-2025-rag-en.pdf`."""
        group, language = self.transmission.group_id.lower(), self.language.partition("-")[0]
        return f"iscg-report-{self.transmission.report.code}-{group}-{language}.{self.kind}"
