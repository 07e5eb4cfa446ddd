"""A file as rows of cells with their addresses, whatever its format, and the limits of what is read."""

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.importing.mangled import why_not_as_meant
from iscg_portal.plain_text import cleaned

FILE_BYTES = 5_000_000
UNPACKED_BYTES = 40_000_000
PACKED_PARTS = 200
PACKING_RATIO = 150
ROWS = 2_000
COLUMNS = 60
CROSS = "×"  # in the first cell of a table that has records in its lines and in its columns
CROSS_COLUMNS = 500
# What a cell of a spreadsheet can hold.
CELL_LENGTH = 32_767
# A row whose first cell begins so explains the columns; it is not read.
REMARK = "#"
EXPLANATIONS = "Explanations"


class FileRefused(ValidationError):
    """The file as a whole cannot be read: a sentence for each reason. Nothing was written."""


@dataclass(frozen=True, slots=True)
class DateCell:
    """A true date of a spreadsheet: how exactly it is known, it cannot say."""

    day: datetime.date

    def __str__(self):
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class ValueCell:
    """A number or a truth value of a spreadsheet whose text is not what the cell shows, and a sentence that says so."""

    text: str
    reason: str

    def __str__(self):
        return self.text


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be read, with the sentence that says why."""

    reason: str

    def __str__(self):
        return ""


@dataclass(frozen=True, slots=True)
class IfNew:
    """What a file gives to a new record only; a record that stands keeps what it has. Blank: the file says nothing."""

    text: str

    def __str__(self):
        return self.text


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the file, and its cells in the order of the columns."""

    number: int
    cells: tuple


@dataclass
class Sheet:
    """Headers (as the file has them) and rows; `remarks` are sentences about the file for the preview.

    The rows of a calendar are its events; their cells have no address.
    `is_unfolded`: the rows were made from the cells of a table with records in its lines and in its columns.
    """

    headers: list
    rows: list[SheetRow]
    remarks: list[str] = field(default_factory=list)
    is_calendar: bool = False
    is_unfolded: bool = False

    @property
    def is_cross(self):
        """Whether it is such a table."""
        return is_cross(self.headers)


def is_cross(headers):
    """Whether these head a table with records in its lines and in its columns."""
    return bool(headers) and isinstance(headers[0], str) and CROSS in headers[0]


def letter(index):
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(index, number):
    """The address of a cell: column index and row number, as in C7."""
    return f"{letter(index)}{number}"


def is_blank(cells):
    """Whether no cell of the row holds anything."""
    return all(cell == "" for cell in cells)


def is_remark(cells):
    """Whether the row explains the columns."""
    return bool(cells) and isinstance(cells[0], str) and cells[0].startswith(REMARK)


def gather(numbered_rows, remarks=()):
    """Make a `Sheet` of (number, cells): the first filled row has the headers; blank rows are left out.

    Errors: FileRefused where there is nothing, or more than the limits allow.
    """
    headers, rows = None, []
    for number, cells in numbered_rows:
        if not any(cells):
            continue
        given, cells = cells, [cleaned_cell(cell) for cell in cells]
        if is_blank(cells) or is_remark(cells):
            continue
        if headers is None:
            headers = without_blank_end(cells)
            if why := next(filter(None, (why_not_as_meant(cell) for cell in given if isinstance(cell, str))), ""):
                raise FileRefused(why)
            most = CROSS_COLUMNS if is_cross(headers) else COLUMNS
            if len(headers) > most:
                raise FileRefused(_("The file has more than %(count)d columns.") % {"count": most})
            continue
        if without_blank_end(cells) == headers:
            message = _("Row %(row)d names the columns again: two tables stand in the sheet. Put each in its own file.")
            raise FileRefused(message % {"row": number})
        if len(rows) == ROWS:
            raise FileRefused(_("The file has more than %(count)d rows; split it.") % {"count": ROWS})
        rows.append(SheetRow(number, _checked(given, len(headers), number)))
    if headers is None:
        raise FileRefused(_("The file is empty."))
    if not rows:
        raise FileRefused(_("The file has the names of columns, but no row below them."))
    return Sheet([cleaned(str(header)) for header in headers], rows, list(remarks))


def without_blank_end(cells):
    """The cells without the blank ones at the end."""
    cells = list(cells)
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _checked(cells, width, number):
    beyond = next((index for index, cell in enumerate(cells) if index >= width and cleaned_cell(cell) != ""), None)
    if beyond is not None:
        message = _("Cell %(cell)s is filled, but its column has no name in the first row.")
        raise FileRefused(message % {"cell": address(beyond, number)})
    return tuple(checked_cell(cell) for cell in [*cells, *[""] * width][:width])


def cleaned_cell(cell):
    """The cell as a form would take it up; what one line holds, the model's field knows."""
    return cleaned(cell, lines=True) if isinstance(cell, str) else cell


def checked_cell(cell):
    """The cell, cleaned, or a `BadCell` where its text is too long, looks like a formula or was lost on its way."""
    why = why_not_as_meant(cell) if isinstance(cell, str) else ""
    cell = cleaned_cell(cell)
    if isinstance(cell, str):
        if why:
            return BadCell(why)
        if len(cell) > CELL_LENGTH:
            return BadCell(_("The text is longer than %(count)d characters.") % {"count": CELL_LENGTH})
        if cell.startswith("="):
            return BadCell(_("Formulas are not read. Put the value itself, or ' before a text that begins with =."))
    return cell
