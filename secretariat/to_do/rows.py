"""The rows that wait, of every sort, in one query: the first few of each, and how many there are."""

import datetime
from typing import NamedTuple

from django.db.models import CharField, Count, DateField, F, Value, Window
from django.db.models.functions import Cast, Concat, RowNumber, Trim, TruncDate

from iscg_portal.tenure.dates import GENEVA
from iscg_portal.translated import plain

FEW = 3
TEXTS = 5


class WaitingRow(NamedTuple):
    """One row that waits: `found` says how many there are of its kind, `key` is its key as text.

    `day` is the day on which it stands, None where it has none. What `texts` are, its sort says.
    """

    sort: str
    model: str
    found: int
    key: str
    day: datetime.date | None
    texts: tuple[str, ...]


def first_few(sort, queryset, day, *texts, most):
    """A queryset of the first rows by day, as `read` wants them; `day` and `texts` are expressions, five at most."""
    order = [F("on_day").asc(nulls_last=True), F("pk").asc()]
    numbered = (
        plain(queryset)
        .annotate(on_day=day)
        .annotate(row_number=Window(RowNumber(), order_by=order), rows_found=Window(Count("pk")))
    )
    words = [Cast(text, CharField()) for text in texts]
    # Equal expressions would become one column: each blank is another one.
    words += [Value(" " * number, output_field=CharField()) for number in range(1, TEXTS - len(texts) + 1)]
    named = (Value(one, output_field=CharField()) for one in (sort, queryset.model._meta.label_lower))
    key = Cast("pk", CharField())
    return numbered.filter(row_number__lte=most).values_list(*named, "rows_found", key, "on_day", *words)


def read(querysets) -> list[WaitingRow]:
    """The rows of them all. One query."""
    if not querysets:
        return []
    first, *others = querysets
    rows = first.union(*others, all=True) if others else first
    return [WaitingRow(*row[:5], tuple((text or "").strip() for text in row[5:])) for row in rows]


def day_of(moment):
    """The day in Geneva of a moment."""
    return TruncDate(moment, tzinfo=GENEVA)


def no_day():
    """For rows without a day."""
    return Value(None, output_field=DateField())


def person(path):
    """How a person is called: “Ms Ada Testperson”."""
    parts = (f"{path}honorific", Value(" "), f"{path}name")
    return Trim(Concat(*parts, output_field=CharField()))
