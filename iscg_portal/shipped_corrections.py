"""Corrections of shipped facts, offered on the desk of a portal that was loaded before them (rule 8).

Nothing is overwritten: staff take over each one, or put it off. A row that staff have changed since is not offered.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal import record_version
from iscg_portal.models import ShippedRow
from iscg_portal.shipped import Comparison, ShippedRecords, declared_files, read_rows


@dataclass
class ShippedCorrection:
    """One correction that waits: what stands on record, and what the shipped fact says now."""

    key: str
    model: type[models.Model]
    put_off: bool
    shipped: ShippedRecords

    @cached_property
    def comparison(self) -> Comparison | None:
        """The record beside the shipped fact; None where they agree by now, or the record was removed."""
        with override("en"):
            found = self.shipped.compare(self.key)
        return found if found and found.names else None

    @cached_property
    def is_untouched(self):
        """Whether staff have not written the record since it was loaded."""
        return self.comparison.is_untouched

    @property
    def record(self):
        """The record as it stands."""
        return self.comparison.record

    @property
    def fields(self):
        """Of each field that differs: the field, the record, and the same as it is shipped."""
        about = self.comparison
        return [(self.model._meta.get_field(name), about.record, about.wanted) for name in about.names]


def waiting(rows=None) -> list[ShippedCorrection]:
    """The corrections that staff have not taken over. One query.

    What changes a fact comes first, then what changes its source alone, last what was put off; each can be taken over
    after those before it. `rows` are the shipped rows (`read_rows`).
    """
    rows = read_rows(declared_files()) if rows is None else rows
    words, shipped = dict(_open().values_list("key", "correction")), ShippedRecords(rows)
    keys = [key for key in reversed(rows) if key in words]
    put_off, of_the_source = ShippedRow.Correction.NOT_NOW, ShippedRow.Correction.SOURCE
    keys.sort(key=lambda key: (words[key] == put_off, words[key] == of_the_source))
    return [ShippedCorrection(key, rows[key][0].model, words[key] == put_off, shipped) for key in keys]


def settle(corrections):
    """Forget those that are not needed any more: the record says it by now, or is gone."""
    settled = [one.key for one in corrections if one.comparison is None]
    ShippedRow.objects.filter(key__in=settled).update(correction="")


def find(key, rows=None) -> ShippedCorrection:
    """The correction of this key that waits. Errors: ValidationError where it does not wait any more."""
    found = next((one for one in waiting(rows) if one.key == key), None)
    if found is None or found.comparison is None:
        raise ValidationError(_("This correction does not wait any more."))
    return found


def _open():
    return ShippedRow.objects.exclude(correction="")


@transaction.atomic
def take_over(key, *, by, rows=None):
    """Write the corrected fact into its record. Returns the correction.

    Errors: ValidationError, in sentences; then nothing is saved.
    """
    record_version.bump()  # the first lock of every writer
    correction = find(key, rows)
    if not correction.is_untouched:
        raise ValidationError(_("Staff have changed this row since it was loaded; change it on its own page."))
    with override("en"):
        correction.comparison.take_over(by)
    ShippedRow.objects.filter(key=key).update(correction="")
    return correction


@transaction.atomic
def put_off(key, *, rows=None):
    """Leave the record as it is; the correction stays in the list and off the desk. Returns it.

    Errors: ValidationError where it does not wait any more.
    """
    record_version.bump()
    correction = find(key, rows)
    ShippedRow.objects.filter(key=key).update(correction=ShippedRow.Correction.NOT_NOW)
    return correction
