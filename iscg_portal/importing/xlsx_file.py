"""Reading and writing XLSX: only values are read, a formula is refused by its address."""

import datetime
import io
import re
import warnings
import zipfile

from django.utils.translation import gettext as _

from iscg_portal.importing.sheet import (
    EXPLANATIONS,
    PACKED_PARTS,
    PACKING_RATIO,
    UNPACKED_BYTES,
    BadCell,
    DateCell,
    FileRefused,
    gather,
)

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


_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SMALL = 1_000_000
# XML of a spreadsheet never declares a document type; who does wants to unpack entities.
_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.IGNORECASE)


def refuse_compound_file(content):
    """Say what an old or encrypted Office file is; other content passes."""
    if content.startswith(_COMPOUND_FILE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefused(_("The file is protected with a password. Save it without one and upload it again."))
        raise FileRefused(_("This is an Excel file of the old kind (.xls). Save it as .xlsx and upload it again."))


def opened(content):
    """The archive of an XLSX file whose parts are within the limits. Errors: FileRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise FileRefused(_("The file is damaged or cut off: it cannot be unpacked.")) from None
    _refuse_limits(parts)
    _refuse_kinds({part.filename for part in parts}, archive)
    _refuse_content(archive, parts)
    return archive


def _refuse_limits(parts):
    if len(parts) > PACKED_PARTS:
        raise FileRefused(_("The file packs %(count)d parts, far too many for a table.") % {"count": len(parts)})
    if any(part.flag_bits & 0x1 for part in parts):
        raise FileRefused(_("The file is protected with a password. Save it without one and upload it again."))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_BYTES:
        sizes = {"size": unpacked // 1_000_000, "limit": UNPACKED_BYTES // 1_000_000}
        raise FileRefused(_("Unpacked, the file would be %(size)d MB; the limit is %(limit)d MB.") % sizes)
    for part in parts:
        if part.file_size > _SMALL and part.file_size > PACKING_RATIO * max(part.compress_size, 1):
            raise FileRefused(_("The file is packed more tightly than a table can be; it was not unpacked."))


def _refuse_kinds(names, archive):
    if "xl/vbaProject.bin" in names or any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefused(_("The file has macros in it. Save it as .xlsx, without macros, and upload it again."))
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        return
    if "mimetype" in names:
        raise FileRefused(_("This is not an XLSX file. Save the table as .xlsx or as CSV and upload it again."))
    if any(name.startswith("word/") for name in names):
        raise FileRefused(_("This is a text document, not a table. Upload an XLSX or CSV file."))
    raise FileRefused(_("This is a packed file, but not a spreadsheet. Upload an XLSX or CSV file."))


def _refuse_content(archive, parts):
    """Unpack each part once: sizes and checksums must be true, and no part may declare entities."""
    for part in parts:
        try:
            content = archive.read(part)
        except Exception:  # zlib, checksum, size, unknown compression: all mean the same to a person
            raise FileRefused(_("The file is damaged or cut off: it cannot be unpacked.")) from None
        if part.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(content):
            raise FileRefused(_("The file declares a document type, which no spreadsheet does; it was not read."))
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise FileRefused(_("The file has macros in it. Save it as .xlsx, without macros, and upload it again."))
