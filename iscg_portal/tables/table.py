"""The description of a table, and how a page shows it: one page of rows under heads that sort by links."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OrderBy, QuerySet
from django.utils.translation import gettext as _

from iscg_portal.tables.addresses import query_without, read_choice, read_page

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Column:
    """One column. Without `label` it stands in the files alone, without `explanation` on the page alone.

    `explanation` says on the page of the data what the column of a file holds. `value` takes a row and gives text, a
    date, a number, a truth value, a list of texts or None; without it the row's attribute called `key` is asked.
    `sort` makes the column sortable: names of fields, or expressions, for rows of the database; else a function from a
    row to its key.
    """

    key: str
    label: Any = ""
    explanation: Any = ""
    value: Callable[[Any], Any] | None = None
    sort: tuple[str, ...] | Callable[[Any], Any] = ()
    kind: str = ""

    def of(self, row):
        """The row's value in a file."""
        return self.value(row) if self.value else getattr(row, self.key)


@dataclass(frozen=True)
class Table:
    """A table with all rows of its day and filter.

    `name` is the stem of the file names and the key of the rows in JSON. `as_on` is the day on which the rows
    depend, if on any. `sort` is the order in which the rows are: a column's key, with “-” when descending.
    `number` says how many rows there are where that was asked before; else the page asks.
    `json_row` gives a row's object in JSON where it is richer than the columns; `json_document` the whole document.
    """

    name: str
    columns: Sequence[Column]
    rows: QuerySet | Sequence
    as_on: datetime.date | None = None
    sort: str = ""
    number: int | None = None
    json_row: Callable[[Any], dict] | None = None
    json_document: Callable[[], dict] | None = None

    @property
    def rows_key(self):
        """The key of the rows in JSON."""
        return self.name.replace("-", "_")

    @property
    def file_columns(self):
        """The columns of the files."""
        return [column for column in self.columns if column.explanation]

    @property
    def explained(self):
        """Every field of CSV and XLSX with what it holds."""
        day = [("as_on", _("the day of the file"))] if self.as_on else []
        return [(column.key, column.explanation) for column in self.file_columns] + day

    def sorted_for(self, request):
        """The table in the order of `?sort=`; BadRequest with a sentence if it is not offered."""
        keys = {f"{sign}{column.key}": column for sign in ("", "-") for column in self.columns if column.sort}
        chosen = read_choice(request, "sort", keys)
        if not chosen:
            return self
        return replace(self, rows=_ordered(self.rows, keys[chosen].sort, chosen.startswith("-")), sort=chosen)


def _ordered(rows, sort, descending):
    if callable(sort):
        return sorted(rows, key=sort, reverse=descending)
    sign = "-" if descending else ""
    terms = (f"{sign}{one}" if isinstance(one, str) else OrderBy(one, descending=descending) for one in sort)
    return rows.order_by(*terms, "pk")


@dataclass(frozen=True)
class Head:
    """The head of a column as `components/_table.html` reads it."""

    label: Any
    href: str
    sorted: str
    kind: str


@dataclass(frozen=True)
class Shown:
    """One page of a table: heads, page (with its rows in `page.object_list`) and the query that pages keep."""

    table: Table
    heads: list[Head]
    page: Page
    query: str

    @property
    def rows(self):
        """The rows of this page."""
        return self.page.object_list


def shown(request, table, rows_a_page=ROWS_A_PAGE) -> Shown:
    """The page of the table that the address asks for (`?sort=`, `?page=`).

    Errors: BadRequest for an order that is not offered, Http404 for a page that does not exist.
    """
    table = table.sorted_for(request)
    paginator = Paginator(table.rows, rows_a_page)
    if table.number is not None:
        paginator.count = table.number
    page = read_page(request, paginator)
    kept = query_without(request, "page", "sort")
    heads = [_head(column, table.sort, kept) for column in table.columns if column.label]
    return Shown(table, heads, page, query_without(request, "page"))


def _head(column, sort, kept):
    if not column.sort:
        return Head(column.label, "", "", column.kind)
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
    sign = "-" if direction == "ascending" else ""
    return Head(column.label, f"?{kept}sort={sign}{column.key}", direction, column.kind)
