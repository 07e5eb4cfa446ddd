"""The archive of an XLSX file: what it is, and that it keeps to the limits, before it is read."""

import io
import re
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files.checks import BROKEN, main_part
from iscg_portal.files.office import names_of_xml, refuse_what_acts
from iscg_portal.importing.sheet import PACKED_PARTS, PACKING_RATIO, UNPACKED_BYTES, FileRefused

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SMALL = 1_000_000
_WORKBOOK = re.compile(r"xl/workbook\w{0,20}\.xml", re.IGNORECASE)
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
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
        raise FileRefused(_damaged()) from None
    _refuse_limits(parts)
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefused(_has_macros())
    if not _is_workbook(archive, names):
        _refuse_kinds(names)
    _refuse_content(archive, parts)
    _refuse_strict(archive)
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


def _has_macros():
    return _("The file has macros in it. Save it as .xlsx, without macros, and upload it again.")


def _is_workbook(archive, names):
    """Whether the archive says that it is one; its parts may have any names."""
    if "[Content_Types].xml" not in names:
        return False
    if "xl/workbook.xml" in names:
        return True
    try:
        return main_part(archive)[0].code == "xlsx"
    except (ValidationError, *BROKEN):
        return False


def _refuse_kinds(names):
    if "mimetype" in names:
        raise FileRefused(_("This is not an XLSX file. Save the table as .xlsx or as CSV and upload it again."))
    if any(name.startswith("word/") for name in names):
        raise FileRefused(_("This is a text document, not a table. Upload an XLSX or CSV file."))
    raise FileRefused(_("This is a packed file, but not a spreadsheet. Upload an XLSX or CSV file."))


def _refuse_strict(archive):
    """The other kind of XLSX, whose parts have other names for all that is in them."""
    for part in archive.infolist():
        if _WORKBOOK.fullmatch(part.filename) and _STRICT in archive.read(part)[:5_000]:
            raise FileRefused(
                _("This is a “Strict Open XML” file. In Excel save it as “Excel Workbook” and upload it again.")
            )


def _refuse_what_acts(archive):
    """What may not be kept as a document may not be imported either. What is packed in it is not read."""
    try:
        refuse_what_acts(archive, lambda _content: None)
    except ValidationError as refusal:
        raise FileRefused(refusal.messages) from None
    except ValueError:
        raise FileRefused(_damaged()) from None


def _refuse_content(archive, parts):
    """Unpack each part once: sizes and checksums must be true, and no part may declare entities."""
    declare = set()
    for part in parts:
        try:
            content = archive.read(part)
        except MemoryError:  # a limit, and no damage
            raise
        except Exception:  # zlib, checksum, size, unknown compression: all mean the same to a person
            raise FileRefused(_damaged()) from None
        if _DOCTYPE.search(content):
            declare.add(part.filename)
    if "[Content_Types].xml" in declare or declare & _names_of_xml(archive):
        raise FileRefused(_("The file declares a document type, which no spreadsheet does; it was not read."))
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise FileRefused(_has_macros())


def _names_of_xml(archive):
    try:
        return set(names_of_xml(archive))
    except ValueError:
        raise FileRefused(_damaged()) from None


def _damaged():
    return _("The file is damaged or cut off: it cannot be unpacked.")
