"""Texts that were entered before the rule that cleans them (rule 19): cleaned once by a command, with a history.

Whatever saves a row cleans its texts, so that only rows that nobody saved since are left. A row that cannot be saved,
because another one has the clean text already, is noted in the ledger until the next run; the desk names it.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _
from simple_history.models import registered_models

from iscg_portal import record_version
from iscg_portal.acts import one_act
from iscg_portal.history import save_with_reason
from iscg_portal.models import ShippedRow
from iscg_portal.plain_text import cleaned
from iscg_portal.tenure.constraints import sentence_for
from iscg_portal.text_fields import is_typed

LEFT = "unclean/"  # how the ledger begins the keys of rows that could not be cleaned


@dataclass
class OldRow:
    """A row with texts that are not clean: {field: (as it stands, clean)}, and why it stays so, or ""."""

    row: Any
    texts: dict
    refusal: str = ""


def clean_old_texts(*, write=True, by=None):
    """Clean every text of a tracked model, row by row, and give the `OldRow`s; with `write` off nothing changes."""
    with one_act():
        found = [old for model in tracked_models() for old in _unclean_rows(model)]
        if write:
            with transaction.atomic():
                record_version.bump()
                for old in found:
                    _save(old, by)
                ShippedRow.objects.filter(key__startswith=LEFT).delete()
                left = [f"{LEFT}{old.row._meta.label_lower}/{old.row.pk}" for old in found if old.refusal]
                ShippedRow.objects.bulk_create(ShippedRow(key=key) for key in left)
    return found


def tracked_models():
    """The models with a history, in one order."""
    return sorted(registered_models.values(), key=lambda model: model._meta.label_lower)


def unclean_texts(row):
    """{field: (as it stands, clean)} of the texts of a row that are not clean."""
    texts = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname, None)
        if is_typed(field) and isinstance(value, str) and cleaned(value, field.keeps_lines) != value:
            texts[field] = value, cleaned(value, field.keeps_lines)
    return texts


def left_over():
    """The rows that the last run could not clean, and that are still so; a query for each, and none where none is."""
    for key in ShippedRow.objects.filter(key__startswith=LEFT).values_list("key", flat=True):
        label, _slash, pk = key.removeprefix(LEFT).partition("/")
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        if row is not None and unclean_texts(row):
            yield row


def _unclean_rows(model):
    for row in model._base_manager.order_by("pk").iterator():
        texts = unclean_texts(row)
        if texts:
            yield OldRow(row, texts)


def _save(old, by):
    try:
        with transaction.atomic():
            save_with_reason(old.row, _("Texts cleaned: one form of accents, plain spaces, nothing unseen."), by)
    except IntegrityError as error:
        old.refusal = str(sentence_for(error))
    except DatabaseError as error:  # what is frozen stays as it was published
        old.refusal = str(error).strip().splitlines()[0]
