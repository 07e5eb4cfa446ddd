"""Rows that no page can print: one of them never stops a page, a file, a feed or a calendar (rule 19).

Whatever wrote them, it was none of the doors. Public pages are made as if there were none; where that fails, they are
made again without the odd rows (`leaving_out`), which the desk names.
"""

import datetime
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q

from iscg_portal.tenure.dates import is_of_record

# What an odd value ends in, whichever page comes upon it.
CANNOT_PRINT = (ValueError, LookupError, ArithmeticError, AttributeError, TypeError)
_left_out = ContextVar("odd rows are left out", default=False)


@contextmanager
def leaving_out():
    """Inside, the querysets of the public leave out the rows that are odd."""
    token = _left_out.set(True)
    try:
        yield
    finally:
        _left_out.reset(token)


def printable(rows):
    """The rows; inside `leaving_out` only those that can be printed, with what was read along with them."""
    return [row for row in rows if not _is_odd(row)] if _left_out.get() else rows


def _is_odd(row):
    if not hasattr(row, "_meta"):
        return False
    beside = row._state.fields_cache.values()
    return any(odd_values(each) for each in (row, *beside) if hasattr(each, "_meta"))


def odd_values(row):
    """{field: value} of what was read of a row and is no day of the record, or no word that its column knows."""
    read = {field: row.__dict__[field.attname] for field in row._meta.concrete_fields if field.attname in row.__dict__}
    return {field: value for field, value in read.items() if value not in (None, "") and not _is_known(field, value)}


def _is_known(field, value):
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return is_of_record(value)
    words = words_of(field)
    return not words or value in words


def words_of(field):
    """The words that may stand in a column of few words: its choices, or what its model's `WORDS` gives."""
    given = getattr(field.model, "WORDS", {}).get(field.name)
    return given() if given else {word for word, _label in field.flatchoices}


def has_odd_words(model):
    """The condition that a row has a word that its column does not know; None for a model without such columns.

    Days outside the record the database itself refuses.
    """
    columns = [field for field in model._meta.concrete_fields if words_of(field) and not field.generated]
    conditions = [~Q((f"{field.name}__in", {"", *words_of(field)})) for field in columns]
    nulls = [Q((f"{field.name}__isnull", False)) for field in columns]
    odd = Q()
    for is_unknown, is_given in zip(conditions, nulls, strict=True):
        odd |= is_unknown & is_given
    return odd or None
