"""Reading and writing XLSX. Only values are read, and a formula is refused by its address."""

import datetime
import io
import re
import warnings
from itertools import zip_longest
from xml.parsers import expat

from django.utils.translation import gettext as _

from iscg_portal.importing.sheet import (
    EXPLANATIONS,
    BadCell,
    DateCell,
    FileRefused,
    ValueCell,
    gather,
)
from iscg_portal.importing.xlsx_archive import opened, refuse_compound_file
from iscg_portal.languages import with_commas
from iscg_portal.plain_text import for_xlsx, from_xlsx

GENERAL = ("General", "@")
LONGEST_NUMBER = 11  # digits that a cell without a format shows
_DECIMALS = re.compile(r"(0{1,20})(?:\.(0{1,20}))?")


def read_xlsx(content):
    """The `Sheet` of the first worksheet that is not hidden. Errors: FileRefused."""
    refuse_compound_file(content)
    opened(content).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheet(_book(content))
    except (FileRefused, MemoryError):
        raise
    except Exception:  # whatever openpyxl stumbles over in a file that is none of its own
        message = _("The file cannot be read as a spreadsheet: it is damaged or cut off. Save it anew as .xlsx.")
        raise FileRefused(message) from None


def _book(content):
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):
        """As the library's, but it takes what the texts of the file say for what they mean."""

        def read_strings(self):
            names = {name.lower(): name for name in self.archive.namelist()}
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            part = self.package.find(kind)
            if part is not None:
                with self.archive.open(names[part.PartName[1:].lower()]) as stream:
                    self.shared_strings = list(_strings(stream))

    # Formulas are kept, not their cached values: with these a formula would arrive as an empty cell.
    reader = Reader(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    reader.read()
    return reader.wb


def _strings(stream):
    from openpyxl.cell.text import Text
    from openpyxl.xml.functions import iterparse

    for _event, node in iterparse(stream):
        if node.tag.endswith("}si"):
            yield Text.from_tree(node).content
            node.clear()


def _sheet(book):
    sheets = [sheet for sheet in book.worksheets if sheet.title != EXPLANATIONS]
    if not sheets:
        raise FileRefused(_("The file has no worksheet to read."))
    read = next((sheet for sheet in sheets if sheet.sheet_state == "visible"), sheets[0])
    others = [_named(sheet) for sheet in sheets if sheet is not read and _is_filled(sheet)]
    remarks = []
    if others:
        message = _("Only the worksheet “%(read)s” is read; not read: %(others)s.")
        remarks.append(message % {"read": read.title, "others": with_commas(others)})
    read.reset_dimensions()
    sheet = gather(_rows(read), remarks)
    hidden, merged = _hidden_and_merged(read)
    if merged:
        message = _("Cells are merged: %(ranges)s. Take each apart, and write into every cell what holds for it.")
        raise FileRefused(message % {"ranges": with_commas(merged[:10]) + (" …" if len(merged) > 10 else "")})
    numbers = [str(row.number) for row in sheet.rows if row.number in hidden]
    if numbers:
        message = _("Hidden rows are read too: %(rows)s.")
        sheet.remarks.append(message % {"rows": with_commas(numbers[:20]) + (" …" if len(numbers) > 20 else "")})
    return sheet


def _named(sheet):
    return sheet.title if sheet.sheet_state == "visible" else _("%(sheet)s (hidden)") % {"sheet": sheet.title}


def _is_filled(sheet):
    sheet.reset_dimensions()
    return any(value is not None for row in sheet.iter_rows(max_row=20, values_only=True) for value in row)


def _hidden_and_merged(sheet):
    """The numbers of the rows that are hidden, by hand or by a filter, and the addresses of merged cells."""
    hidden, merged, last = set(), [], 0

    def start(element, given):
        nonlocal last
        name = element.rpartition(" ")[2]
        if name == "mergeCell":
            merged.append(str(given.get("ref", ""))[:20])
        if name == "row":
            last = int(given.get("r", last + 1))
            if given.get("hidden") in ("1", "true"):
                hidden.add(last)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    with sheet.parent._archive.open(sheet._worksheet_path) as stream:
        parser.ParseFile(stream)
    return hidden, merged


def _rows(sheet):
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [_cell(cell) for cell in row]


def _cell(cell):
    """The cell as text, a `DateCell`, a `ValueCell` or a `BadCell`."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f" or not isinstance(value, (str, bool, int, float, datetime.date, datetime.time, datetime.timedelta)):
        return BadCell(_("The cell holds a formula. Put the value itself."))
    if kind == "e":
        return BadCell(_("The cell holds the error %(error)s.") % {"error": value})
    if isinstance(value, bool):
        message = _("The cell holds a truth value, not a text. Give the cell the format “Text” and write it again.")
        return ValueCell("yes" if value else "no", message)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return DateCell(value.date()) if midnight else BadCell(_("The cell holds a time of day; a date is enough."))
    if isinstance(value, datetime.date):
        return DateCell(value)
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return BadCell(_("The cell holds a time of day, not a text. Give the cell the format “Text”."))
    return from_xlsx(value) if isinstance(value, str) else _number(value, cell.number_format)


def _number(value, format):
    """The number as text, where that is what the cell shows; 3.1 may be shown, and meant, as 3.10."""
    text = str(int(value)) if float(value).is_integer() else repr(value)
    if format in GENERAL and len(text) <= LONGEST_NUMBER or _as_shown(value, format) == text:
        return text
    message = _(
        "The cell holds the number %(number)s, which its format (%(format)s) shows otherwise. Give the cell the format"
        " “Text” and write it again."
    )
    return ValueCell(text, message % {"number": text, "format": format[:40]})


def _as_shown(value, format):
    """A number in a format of digits alone, such as 0.00; "" for any other."""
    found = _DECIMALS.fullmatch(format)
    if not found:
        return ""
    decimals = len(found[2] or "")
    return f"{value:0{len(found[1]) + decimals + bool(decimals)}.{decimals}f}"


WIDEST_COLUMN = 60
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def write_xlsx(lines, title, explanations=()):
    """The bytes of an XLSX file: rows of texts under their headers, and a second sheet that explains them.

    Every cell has the format “Text”, so that a spreadsheet leaves 2016-03 as it is typed.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)  # a row is written before the next one is made
    _fill(book.create_sheet(_NOT_IN_TITLES.sub(" ", title)[:31]), lines)
    if explanations:
        _fill(book.create_sheet(EXPLANATIONS), explanations, wrapped=True)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet, lines, wrapped=False):
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    lines = list(lines)
    for index, column in enumerate(zip_longest(*lines, fillvalue=""), start=1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = max(10, min(max(map(len, column)) + 2, WIDEST_COLUMN))
        dimension.number_format = "@"
    sheet.freeze_panes = "A2"
    style, later = _style(sheet, wrapped, is_bold=True), _style(sheet, wrapped)
    for line in lines:
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet)
            if text:
                cell.value, cell.data_type = for_xlsx(text), "s"
            cell._style = style
            cells.append(cell)
        sheet.append(cells)
        style = later


def _style(sheet, wrapped, is_bold=False):
    """The style that many cells share; to say it of each takes half of the time."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet)
    cell.number_format = "@"
    if wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_bold:
        cell.font = Font(bold=True)
    return cell._style
