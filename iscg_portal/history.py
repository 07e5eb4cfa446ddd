"""When we recorded it: who, what, before and after, and why (rule 7).

Every model of the record is tracked. Models with translated fields are registered in the app's
`translation.py`, after the translation, so that the history has the six columns too.
"""

import simple_history
from django.db import models, transaction
from simple_history.models import HistoricalRecords

_OPTIONS = {"history_change_reason_field": models.TextField(null=True, blank=True)}


def tracked(**options):
    """The `history` attribute of a tracked model without translated fields."""
    return HistoricalRecords(**_OPTIONS, **options)


def track_translated(model, app, **options):
    """Track a model with translated fields; call it after `translator.register`."""
    simple_history.register(model, app=app, **_OPTIONS, **options)


def save_with_reason(instance, reason="", by=None):
    """Save one row, with the reason and the account that go into its history: both or neither are written."""
    instance._change_reason = reason or None
    if by is not None:
        instance._history_user = by
    with transaction.atomic():
        instance.save()


def remove_with_reason(instance, reason, by=None):
    """Remove a row entered by mistake; the history keeps it, and it is listed as a correction (rule 6)."""
    instance._change_reason = reason
    if by is not None:
        instance._history_user = by
    with transaction.atomic():
        instance.delete()
