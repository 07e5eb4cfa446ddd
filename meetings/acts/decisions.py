"""Closing an action of a meeting: done, or given up."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from meetings.models import Decision


@transaction.atomic
def close(action, on, because, *, reason="", by=None):
    """The next meeting no longer carries it. Errors: ValidationError where it is a decision, or closed."""
    record_version.bump()  # the first lock of every writer
    action = Decision.objects.get(pk=action.pk)
    if action.closed_on:
        raise ValidationError(_("This action is closed."))
    action.closed_on, action.closed_because = on, because.strip()
    action.full_clean()
    save_with_reason(action, reason or action.closed_because, by)
