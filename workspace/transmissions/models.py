"""The secretariats of the advisory groups, the transmissions that each sees, and the files for it (clause F3)."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.files.stored import keep, nothing_half_stored
from iscg_portal.history import save_with_reason, tracked
from iscg_portal.languages import PREFIX_OF_LANGUAGE, with_colon
from iscg_portal.models import StoredFile
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.models import PeriodQuerySet
from members.models import AdvisoryGroup
from reports.models import Transmission
from reports.models.annual_reports import PUBLIC_STATES


class GroupSecretariat(models.Model):
    """An account that works for the secretariat of one advisory group and sees its transmissions (F3).

    A group may have several at a time, an account one group at a time. It holds in [starts_on, ends_on).
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_secretariats", verbose_name=_("account")
    )
    group = models.ForeignKey(AdvisoryGroup, models.PROTECT, related_name="+", verbose_name=_("advisory group"))
    starts_on = DayField(_("from"))
    ends_on = DayField(
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
        return with_colon(self.group_id, self.account)


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
        group, language = self.transmission.group_id.lower(), PREFIX_OF_LANGUAGE[self.language]
        return f"iscg-report-{self.transmission.report.code}-{group}-{language}.{self.kind}"


KINDS = ("pdf", "docx")


def group_of(account, on: datetime.date) -> str:
    """The group for whose secretariat the account works on the day; blank where it works for none. One query."""
    rows = GroupSecretariat.objects.covering(on).filter(account=account.pk)
    return rows.values_list("group", flat=True).first() or ""


def transmissions_to(group: str):
    """The transmissions that the group's secretariat sees: those sent, and those with an early file."""
    if not group:
        return Transmission.objects.none()
    seen = ~Q(state=Transmission.State.TO_SEND) | Q(pk__in=_early_files().values("transmission"))
    return Transmission.objects.filter(seen, group=group).select_related("report", "meeting")


def files_for(group: str):
    """The files that the group's secretariat may have: early ones, and the others once the report is public."""
    may = Q(is_early=True) | Q(transmission__report__state__in=PUBLIC_STATES)
    files = GroupFile.objects.filter(may, transmission__in=transmissions_to(group))
    return files.select_related("transmission__report", "stored")


def _early_files():
    return GroupFile.objects.filter(is_early=True)


def add_file(transmission, file, kind, language, *, is_early=False, reason="", by=None):
    """Add a file to a transmission, for the secretariat of its group: the `GroupFile`.

    `file` is open and was checked to be of this `Kind`. Errors: ValidationError; nothing is stored then.
    """
    if kind.code not in KINDS:
        raise ValidationError(_("A file of a transmission is a PDF or a DOCX."))
    with nothing_half_stored():
        row = GroupFile(transmission=transmission, language=language, kind=kind.code, is_early=is_early)
        row.stored = keep(file, kind)
        row.full_clean()
        save_with_reason(row, reason, by)
    return row
