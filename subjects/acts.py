"""Acts on the subjects: each changes several rows, in one transaction, under one name (house rule 9)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal.history import remove_with_reason, save_with_reason
from members.acts.succession import UNKNOWN, succeed
from subjects.models import Appointment


@transaction.atomic
def succeed_coordinator(coordinator, person, on, decision=UNKNOWN, *, appointments, reason="", by=None, **facts):
    """Replace the Coordinator of a subject from the day `on` (A0); see `members.acts.succession.succeed`.

    `appointments` are the advisory groups' own decisions, unsaved and without Coordinator, one to three.
    Returns the successor's row.
    Errors: ValidationError, in sentences; then nothing is saved.
    """
    if not appointments:
        raise ValidationError(_("Say which advisory group appoints the Coordinator."))
    successor = succeed(coordinator, person, on, decision, reason=reason, by=by, **facts)
    appoint(successor, appointments, reason=reason, by=by)
    return successor


@transaction.atomic
def appoint(coordinator, appointments, *, reason="", by=None):
    """Make the advisory groups' appointments of a Coordinator these, one a group (A0).

    A group's appointment that is there already keeps its row and gets the new facts; one that is no longer
    among them is removed as entered by mistake. Errors: ValidationError, in sentences.
    """
    standing = {row.group: row for row in coordinator.appointments.all()}
    for wanted in appointments:
        row = standing.pop(wanted.group, None) or wanted
        facts = ("decided_on", "document", "document_url")
        changed = row is wanted or any(getattr(row, field) != getattr(wanted, field) for field in facts)
        for field in facts:
            setattr(row, field, getattr(wanted, field))
        if changed:
            row.coordinator = coordinator
            row.full_clean()
            save_with_reason(row, reason, by)
    for row in standing.values():
        remove_with_reason(row, reason, by)


def appointment(group, document="", decided_on=None, document_url=""):
    """One advisory group's decision to appoint, not yet tied to a Coordinator."""
    return Appointment(group=group, document=document, decided_on=decided_on, document_url=document_url)
