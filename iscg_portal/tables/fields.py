"""A fact of a record, described once: JSON, CSV, XLSX, the page of the data, export and import all read this."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from iscg_portal.tables.table import Column

JSON, SHEET = "json", "sheet"


@dataclass(frozen=True)
class Field:
    """One fact.

    `key` names it in JSON and is the head of its column; `explanation` says what it holds. `value` takes the record
    and gives what is published; without it the fact is for staff only. `published_in` are the kinds of files that
    have it (CSV and XLSX are one kind). `cell` (of `iscg_portal.importing.cells`) says what a cell of an imported file
    may hold; without it the fact is not imported by itself. `column` are further words of the import's column:
    attribute, required, example, keep, explanation.
    """

    key: str
    explanation: Any
    value: Callable[[Any], Any] | None = None
    published_in: tuple[str, ...] = (JSON, SHEET)
    cell: Any = None
    column: dict = field(default_factory=dict)

    def of(self, part):
        """The same fact of a record that has this one as a part: `part` leads there, and may give None."""

        def value(record):
            owner = part(record)
            return self.value(owner) if owner is not None else None

        return replace(self, value=value if self.value else None)

    def in_table(self, label="", **options) -> Column:
        """The fact as a column of the files, and with a label of the page; `options` are further ones of `Column`."""
        return Column(self.key, label, self.explanation, self.value, **options)


def published(fields, kind):
    """Those of the fields that files of a kind (JSON or SHEET) have."""
    return [one for one in fields if one.value and kind in one.published_in]


def as_object(fields, record) -> dict:
    """The record's facts as an object of JSON."""
    return {one.key: one.value(record) for one in published(fields, JSON)}


def sheet_columns(fields) -> list[Column]:
    """The facts as columns of CSV and XLSX."""
    return [one.in_table() for one in published(fields, SHEET)]
