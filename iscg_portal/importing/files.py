"""Reading and writing CSV and XLSX.

CSV is UTF-8 with or without byte order mark, with comma, semicolon or tab. Of XLSX only values are read, and a formula
is refused by its address.
"""

import codecs
import csv
import datetime
import io
import re
import warnings
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files.office import refuse_what_acts
from iscg_portal.importing.sheet import (
    EXPLANATIONS,
    PACKED_PARTS,
    PACKING_RATIO,
    UNPACKED_BYTES,
    BadCell,
    DateCell,
    FileRefused,
    gather,
    without_blank_end,
)

SEPARATORS = (",", ";", "\t")


def read_csv(content):
    """The `Sheet` of a CSV file. Errors: FileRefused with line and byte."""
    return gather(_csv_rows(_text(content)))


def _text(content):
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_like_utf_16(content):
        raise FileRefused(_("The file is in UTF-16. Save it as “CSV UTF-8” and upload it again."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts without the byte order mark.
        start = error.start + (3 if content.startswith(codecs.BOM_UTF8) else 0)
        line = content.count(b"\n", 0, start) + 1
        message = _(
            "The file is not UTF-8: line %(line)d, byte %(byte)d of that line (0x%(value)02X) cannot be read."
            " Save it as “CSV UTF-8” and upload it again."
        )
        byte = start - (content.rfind(b"\n", 0, start) + 1) + 1
        raise FileRefused(message % {"line": line, "byte": byte, "value": content[start]}) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise FileRefused(_("Line %(line)d has a NUL character in it; this is not a text file.") % {"line": line})
    return text


def _looks_like_utf_16(content):
    head = content[:200]
    halves = head[0::2], head[1::2]
    return len(head) >= 4 and any(half.count(0) > 0.8 * len(half) for half in halves) and b"," in head


def _separator(text):
    """The separator that the first filled line uses most; European spreadsheets write semicolons."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _csv_rows(text):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number, width = 0, None
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(_broken(error, number)) from None
        filled = any(cells)
        if filled and width is not None and len(cells) < width:
            message = _("Row %(row)d has %(count)d cells where there are %(width)d columns: is the file cut off?")
            raise FileRefused(message % {"row": number, "count": len(cells), "width": width})
        if filled and width is None and not cells[0].startswith("#"):
            width = len(without_blank_end(cells))
        yield number, cells


def _broken(error, number):
    if "field larger" in str(error):
        return _("Row %(row)d has a cell that is far too long: is a quotation mark missing?") % {"row": number}
    message = _("Row %(row)d cannot be read: a quotation mark is missing or too many, or the file is cut off.")
    return message % {"row": number}


def write_csv(lines):
    """The bytes of a CSV file with these rows of texts, with a byte order mark for spreadsheets."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


WIDEST_COLUMN = 60
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


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
    except (FileRefused, MemoryError):
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
    sheet.title = _NOT_IN_TITLES.sub(" ", title)[:31]
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
    _refuse_what_acts(archive)
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


def _refuse_what_acts(archive):
    """What may not be kept as a document may not be imported either. What is packed in it is not read."""
    try:
        refuse_what_acts(archive, lambda _content: None)
    except ValidationError as refusal:
        raise FileRefused(refusal.messages) from None
    except ValueError:
        raise FileRefused(_("The file is damaged or cut off: it cannot be unpacked.")) from None


def _refuse_content(archive, parts):
    """Unpack each part once: sizes and checksums must be true, and no part may declare entities."""
    for part in parts:
        try:
            content = archive.read(part)
        except MemoryError:  # a limit, and no damage
            raise
        except Exception:  # zlib, checksum, size, unknown compression: all mean the same to a person
            raise FileRefused(_("The file is damaged or cut off: it cannot be unpacked.")) from None
        if part.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(content):
            raise FileRefused(_("The file declares a document type, which no spreadsheet does; it was not read."))
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise FileRefused(_("The file has macros in it. Save it as .xlsx, without macros, and upload it again."))
