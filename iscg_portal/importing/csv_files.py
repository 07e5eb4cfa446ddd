"""Reading and writing CSV: UTF-8 with or without byte order mark, with comma, semicolon or tab, or what `sep=` says."""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from iscg_portal.importing.sheet import FileRefused, gather, without_blank_end

SEPARATORS = (",", ";", "\t")
_SAID = re.compile(r"\"?sep=([^\r\n])\"?(?:\r\n|[\r\n])", re.IGNORECASE)  # the line by which Excel knows it


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
    said = _SAID.match(text)
    separator, start = (said[1], said.end()) if said else (_separator(text), 0)
    blank_before_mark = separator != " "  # ', "a, b"' is one cell; no cell that is written begins with a blank
    reader = csv.reader(
        io.StringIO(text[start:], newline=""), delimiter=separator, strict=True, skipinitialspace=blank_before_mark
    )
    number, width = (1 if said else 0), None
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
