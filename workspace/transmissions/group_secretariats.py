"""The transmissions that the secretariat of an advisory group sees, and the files for it (clause F3)."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from iscg_portal.files.stored import keep, nothing_half_stored
from iscg_portal.history import save_with_reason
from reports.models import Transmission
from reports.models.annual_reports import PUBLIC_STATES
from workspace.models import GroupFile, GroupSecretariat

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
