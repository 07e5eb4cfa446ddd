"""The texts in a file, as far as they can be searched: what is printed, notes, links, properties, deleted text too.

A file that is published has all of it, so all of it is searched. Memory stays small whatever the file's size.
"""

import html
import re
import time
import zipfile
from urllib.parse import unquote

BLOCK = 2_000_000
LONGEST_PARAGRAPH = 8_000_000
MOST_PAGES = 2_000
MOST_SECONDS = 60
SEARCHED_PARTS = (".xml", ".rels", ".vml", ".svg", ".htm", ".html", ".txt")
UNSEARCHED_PARTS = (".bin", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt", ".pdf", ".zip", ".rtf", ".mht")

# Where a text ends: paragraphs and cells; runs and fields inside them belong together.
_ENDS = re.compile(r"</(?:\w+:)?(?:p|si|c|tc|text|Relationship|lpwstr)>|<(?:\w+:)?(?:tab|br|cr)\b[^>]*>|/>")
_END_BYTES = (b"p>", b"si>", b"/>")
_TAG = re.compile(r"<[^>]*>")
_TARGET = re.compile(r"""(mailto|tel):([^"'?&<>]{3,200})""")


class NotSearched:
    """Stands for a part that could not be looked into."""


def texts_of(file, kind):
    """Yield the texts of an open file of a `Kind` code, and `NotSearched` for each part that cannot be read.

    Errors: those of zipfile and ValueError for a file that cannot be read at all.
    """
    yield from _texts_of_pdf(file) if kind == "pdf" else _texts_of_office(file)


def _texts_of_office(file):
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            name = part.filename.lower()
            if name.endswith(SEARCHED_PARTS):
                with archive.open(part) as stream:
                    yield from _texts_of_xml(stream)
            elif name.endswith(UNSEARCHED_PARTS) and "printersettings" not in name:
                yield NotSearched()


def _texts_of_xml(stream):
    """The texts of a part, a block at a time, cut where a paragraph ends."""
    kept, encoding = b"", None
    while block := stream.read(BLOCK):
        encoding = encoding or _encoding_of(block)
        kept += block
        end = max(kept.rfind(mark) + len(mark) if mark in kept else 0 for mark in _END_BYTES)
        if encoding != "utf-8":
            end = 0  # the marks are not these bytes; such parts are small
        if end or len(kept) > LONGEST_PARAGRAPH:
            end = end or len(kept)
            yield _plain(kept[:end].decode(encoding, "replace"))
            kept = kept[end:]
    if kept:
        yield _plain(kept.decode(encoding, "replace"))


def _encoding_of(block):
    return "utf-16" if block[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"


def _plain(markup):
    """The printed text of markup, one paragraph a line, and the addresses to which its links lead."""
    links = "".join(_links_in(markup)) if "mailto:" in markup or "tel:" in markup else ""
    return html.unescape(_TAG.sub("", _ENDS.sub("\n", markup)) + links)


def _links_in(markup):
    for kind, target in _TARGET.findall(markup):
        yield f"\n{'tel: ' if kind == 'tel' else ''}{unquote(target)}"


def _texts_of_pdf(file):
    from pypdf import PdfReader  # only needed here, and slow to import

    started = time.monotonic()
    try:
        reader = PdfReader(file)
        yield " ".join(str(value) for value in (reader.metadata or {}).values())
        yield from (NotSearched() for _name in reader.attachment_list)
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES or time.monotonic() - started > MOST_SECONDS:
                yield NotSearched()
                return
            yield page.extract_text() or ""
            yield from _links_of(page)
    except Exception as error:  # a PDF can be broken in more ways than pypdf names
        raise ValueError("this PDF cannot be searched") from error


def _links_of(page):
    for note in page.annotations or ():
        action = note.get_object().get("/A")
        address = str((action.get_object() if action is not None else {}).get("/URI", ""))
        yield address.replace("tel:", "tel: ").removeprefix("mailto:")
