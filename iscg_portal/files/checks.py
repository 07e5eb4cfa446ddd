"""What a file is, told by its content and not by its name.

PDF, and the three Office formats without macros. What is encrypted, cut short, a program or a ZIP bomb is
refused with a sentence; so is a name that deceives.
"""

import re
import unicodedata
import zipfile
import zlib
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files.apart import apart

LARGEST_FILE = 100_000_000
LARGEST_UNPACKED = 1_000_000_000
LARGEST_PART = 300_000_000
LARGEST_LIST_OF_TYPES = 2_000_000
MOST_PARTS = 20_000
HIGHEST_RATIO = 200
SMALL_ENOUGH = 10_000_000  # below this a part may be packed as tightly as it likes
LONGEST_NAME = 200


class Kind(NamedTuple):
    """A kind of file that the portal keeps."""

    code: str
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": Kind("pdf", "application/pdf"),
    "json": Kind("json", "application/json"),  # only what the portal makes itself
    "docx": Kind("docx", f"{_OFFICE}wordprocessingml.document"),
    "xlsx": Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    "pptx": Kind("pptx", f"{_OFFICE}presentationml.presentation"),
}
_KIND_OF_MAIN_PART = {f"{kind.content_type}.main+xml": kind for kind in KINDS.values() if _OFFICE in kind.content_type}
_PROGRAMS = (".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".hta")
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})\Z")
_OVERRIDE = re.compile(r"<(?:\w{1,40}:)?Override\b[^<>]*>")
_ATTRIBUTE = re.compile(r"\b(PartName|ContentType)\s{0,9}=\s{0,9}[\"']([^\"']*)[\"']")


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
    """The `Kind` of an open binary file, which is left at its beginning.

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
    head = file.read(8)
    if head.startswith(b"%PDF-"):
        kind = _checked_pdf(file, size)
    elif head.startswith(b"PK\x03\x04"):
        kind = _checked_office(file)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
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


def main_part(archive):
    """(`Kind`, name of the main part) of an open Office archive; its parts may lie wherever it says.

    Errors: ValidationError where it is none, or carries macros.
    """
    listed = "[Content_Types].xml"
    if listed not in archive.NameToInfo or archive.getinfo(listed).file_size > LARGEST_LIST_OF_TYPES:
        raise ValidationError(_no_known_kind())
    types = archive.read(listed).decode("utf-8", "replace")
    if "macroEnabled" in types:
        raise ValidationError(_carries_a_program())
    for override in _OVERRIDE.findall(types):
        said = dict(_ATTRIBUTE.findall(override))
        kind = _KIND_OF_MAIN_PART.get(said.get("ContentType", ""))
        if kind:
            return kind, said.get("PartName", "").lstrip("/")
    raise ValidationError(_no_known_kind())


def _checked_office(file):
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            names = [part.filename.lower() for part in parts]
            if any(part.flag_bits & 0x1 for part in parts):
                raise ValidationError(_("The file is protected with a password. Save it without one."))
            if any(name.endswith(("vbaproject.bin", *_PROGRAMS)) or "/activex/" in name for name in names):
                raise ValidationError(_carries_a_program())
            if len(set(names)) < len(names):
                raise ValidationError(_damaged())  # readers would disagree on which of two parts counts
            kind, name = main_part(archive)
            _read_through(archive, name)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, KeyError) as error:
        raise ValidationError(_damaged()) from error


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


def _checked_pdf(file, size):
    from pypdf import PdfReader  # only needed here, and slow to import

    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise ValidationError(_("The PDF has no end: it was cut short."))
    file.seek(0)
    try:
        reader = PdfReader(file)
        locked = reader.is_encrypted and not reader.decrypt("")
        program = not locked and _has_program(reader.trailer["/Root"])
    except MemoryError:  # a limit, and no damage
        raise
    except Exception as error:  # a PDF can be broken in more ways than pypdf names
        raise ValidationError(_damaged()) from error
    if locked:
        raise ValidationError(_("The file is protected with a password. Save it without one."))
    if program:
        raise ValidationError(_carries_a_program())
    return KINDS["pdf"]


def _has_program(catalogue):
    """Whether opening the PDF would run a script or start a program."""
    action = catalogue.get("/OpenAction")
    action = action.get_object() if action is not None else None
    opens = action.get("/S") if hasattr(action, "get") else None
    names = catalogue.get("/Names")
    return opens in ("/JavaScript", "/Launch") or bool(names is not None and "/JavaScript" in names.get_object())


def _no_known_kind():
    return _("The file is none of PDF, DOCX, XLSX and PPTX, whatever its name says.")


def _carries_a_program():
    return _("The file carries macros or a program. Save it without them.")


def _damaged():
    return _("The file is damaged or cut short and cannot be read.")
