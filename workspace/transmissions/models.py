"""The secretariats of the advisory groups, and files for them, which may come before a report is public (F3)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.models import StoredFile
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.models import PeriodQuerySet
from members.models import AdvisoryGroup
from reports.models import Transmission


class GroupSecretariat(models.Model):
    """An account that works for the secretariat of one advisory group and sees its transmissions (F3).

    A group may have several at a time, an account one group at a time. It holds in [starts_on, ends_on).
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_secretariats", verbose_name=_("account")
    )
    group = models.ForeignKey(AdvisoryGroup, models.PROTECT, related_name="+", verbose_name=_("advisory group"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("to"), null=True, blank=True, help_text=_("The first day after it. Blank while it has no end.")
    )

    history = tracked()
    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("advisory group’s secretariat")
        verbose_name_plural = _("advisory groups’ secretariats")
        ordering = ["group", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workspace_groupsecretariat_end_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must come after the start."),
            ),
            NoOverlap(
                name="workspace_groupsecretariat_one_group",
                partition=["account"],
                violation_error_message=_(
                    "This account works for an advisory group’s secretariat at that time already."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.group_id}: {self.account}"


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
                violation_error_message=_("This transmission already has such a file; remove that one first."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name under which it is sent: `iscg-report-2025-rag-en.pdf`."""
        group, language = self.transmission.group_id.lower(), self.language.partition("-")[0]
        return f"iscg-report-{self.transmission.report.code}-{group}-{language}.{self.kind}"
