"""The text of stored PDF and Office files, read by the sender in a process apart, once for each content."""

import html
import re
import time
import zipfile

from django.core.exceptions import ValidationError
from django.db import transaction

from iscg_portal import record_version
from iscg_portal.files.apart import apart
from iscg_portal.files.whole import open_whole
from iscg_portal.models import StoredFile
from iscg_portal.personal_addresses import without_personal
from iscg_portal.plain_text import cleaned
from iscg_portal.search.folding import keys_of
from iscg_portal.search.indexing import name_of_file, write
from iscg_portal.search.models import FileText, IndexEntry
from iscg_portal.search.sources import SOURCES

LONGEST_TEXT = 600_000  # characters; some two hundred pages
LONGEST_PART = 60_000_000  # bytes of a part of an Office file, unpacked
MOST_SECONDS = 25  # of the processor; what was read until then counts
READ = ("pdf", "docx", "pptx", "xlsx")
_PARTS = re.compile(r"(?:word/(?:document|footnotes|endnotes)|ppt/slides/slide[0-9]{1,5}|xl/sharedStrings)\.xml")
# Where a text ends; what was deleted under revision marks stands in elements of its own.
_ENDS = re.compile(r"</(?:\w{1,9}:)?(?:p|si|tc)>|<(?:\w{1,9}:)?(?:tab|br|cr)\b[^<>]{0,500}>")
_DELETED = re.compile(r"<w:(?:delText|instrText)\b[^<>]{0,500}>[^<>]*")
_TAG = re.compile(r"<[^<>]*>")


@apart
def text_of(file, kind):
    """The text of an open file of a `Kind` code, as far as it can be read.

    Errors: ValidationError where it takes too much; what is broken gives what was read before.
    """
    parts, length = [], 0
    try:
        for part in _parts_of_pdf(file) if kind == "pdf" else _parts_of_office(file):
            parts.append(part)
            length += len(part)
            if length > LONGEST_TEXT:
                break
    except MemoryError:
        raise
    except Exception:  # a file can be broken in more ways than its reader names
        pass
    return without_personal(cleaned("\n".join(parts)[:LONGEST_TEXT], lines=True))


def _parts_of_pdf(file):
    from pypdf import PdfReader  # only needed here, and slow to import

    began = time.process_time()
    for page in PdfReader(file).pages:
        yield page.extract_text() or ""
        if time.process_time() - began > MOST_SECONDS:
            return


def _parts_of_office(file):
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if _PARTS.fullmatch(name):
                with archive.open(name) as stream:
                    markup = stream.read(LONGEST_PART).decode("utf-8", "replace")
                yield html.unescape(_TAG.sub("", _ENDS.sub("\n", _DELETED.sub("", markup))))


def read_next() -> bool:
    """Read the text of one file that an entry has and that was not read yet. Whether there was one."""
    sha256 = next(iter(unread()), "")
    stored = StoredFile.objects.filter(pk=sha256).first()
    if stored is None:
        return False
    text = ""
    if stored.kind in READ:
        try:
            with open_whole(sha256) as file:
                text = text_of(file, stored.kind)
        except (OSError, ValidationError):  # gone, not what was stored, or more than is given to one file
            pass
    keep_text(sha256, text)
    return True


def unread() -> list[str]:
    """The SHA-256 of the files of all entries that were not read yet, the newest entry first."""
    files = IndexEntry.objects.order_by("-pk").exclude(files=[]).values_list("files", flat=True)
    known = set(FileText.objects.values_list("pk", flat=True))
    return list(dict.fromkeys(sha256 for pairs in files for _code, sha256 in pairs if sha256 not in known))


def entries_with(sha256):
    """The entries that have the file."""
    return IndexEntry.objects.filter(made_of__contains=f" {name_of_file(sha256)} ")


def keep_text(sha256, text):
    """Keep the text of a file, and make the entries that have it anew."""
    with transaction.atomic():
        record_version.bump()  # the first lock of every writer
        keys = " ".join(keys_of([text]))
        FileText.objects.update_or_create(pk=sha256, defaults={"text": text, "keys": keys})
        labels = {source.label: source for source in SOURCES.values()}
        for record in list(entries_with(sha256).values_list("record", flat=True)):
            label, _space, key = record.partition(" ")
            if label in labels:
                write(labels[label], [labels[label].model._meta.pk.to_python(key)])


def forget_texts() -> int:
    """Remove the texts of files that nobody may read any more; how many."""
    gone = [pk for pk in FileText.objects.values_list("pk", flat=True) if not entries_with(pk).exists()]
    with transaction.atomic():
        return FileText.objects.filter(pk__in=gone).delete()[0] if gone else 0
