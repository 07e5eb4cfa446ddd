"""Acts on Coordinators' reports (clause A4)."""

from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason


@transaction.atomic
def make_public(reports, *, by=None) -> int:
    """Make the received ones among these reports public, without their guidance (A3). How many changed."""
    record_version.bump()  # the first lock of every writer
    found = list(reports.received().filter(is_internal=True).select_for_update(of=("self",)))
    for report in found:
        report.is_internal = False
        save_with_reason(report, _("Made public"), by)
    return len(found)
