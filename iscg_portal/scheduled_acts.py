"""Cancelling, postponing and moving what is held on days: meetings and activities (clauses W3, F2)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.scheduled import Precision, State


@transaction.atomic
def cancel(record, because, *, reason="", by=None):
    """Cancel it. `because` is public. Errors: ValidationError."""
    record_version.bump()  # the first lock of every writer
    _refuse_held(record)
    record.state, record.state_note = State.CANCELLED, because.strip()
    _save(record, reason, by)


@transaction.atomic
def postpone(record, because, *, starts_on=None, ends_on=None, reason="", by=None):
    """Move it, or postpone it where no new day is known. `because` is public. Errors: ValidationError.

    With a new first day it is planned or confirmed as before. A record may have `part`: what it no longer lies beside
    on its new days. Returns the pairs that parted, as (the one held with another, the other).
    """
    record_version.bump()
    _refuse_held(record)
    record.state_note = because.strip()
    if starts_on is None:
        if ends_on is not None:
            raise ValidationError(_("Give the new first day too, or leave both days blank."))
        record.state = State.POSTPONED
    else:
        _move(record, starts_on, ends_on)
    parted = record.part() if starts_on is not None and hasattr(record, "part") else []
    _save(record, reason, by)
    for one, _other in parted:
        if one is not record:
            save_with_reason(one, reason or record.state_note, by)
    return parted


def _move(record, starts_on, ends_on):
    lasts = (record.ends_on - record.starts_on) if record.ends_on and record.precision == "day" else None
    record.starts_on, record.precision = starts_on, Precision.DAY
    record.ends_on = ends_on or (starts_on + lasts if lasts is not None else None)
    if not record.takes_place:
        record.state = State.PLANNED


def _refuse_held(record):
    if record.state == State.HELD:
        raise ValidationError(record.HELD_ALREADY)


def _save(record, reason, by):
    if not record.state_note:
        raise ValidationError({"state_note": _("Give the reason, for those who wanted to come.")})
    record.full_clean()
    save_with_reason(record, reason or record.state_note, by)
