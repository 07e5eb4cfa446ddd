"""Where a text in one of the six languages comes from, for staff: official, or our own translation (rules 21, 22).

The marks stand in the record itself, so that its history, its undoing and its restoring have them too. A mark is about
one wording: it says nothing any more once the text was changed, and tells when the original was.
"""

import hashlib

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import LANGUAGE_CODES, in_brackets, with_colon, with_semicolons
from iscg_portal.translated import columns_of


class Origin(models.TextChoices):
    """What a text is. The values stand in files."""

    OFFICIAL = "official", _("official")
    OURS = "ours", _("our own translation")


def original_column(record, field) -> str:
    """The column with the text in the original language of the record."""
    return columns_of(field)[LANGUAGE_CODES.index(record.original_language)]


def field_of(record, column) -> str:
    """The translated field to which a column belongs. Errors: StopIteration where it belongs to none."""
    return next(name for name in record.TRANSLATED if column in columns_of(name))


def digest_of(text) -> str:
    """What tells one wording from another."""
    return hashlib.sha256((text or "").encode()).hexdigest()[:16]


def mark(record, column, origin, source=""):
    """Note on the record, unsaved, what its text in this column is; it was made from the original as it stands now."""
    original = getattr(record, original_column(record, field_of(record, column)))
    noted = {"origin": str(origin), "source": source}
    noted |= {"text": digest_of(getattr(record, column)), "original": digest_of(original)}
    record.text_origins = {**record.text_origins, column: noted}


def mark_of(record, column) -> dict:
    """What is noted of the text as it stands: its `origin`, `source` and the digest of its `original`; else empty."""
    noted = record.text_origins.get(column, {})
    return noted if noted.get("text") == digest_of(getattr(record, column)) else {}


def marks_in_words(model, text_origins) -> str:
    """Every mark of a record, as people read it: “Title [fr]: our own translation”."""
    labels = {one.name: one.verbose_name for one in model._meta.concrete_fields}
    said = []
    for column, noted in text_origins.items():
        words, label = str(Origin(noted["origin"]).label), capfirst(labels.get(column, column))
        said.append(with_colon(label, f"{words}{in_brackets(noted['source'])}" if noted["source"] else words))
    return with_semicolons(said)
