"""Rows of a file as dictionaries, for the measures and the tests: judged, or judged and written."""

from iscg_portal.importing.rows import judge, write
from iscg_portal.importing.sheet import Sheet, SheetRow, checked_cell


def judge_rows(model, rows):
    """`judge` for dictionaries of column and text; the first of them is row 2, as in a file."""
    return judge(model, sheet_of(rows))


def write_rows(model, rows, *, reason="", by=None):
    """`write` for dictionaries of column and text."""
    return write(model, sheet_of(rows), reason=reason, by=by)


def sheet_of(rows):
    """Dictionaries as a sheet."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    cells = [tuple(checked_cell("" if row.get(name) is None else row[name]) for name in headers) for row in rows]
    return Sheet(headers, [SheetRow(number, row) for number, row in enumerate(cells, start=2)])
