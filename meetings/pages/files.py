"""The files of documents, and all public files of a meeting as one ZIP.

The ZIP is sent while it is made: memory stays small whatever its size.
"""

import hashlib
import zipfile
from typing import NamedTuple

from django.http import Http404, HttpResponseNotModified, StreamingHttpResponse
from django.urls import path
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from iscg_portal.files import stored as stored_files
from iscg_portal.files.whole import CHUNK, path_of
from iscg_portal.languages import LANGUAGE_OF_PREFIX
from iscg_portal.web.public_page import public_file
from meetings.models import DocumentFile

EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no year before
WITHDRAWN = "withdrawn/"
LAYOUT = "1"  # part of the ETag: another one where the bytes for the same files change
LOCAL_HEADER, DESCRIPTOR, CENTRAL_HEADER, END = 30, 16, 46, 22  # bytes, beside the names
LARGEST_COUNTED = 2**31  # a larger ZIP is written in another layout; its length is not sent


@public_file
def document_file(request, slug, language, kind):
    """The file of a public document; 404 for what may not be seen."""
    asked = {"document__slug": slug, "language": LANGUAGE_OF_PREFIX.get(language, language), "stored__kind": kind}
    file = DocumentFile.objects.public().filter(**asked).first()
    if file is None:
        raise Http404(_("No such file is public."))
    return stored_files.answer(request, file.stored, file.name)


urlpatterns = [  # outside the language prefix: a file has the same address in every language
    path("documents/<slug:slug>/<slug:language>.<slug:kind>", document_file, name="document-file"),
]


@public_file
def meeting_files(request, code):
    """All public files of a meeting in the order of their documents."""
    files = DocumentFile.objects.public().join_public("document").filter(document__meeting__code=code)
    files = list(files.order_by("document__sort_key", "document", "language"))
    if not files:
        raise Http404(_("This meeting has no public files."))
    return answer(request, files, f"iscg-{code}.zip")


class ZipEntry(NamedTuple):
    """One file of the ZIP."""

    name: str
    sha256: str
    size: int
    moment: tuple[int, ...]


def answer(request, files, name):
    """The files (`DocumentFile`s with their documents) as a response, with a strong ETag of their names and hashes.

    Errors: FileIsGone, FileDiffers where the content of one is not in its place, or not what was stored; then nothing
    is sent.
    """
    entries = entries_of(files)
    tag = f'"{hashlib.sha256(repr((LAYOUT, entries)).encode()).hexdigest()}"'
    if tag in {known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))}:
        response = HttpResponseNotModified()
    else:
        for file in files:
            stored_files.opened(file.stored).close()
        response = StreamingHttpResponse(zip_of(entries), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        if sum(entry.size for entry in entries) < LARGEST_COUNTED:
            response["Content-Length"] = length_of(entries)
    response["ETag"] = tag
    return response


def entries_of(files):
    """The entries of the ZIP: files of withdrawn documents in a folder that says so, no name twice."""
    used, entries = set(), []
    for file in files:
        name = _unused(f"{WITHDRAWN if file.document.withdrawn_on else ''}{file.name}", used)
        moment = max(file.added_at.timetuple()[:6], EARLIEST)
        entries.append(ZipEntry(name, file.stored.sha256, file.stored.size, moment))
    return entries


def length_of(entries):
    """How many bytes `zip_of` yields; the contents are packed already and not packed again."""
    each = LOCAL_HEADER + DESCRIPTOR + CENTRAL_HEADER
    return END + sum(each + 2 * len(entry.name.encode()) + entry.size for entry in entries)


def zip_of(entries):
    """Yield the ZIP in pieces of about a megabyte."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            head = zipfile.ZipInfo(entry.name, entry.moment)
            head.external_attr = 0o644 << 16
            with path_of(entry.sha256).open("rb") as source, archive.open(head, "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()


class _Outlet:
    """Where zipfile writes, and from where the response takes."""

    def __init__(self):
        self.waiting = []
        self.position = 0

    def write(self, content):
        self.waiting.append(bytes(content))
        self.position += len(content)
        return len(content)

    def tell(self):
        return self.position

    def flush(self):
        """Nothing waits here."""

    def take(self):
        """What was written since it was last asked."""
        content = b"".join(self.waiting)
        self.waiting.clear()
        return content


def _unused(name, used):
    """The name, with a number where another entry has it already."""
    stem, dot, ending = name.rpartition(".")
    number, candidate = 1, name
    while candidate.lower() in used:
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    used.add(candidate.lower())
    return candidate
