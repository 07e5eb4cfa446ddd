"""The two formats, CSV and XLSX, as django-import-export knows formats: read with care, written with the guard.

What a file is, its content says, not its name.
"""

from dataclasses import dataclass

import tablib
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format

from iscg_portal.files.apart import TooMuch, apart
from iscg_portal.importing.csv_files import read_csv, write_csv
from iscg_portal.importing.icalendar_files import is_calendar, read_icalendar
from iscg_portal.importing.mangled import marked
from iscg_portal.importing.sheet import CELL_LENGTH, FILE_BYTES, REMARK, FileRefused, address
from iscg_portal.importing.xlsx_archive import refuse_compound_file
from iscg_portal.importing.xlsx_files import read_xlsx, write_xlsx
from iscg_portal.tables import guarded
from iscg_portal.tables.files import CONTENT_TYPES
from iscg_portal.tenure.dates import today

_PACKED = b"PK\x03\x04"
_EMPTY_ARCHIVE = b"PK\x05\x06"
# First bytes of what people upload by mistake.
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x7fELF",
    b"MZ",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)


class CellTooLong(ValueError):
    """A record has a text that no cell can hold."""


class TableFormat(Format):
    """What both formats share; `write` gives the bytes of a file with these rows of texts."""

    marks_texts = False

    def export_data(self, dataset, title="", explanations=(), texts=(), **kwargs):
        """The bytes of a file: every cell guarded against formulae. Errors: CellTooLong.

        `texts` are the columns in which a CSV file marks what a spreadsheet program would take for a value.
        """
        lines = [list(dataset.headers)]
        for number, row in enumerate(dataset, start=2):
            line = [guarded(text) for text in row]
            if self.marks_texts:
                line = [marked(text) if name in texts else text for name, text in zip(lines[0], line, strict=True)]
            long = next((index for index, text in enumerate(line) if len(text) > CELL_LENGTH), None)
            if long is not None:
                message = _("Cell %(cell)s would hold %(count)d characters; a spreadsheet holds %(limit)d.")
                values = {"cell": address(long, number), "count": len(line[long]), "limit": CELL_LENGTH}
                raise CellTooLong(message % values)
            lines.append(line)
        return self.write(lines, title, explanations)

    def get_title(self):
        return self.extension

    def get_extension(self):
        return self.extension

    def get_content_type(self):
        return self.content_type

    def can_export(self):
        return True


class CSV(TableFormat):
    """Comma-separated values."""

    extension, content_type = "csv", CONTENT_TYPES["csv"]
    marks_texts = True

    def write(self, lines, title, explanations=()):
        return write_csv(lines)


class XLSX(TableFormat):
    """A spreadsheet."""

    extension = "xlsx"
    content_type = CONTENT_TYPES["xlsx"]
    write = staticmethod(write_xlsx)


FORMATS = {"xlsx": XLSX(), "csv": CSV()}


def read_file(content):
    """The `Sheet` of an uploaded file's bytes, whatever its name. Errors: FileRefused."""
    try:
        return _read(content)
    except TooMuch as refusal:
        raise FileRefused(refusal.messages) from None


@apart
def _read(content):
    if len(content) > FILE_BYTES:
        sizes = {"size": len(content) / 1_000_000, "limit": FILE_BYTES // 1_000_000}
        raise FileRefused(_("The file has %(size).1f MB; the limit is %(limit)d MB. Split it.") % sizes)
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    if is_calendar(content):
        return read_icalendar(content)
    if content.startswith((_PACKED, _EMPTY_ARCHIVE)):
        return read_xlsx(content)
    refuse_compound_file(content)
    if content.startswith(_OTHERS):
        raise FileRefused(_("This is not a spreadsheet. Upload an XLSX or CSV file."))
    return read_csv(content)


def export_file(resource, queryset, format):
    """The bytes of an export: the records of the queryset, all their columns. Errors: CellTooLong."""
    headers, *rows = resource.export_rows(queryset)
    dataset = tablib.Dataset(*rows, headers=headers)
    texts = {column.column_name for column in resource.fields.values() if column.widget.is_text}
    return format.export_data(dataset, title=title_of(resource), texts=texts)


def template_file(resource, format):
    """The bytes of an empty table: an XLSX file explains its columns on a second sheet, a CSV file in a row."""
    columns = list(resource.fields.values())
    headers = [column.column_name for column in columns]
    if format.extension == "xlsx":
        return format.write([headers], title_of(resource), explanations(columns))
    remarks = [str(column.explanation) for column in columns]
    remarks[0] = f"{REMARK} {remarks[0]}"
    return format.write([headers, remarks], title_of(resource))


@dataclass(frozen=True)
class Explained:
    """One column of a table, for who fills it in."""

    name: str
    text: str
    required: bool
    allowed: list[str]
    example: str


def explained(column):
    """What a column holds, whether it may be empty, and which words may stand in it."""
    allowed = [str(word) for word in column.widget.allowed()]
    return Explained(column.column_name, str(column.explanation), column.required, allowed, column.example)


def explanations(columns):
    """The rows of the sheet that explains the columns."""
    yield [_("Column"), _("What it holds"), _("May be empty"), _("What may stand in it"), _("Example")]
    for one in map(explained, columns):
        may_be_empty = _("no") if one.required else _("yes")
        yield [one.name, one.text, may_be_empty, "\n".join(one.allowed), one.example]


def title_of(resource):
    """The name of the table."""
    return capfirst(resource.plural())


def file_name(resource, extension, kind=""):
    """As in `iscg-representatives-2025-02-12.xlsx`; `kind` is "template" or empty."""
    name = resource.model()._meta.verbose_name_plural
    slug = "-".join("".join(sign if sign.isalnum() else " " for sign in str(name).lower()).split())
    last = kind or today().isoformat()
    return f"iscg-{slug}-{last}.{extension}"
