"""Removing a row that was entered by mistake: with a reason, and the history keeps it (rule 6)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import remove_with_reason

NAMED_AT_MOST = 10


def parts_of(row):
    """The rows that are part of this one and go with it, such as a resolution's revisions.

    Errors: ValidationError that names what stands in the way.
    """
    collector = Collector(using=row._state.db, origin=row)
    try:
        collector.collect([row])
    except ProtectedError as error:
        raise ValidationError(_in_the_way(row, error.protected_objects)) from error
    found = [part for instances in collector.data.values() for part in instances if part != row]
    return found + [part for queryset in collector.fast_deletes for part in queryset if part != row]


@transaction.atomic
def remove_mistake(row, *, reason, by=None):
    """Remove a row and its parts; each one's history says who, when and why.

    Errors: ValidationError without a reason, or where other records rest on the row.
    """
    if not reason.strip():
        raise ValidationError(_("Say why this was a mistake."))
    record_version.bump()  # the first lock of every writer
    for part in parts_of(row):
        remove_with_reason(part, reason, by)
    remove_with_reason(row, reason, by)


def _in_the_way(row, protected):
    names = sorted({f"{other._meta.verbose_name}: {other}" for other in protected})
    if len(names) > NAMED_AT_MOST:
        names = [*names[:NAMED_AT_MOST], "…"]
    message = _("“%(row)s” cannot be removed, because other records rest on it: %(names)s.")
    return message % {"row": row, "names": "; ".join(names)}
