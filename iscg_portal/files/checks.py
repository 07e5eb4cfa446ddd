"""What a file is, told by its content and not by its name.

PDF, and the three Office formats without macros. What is encrypted, cut short, a program or a ZIP bomb is
refused with a sentence; so is a name that deceives.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files import office, pdf
from iscg_portal.files.apart import apart
from iscg_portal.files.office import carries_a_program, elements
from iscg_portal.files.programs import is_picture, is_program, is_text, name_says_program

LARGEST_FILE = 100_000_000
LARGEST_UNPACKED = 1_000_000_000
LARGEST_PART = 300_000_000
MOST_PARTS = 20_000
HIGHEST_RATIO = 200
SMALL_ENOUGH = 10_000_000  # below this a part may be packed as tightly as it likes
LONGEST_NAME = 200
LONGEST_LEAD = 1_024  # bytes before the mark of a PDF, as its readers allow
DEEPEST = 3  # files in files


class FileKind(NamedTuple):
    """A kind of file that the portal keeps."""

    code: str
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": FileKind("pdf", "application/pdf"),
    "json": FileKind("json", "application/json"),  # only what the portal makes itself
    "docx": FileKind("docx", f"{_OFFICE}wordprocessingml.document"),
    "xlsx": FileKind("xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    "pptx": FileKind("pptx", f"{_OFFICE}presentationml.presentation"),
}
_KIND_OF_MAIN_PART = {f"{kind.content_type}.main+xml": kind for kind in KINDS.values() if _OFFICE in kind.content_type}
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})\Z")
_COMPOUND = b"\xd0\xcf\x11\xe0"  # the old formats of Office, and what is encrypted
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, KeyError, ValueError)


def check_name(name):
    """Refuse the name of an upload that deceives or that other systems cannot hold. Errors: ValidationError."""
    if len(name) > LONGEST_NAME:
        message = _("The name of the file is longer than %(most)d characters; rename it.")
        raise ValidationError(message % {"most": LONGEST_NAME})
    if "/" in name or "\\" in name:
        raise ValidationError(_("The name of the file has a slash in it; rename it."))
    if any(unicodedata.category(character)[0] == "C" for character in name):
        raise ValidationError(
            _("The name of the file has invisible marks in it, such as one that turns the text around; rename it.")
        )


@apart
def kind_of(file, name=""):
    """The `FileKind` of an open binary file, which is left at its beginning.

    Errors: ValidationError with a sentence. `name` is the name it was sent with: its ending has to fit.
    """
    check_name(name)
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size == 0:
        raise ValidationError(_("The file is empty."))
    if size > LARGEST_FILE:
        raise ValidationError(_("The file is larger than %(most)d MB.") % {"most": LARGEST_FILE // 1_000_000})
    head = file.read(LONGEST_LEAD)
    if is_pdf(head):
        kind = _checked_pdf(file, size)
    elif head.startswith(b"PK\x03\x04"):
        kind = _checked_office(file)
    elif head.startswith(_COMPOUND):
        raise ValidationError(
            _("The file is protected with a password, or in the format of an old Office. Save it as DOCX or PDF.")
        )
    else:
        raise ValidationError(_no_known_kind())
    file.seek(0)
    ending = _ENDING.search(name)
    if ending and ending[1].lower() != kind.code:
        message = _("The name ends in “.%(ending)s”, but the file is a %(kind)s.")
        raise ValidationError(message % {"ending": ending[1], "kind": kind.code.upper()})
    return kind


def is_pdf(head):
    """Whether a content that begins so is a PDF: its mark may stand behind a few other bytes, but those of no other."""
    others = (b"PK\x03\x04", _COMPOUND)
    return b"%PDF-" in head[:LONGEST_LEAD] and not is_program(head) and not head.startswith(others)


def main_part(archive):
    """(`FileKind`, name of the main part) of an open Office archive; its parts may lie wherever it says.

    Errors: ValidationError where it is none, or carries macros; ValueError where its lists are damaged.
    """
    if "[Content_Types].xml" not in archive.NameToInfo:
        raise ValidationError(_no_known_kind())
    types = elements(archive, "[Content_Types].xml")
    if any("macroenabled" in given.get("ContentType", "").lower() for _element, given in types):
        raise ValidationError(carries_a_program())
    kinds = [(element, given, _KIND_OF_MAIN_PART.get(given.get("ContentType", ""))) for element, given in types]
    for element, given, kind in kinds:
        if element == "Override" and kind:
            return kind, given.get("PartName", "").lstrip("/")
    for element, given, kind in kinds:
        if element == "Default" and kind:  # a type for all parts of this ending: the archive says which is the main one
            ending = f".{given.get('Extension', '').lower()}"
            for one in office.relationships(archive):
                if one.source == "_rels/.rels" and one.kind == "officedocument" and one.part.lower().endswith(ending):
                    return kind, one.part
    raise ValidationError(_no_known_kind())


def _checked_office(file, depth=0):
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            names = [part.filename.lower() for part in parts]
            if any(part.flag_bits & 0x1 for part in parts):
                raise ValidationError(_("The file is protected with a password. Save it without one."))
            if any(name_says_program(name) or name.endswith("vbaproject.bin") or "/activex/" in name for name in names):
                raise ValidationError(carries_a_program())
            if len(set(names)) < len(names):
                raise ValidationError(_damaged())  # readers would disagree on which of two parts counts
            kind, name = main_part(archive)
            _read_through(archive, name)
            office.refuse_what_acts(archive, lambda content: _check_inside(content, depth + 1))
            return kind
    except BROKEN as error:
        raise ValidationError(_damaged()) from error


def _check_inside(content, depth):
    """A file that is packed in another one: what may not come alone may not come so either."""
    if depth > DEEPEST:
        raise ValidationError(_("It holds files within files within files."))
    if is_pdf(content[:LONGEST_LEAD]):
        _checked_pdf(io.BytesIO(content), len(content), depth)
    elif content.startswith(b"PK\x03\x04"):
        _checked_office(io.BytesIO(content), depth)
    elif not is_picture(content) and not is_text(content):
        raise ValidationError(pdf.not_to_be_packed())


def _refuse_bombs(parts):
    too_many = len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED
    if too_many or any(_is_a_bomb(part) for part in parts):
        raise ValidationError(_("The file unpacks to more than the portal accepts."))


def _is_a_bomb(part):
    ratio = part.file_size / max(part.compress_size, 1)
    return part.file_size > LARGEST_PART or (part.file_size > SMALL_ENOUGH and ratio > HIGHEST_RATIO)


def _read_through(archive, name):
    """Read a part to its end, so that what was cut short or lies about its size is found."""
    with archive.open(name) as part:
        while part.read(1_000_000):
            pass


def _checked_pdf(file, size, depth=0):
    from pypdf import PdfReader  # only needed here, and slow to import

    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise ValidationError(_("The PDF has no end: it was cut short."))
    file.seek(0)
    try:
        reader = PdfReader(file)
        locked = reader.is_encrypted and not reader.decrypt("")
        if not locked:
            reader.trailer["/Root"].get_object()
            pdf.refuse_what_acts(reader, lambda content: _check_inside(content, depth + 1))
    except (MemoryError, ValidationError):  # a limit, and no damage
        raise
    except Exception as error:  # a PDF can be broken in more ways than pypdf names
        raise ValidationError(_damaged()) from error
    if locked:
        raise ValidationError(_("The file is protected with a password. Save it without one."))
    return KINDS["pdf"]


def _no_known_kind():
    return _("The file is none of PDF, DOCX, XLSX and PPTX, whatever its name says.")


def _damaged():
    return _("The file is damaged or cut short and cannot be read.")
