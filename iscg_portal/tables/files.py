"""A table as a file: JSON, CSV or XLSX, with every row of the day and filter.

The first line of CSV and XLSX has the columns' keys, the same in every language and the same as in JSON. CSV is
UTF-8 with a byte order mark: spreadsheets take it for another encoding without one, and the names of countries
come in six languages. Equal rows give equal bytes, as the strong ETag of a public file promises.
"""

import codecs
import csv
import datetime
import io
import json
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from iscg_portal.languages import PREFIX_OF_LANGUAGE, language_of_path
from iscg_portal.plain_text import cleaned, for_xlsx

CONTENT_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LINES_AT_ONCE = 500
ALWAYS = datetime.datetime(2025, 1, 1)


def file_of(request, table, format) -> HttpResponse:
    """The table in the order that the address asks for. Errors: BadRequest for an order that is not offered."""
    table = table.sorted_for(request)
    content = {"json": _json, "csv": _csv, "xlsx": _xlsx}[format](table)
    return _as_file(HttpResponse(content), request, table, format)


def long_file_of(request, table, format):
    """A table of any length as CSV or XLSX that is never held as a whole: CSV is sent while it is made."""
    if format == "csv":
        content = StreamingHttpResponse(_in_language(get_language(), csv_parts(_lines(table))))
    else:
        file = TemporaryFile()
        write_xlsx(file, table.name, _lines(table))
        file.seek(0)
        content = FileResponse(file)
    return _as_file(content, request, table, format)


def _in_language(language, parts):
    """The parts as they are asked for, when the page's language is over."""
    while True:
        with override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _as_file(response, request, table, format):
    response["Content-Type"] = CONTENT_TYPES[format]
    kind = "inline" if format == "json" else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{file_name(request, table, format)}"'
    if "on" in request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


def file_name(request, table, format) -> str:
    """`iscg-composition-2025-02-12-en.csv`: what it is, of which day, in which language."""
    return name_of_file(request, table.name, table.as_on, format)


def name_of_file(request, name, as_on, format) -> str:
    """The same for what is no table."""
    language = PREFIX_OF_LANGUAGE[language_of_path(request.path)]
    parts = ["iscg", name, as_on.isoformat() if as_on else "", language]
    return f"{'-'.join(part for part in parts if part)}.{format}"


class _Encoder(DjangoJSONEncoder):
    """Texts in the page's language too."""

    def default(self, value):
        return str(value) if isinstance(value, Promise) else super().default(value)


def _json(table):
    if table.json_document:
        document = table.json_document()
    else:
        columns = table.file_columns
        as_object = table.json_row or (lambda row: {column.key: column.of(row) for column in columns})
        document = {"as_on": table.as_on} if table.as_on else {}
        document[table.rows_key] = [as_object(row) for row in table.rows]
    return as_json({"$schema": schema_address(table.name), **document})


def schema_address(name) -> str:
    """Where the JSON Schema of the files of this name is; each of them says so in its “$schema”."""
    return f"{settings.SITE_URL}/schemas/{name}.json"


def as_json(document) -> str:
    """The document as a file of JSON."""
    return json.dumps(document, cls=_Encoder, ensure_ascii=False, separators=(",", ":")) + "\n"


def _lines(table):
    """The cells of the head and of each row; the day of the table is on every row, so that it cannot get lost."""
    columns = table.file_columns
    day = [table.as_on.isoformat()] if table.as_on else []
    yield [column.key for column in columns] + (["as_on"] if day else [])
    for row in table.rows:
        yield [cell(column.of(row)) for column in columns] + day


def _csv(table):
    return b"".join(csv_parts(_lines(table)))


def csv_parts(lines):
    """Yield a CSV file of these lines of cells, some hundred lines at a time."""
    lines, text = iter(lines), io.StringIO()
    yield codecs.BOM_UTF8
    while some := list(islice(lines, LINES_AT_ONCE)):
        csv.writer(text).writerows(some)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _xlsx(table):
    return xlsx_of(table.name, _lines(table))


def xlsx_of(title, lines) -> bytes:
    """A spreadsheet of lines of cells, the first with the heads; equal lines give equal bytes."""
    content = io.BytesIO()
    write_xlsx(content, title, lines)
    return content.getvalue()


def write_xlsx(file, title, lines):
    """The same, into an open file; the lines are read one after another, and none is held."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = ALWAYS
    book.properties.creator = "ISCG"
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for line in lines:
        # An empty cell is none: it would be written, and read, like any other.
        sheet.append([for_xlsx(value) or None if isinstance(value, str) else value for value in line])
    ExcelWriter(book, _Undated(file, "w", ZIP_DEFLATED)).save()


class _Undated(ZipFile):
    """An archive that does not keep the time at which it was made."""

    def writestr(self, name, data):
        entry = ZipInfo(name, date_time=ALWAYS.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        super().writestr(entry, data)

    def write(self, filename, name):
        entry = ZipInfo(name, date_time=ALWAYS.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        with open(filename, "rb") as file, self.open(entry, "w", force_zip64=False) as target:
            copyfileobj(file, target)


DANGEROUS = ("=", "+", "-", "@", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # wide ones count where scripts have them


def guarded(text: str) -> str:
    """The text as a spreadsheet may see it: cleaned first, so that nothing unseen stands before a formula."""
    text = cleaned(text, lines=True)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def cell(value):
    """A value as it stands in a cell: a whole number, or text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return guarded("; ".join(str(part) for part in value))
    return guarded(str(value))
