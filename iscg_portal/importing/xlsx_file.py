"""Reading and writing XLSX: only values are read, a formula is refused by its address."""

import datetime
import io
import re
import warnings

from django.utils.translation import gettext as _

from iscg_portal.importing.archive import opened, refuse_compound_file
from iscg_portal.importing.sheet import EXPLANATIONS, BadCell, DateCell, FileRefused, gather

WIDEST_COLUMN = 60


def read_xlsx(content):
    """The `Sheet` of the first worksheet. Errors: FileRefused."""
    from openpyxl import load_workbook

    refuse_compound_file(content)
    opened(content).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Formulas are kept, not their cached values: with these a formula would arrive as an empty cell.
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            return _sheet(book)
    except FileRefused:
        raise
    except Exception:  # whatever openpyxl stumbles over in a file that is none of its own
        raise FileRefused(_("The file cannot be read as a spreadsheet: it is damaged or cut off.")) from None


def _sheet(book):
    sheets = [sheet for sheet in book.worksheets if sheet.title != EXPLANATIONS]
    if not sheets:
        raise FileRefused(_("The file has no worksheet to read."))
    others = [sheet.title for sheet in sheets[1:] if _is_filled(sheet)]
    remarks = []
    if others:
        message = _("Only the worksheet “%(read)s” is read; not read: %(others)s.")
        remarks.append(message % {"read": sheets[0].title, "others": ", ".join(others)})
    sheets[0].reset_dimensions()
    return gather(_rows(sheets[0]), remarks)


def _is_filled(sheet):
    sheet.reset_dimensions()
    return any(value is not None for row in sheet.iter_rows(max_row=20, values_only=True) for value in row)


def _rows(sheet):
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [_cell(cell) for cell in row]


def _cell(cell):
    """The cell as text, a `DateCell`, or a `BadCell`."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f" or not isinstance(value, (str, bool, int, float, datetime.date, datetime.time, datetime.timedelta)):
        return BadCell(_("The cell holds a formula. Put the value itself."))
    if kind == "e":
        return BadCell(_("The cell holds the error %(error)s.") % {"error": value})
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return DateCell(value.date()) if midnight else BadCell(_("The cell holds a time of day; a date is enough."))
    if isinstance(value, datetime.date):
        return DateCell(value)
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return BadCell(_("The cell holds a time of day, not a text. Give the cell the format “Text”."))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def write_xlsx(lines, title, explanations=()):
    """The bytes of an XLSX file: rows of texts under their headers, and a second sheet that explains them.

    Every cell has the format “Text”, so that a spreadsheet leaves 2016-03 as it is typed.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    _fill(sheet, lines)
    if explanations:
        _fill(book.create_sheet(EXPLANATIONS), explanations, wrapped=True)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet, lines, wrapped=False):
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    widths = {}
    bold, wrap = Font(bold=True), Alignment(wrap_text=wrapped, vertical="top")
    for number, line in enumerate(lines, start=1):
        for index, text in enumerate(line, start=1):
            cell = sheet.cell(number, index)
            cell.number_format = "@"
            if text:
                cell.value, cell.data_type = text, "s"
            if wrapped:
                cell.alignment = wrap
            if number == 1:
                cell.font = bold
            widths[index] = max(widths.get(index, 10), min(len(text) + 2, WIDEST_COLUMN))
    for index, width in widths.items():
        column = sheet.column_dimensions[get_column_letter(index)]
        column.width = width
        column.number_format = "@"
    sheet.freeze_panes = "A2"
