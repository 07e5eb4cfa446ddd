"""Large files: `python -m bench.files archive` or `header FILE` prints seconds and megabytes above idle as JSON.

*archive*: the files of a meeting, 500 MB together, through the ZIP that is sent while it is made. *header*: reading
the header of a DOCX of 10 MB and searching it for personal addresses. Each in a process of its own;
`docx FILE` makes it.
"""

import io
import json
import random
import resource
import sys
import tempfile
import time
import zipfile
from xml.sax.saxutils import escape

from bench.targets import ARCHIVE_MEGABYTES, DOCX_MEGABYTES

MEGABYTE = 1_000_000
FILES_OF_A_MEETING = 20
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def peak():
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def send_archive(folder):
    """Bytes sent of the ZIP of a meeting whose files stand in `folder`."""
    from django.test import override_settings

    from iscg_portal.files.whole import path_of
    from meetings.pages.files import ZipEntry, length_of, zip_of

    with override_settings(MEDIA_ROOT=folder):
        size = ARCHIVE_MEGABYTES * MEGABYTE // FILES_OF_A_MEETING
        entries = [ZipEntry(f"{n}.pdf", f"{n:064x}", size, (2025, 1, 1, 0, 0, 0)) for n in range(FILES_OF_A_MEETING)]
        for entry in entries:
            path = path_of(entry.sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                for _ in range(size // MEGABYTE):
                    file.write(bytes(MEGABYTE))
        idle, started = peak(), time.perf_counter()
        sent = sum(len(piece) for piece in zip_of(entries))
        if sent != length_of(entries):
            raise SystemExit(f"{sent} bytes were sent, {length_of(entries)} promised.")
        return {"seconds": time.perf_counter() - started, "megabytes": peak() - idle}


def make_docx(path):
    """A DOCX with a header and words that cannot be packed well, over ten megabytes."""
    letters = bytes(ord("a") + number % 26 for number in range(256))
    text = random.Random(1).randbytes(DOCX_MEGABYTES * 1_800_000).translate(letters).decode()
    said = ["Title: Large, made up", *(text[start : start + 2_000] for start in range(0, len(text), 2_000))]
    body = "".join(f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>" for words in said)
    types = f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>')


def read_docx(path):
    """Seconds and memory of reading and searching the DOCX at a path."""
    from iscg_portal.personal_addresses import found_in
    from meetings.docx_headers import read_header

    with open(path, "rb") as file:
        if file.seek(0, io.SEEK_END) < DOCX_MEGABYTES * MEGABYTE:
            raise SystemExit("The DOCX is smaller than it should be.")
        idle, started = peak(), time.perf_counter()
        if read_header(file).title != "Large, made up":
            raise SystemExit("The header was not read.")
        seconds = time.perf_counter() - started
        found_in(file, "docx")
        return {"seconds": seconds, "megabytes": peak() - idle}


def main(what, path=""):
    if what == "archive":
        with tempfile.TemporaryDirectory() as folder:
            return send_archive(folder)
    return read_docx(path)


if __name__ == "__main__":
    import django

    django.setup()
    make_docx(sys.argv[2]) if sys.argv[1] == "docx" else print(json.dumps(main(sys.argv[1], *sys.argv[2:])))
