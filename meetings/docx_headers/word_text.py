"""The first texts of a part of a DOCX, as rows of cells of paragraphs, as they stand after its revision marks.

What was inserted or moved to a place counts; what was deleted or moved away does not, nor do hidden words, the words
with which Word fills an empty control, the reading aids over a text and marks of direction. Memory stays small whatever
the part's size, and only its beginning is read.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from iscg_portal.plain_text import cleaned

MOST_ROWS = 60  # a header stands on the first page
MOST_BYTES = 8_000_000
LONGEST_TEXT = 2_000
MOST_MARKED = 4  # paragraphs; a bookmark whose end is lost would go on to the end
BLOCK = 65_536
CHECKED, UNCHECKED = "☒", "☐"
# The bookmarks by which the Union's templates name the places of a header.
BOOKMARKS = {"dmeeting", "dnum", "ddate", "dorlang", "dsource", "dtitle1"}

_WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_GONE = {"del", "moveFrom", "rt"}
# Boxes of Word's symbol fonts.
_CHECKED_SYMBOLS = {"F0FE", "F0FD", "F0FC", "F052", "F053", "F054", "2611", "2612", "2713"}
_UNCHECKED_SYMBOLS = {"F0A8", "F06F", "F071", "F0A3", "2610"}
_TRUE = {"1", "true", "on", None}


class _Enough(Exception):
    """The beginning was read."""


class Paragraph(str):
    """The text of a paragraph in one line; `lines` has it as its line breaks part it."""

    lines: list

    @classmethod
    def of(cls, text):
        made = cls(cleaned(text)[:LONGEST_TEXT])
        made.lines = [line for line in map(cleaned, text[:LONGEST_TEXT].split("\n")) if line]
        return made


@dataclass
class WordPart:
    """The beginning of a part: `[[["Source:"], ["Chair", "ISCG"]], …]`, and {bookmark: its paragraphs}.

    A paragraph outside tables is a row of one cell.
    """

    rows: list = field(default_factory=list)
    marked: dict = field(default_factory=dict)


def read_part(stream):
    """The `WordPart` that an open stream holds. What is not well formed is read up to where it breaks."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, reader.refuse
    left = MOST_BYTES
    try:
        while left > 0 and (block := stream.read(BLOCK)):
            parser.Parse(block)
            left -= len(block)
    except (_Enough, expat.ExpatError, LookupError, ValueError):  # the last two of an encoding that is none of XML's
        pass
    return reader.part


class _Place:
    """The body, a table in it, or a text box: where paragraphs go when they end."""

    def __init__(self):
        self.cells = None
        self.row_is_gone = False
        self.unfinished = ""
        self.marked_columns = []


class _Reader:
    """Listens to the parser."""

    def __init__(self):
        self.part = WordPart()
        self.names, self.places, self.paragraphs = [], [_Place()], []
        self.open_marks, self.marks_of_paragraphs = {}, []
        self.gone = self.fallbacks = 0
        self.in_text = False
        self.mark_is_gone, self.box = [], None
        self.runs_are_hidden, self.controls_are_empty = [], []

    def refuse(self, *declaration):
        """Word declares no document type; a file that does so could unpack entities without end."""
        raise _Enough

    def start(self, name, attributes):
        namespace, _space, local = name.rpartition(" ")
        self.names.append(local if namespace in _WORD else f"-{local}")
        if local == "Fallback":
            self.fallbacks += 1  # says once more what stood before it
        if namespace not in _WORD:
            return
        handler = getattr(self, f"start_{local}", None)
        if handler:
            handler({key.rpartition(" ")[2]: value for key, value in attributes.items()})
        elif local in _GONE:
            self._begin_what_is_gone()

    def end(self, name):
        local = self.names.pop()
        if local == "-Fallback":
            self.fallbacks -= 1
        handler = getattr(self, f"end_{local}", None)
        if handler:
            handler()
        elif local in _GONE:
            self.gone -= 1

    def text(self, text):
        if self.in_text:
            self._say(text)

    def _say(self, text):
        if self.paragraphs and not (self.gone or self.fallbacks or any(self.runs_are_hidden)):
            self.marks_of_paragraphs[-1].update(self.open_marks.values())
            if sum(map(len, self.paragraphs[-1])) < LONGEST_TEXT:
                self.paragraphs[-1].append(text)

    def _begin_what_is_gone(self):
        """A mark on runs; or on the end of a paragraph, or on a whole row of a table."""
        self.gone += 1
        above = self.names[-3:-1]
        if above == ["pPr", "rPr"] and self.mark_is_gone:
            self.mark_is_gone[-1] = True
        elif above[-1:] == ["trPr"]:
            self.places[-1].row_is_gone = True

    # Where paragraphs stand

    def start_tbl(self, _attributes):
        self.places.append(_Place())

    def end_tbl(self):
        self.places.pop()

    start_txbxContent, end_txbxContent = start_tbl, end_tbl

    def start_tr(self, _attributes):
        self.places[-1].cells, self.places[-1].row_is_gone = [], False

    def end_tr(self):
        place = self.places[-1]
        if not place.row_is_gone:
            for name, column in place.marked_columns:
                for cell in place.cells[column : column + 1]:
                    self._mark(name, cell or [])
            self._emit([cell for cell in place.cells or [] if cell is not None])
        place.cells, place.marked_columns = None, []

    def start_tc(self, _attributes):
        if self.places[-1].cells is not None:
            self.places[-1].cells.append([])

    def start_cellDel(self, _attributes):
        if self.places[-1].cells:
            self.places[-1].cells[-1] = None

    # Paragraphs

    def start_p(self, _attributes):
        self.paragraphs.append([])
        self.marks_of_paragraphs.append(set())
        self.mark_is_gone.append(False)

    def end_p(self):
        place = self.places[-1]
        text = place.unfinished + "".join(self.paragraphs.pop())
        marks = self.marks_of_paragraphs.pop()
        place.unfinished = text if self.mark_is_gone.pop() else ""
        text = Paragraph.of(text)
        if place.unfinished or not text or self.fallbacks:
            return
        for name in () if place.row_is_gone else marks:
            self._mark(name, [text])
        if not place.cells:
            self._emit([[text]])
        elif place.cells[-1] is not None:
            place.cells[-1].append(text)

    def _emit(self, cells):
        if any(cells) and not self.fallbacks:
            self.part.rows.append(cells)
        if len(self.part.rows) >= MOST_ROWS:
            raise _Enough

    # Bookmarks

    def start_bookmarkStart(self, attributes):
        """A mark on words, or in a table on a column of this row; it holds for the whole of a paragraph."""
        name, column = attributes.get("name"), attributes.get("colFirst", "")
        if name not in BOOKMARKS or self.gone or self.fallbacks:
            return
        if self.places[-1].cells is not None and column.isdecimal():
            self.places[-1].marked_columns.append((name, int(column[:3])))
            return
        self.open_marks[attributes.get("id")] = name
        if self.paragraphs:
            self.marks_of_paragraphs[-1].add(name)

    def start_bookmarkEnd(self, attributes):
        self.open_marks.pop(attributes.get("id"), None)

    def _mark(self, name, texts):
        held = self.part.marked.setdefault(name, [])
        held += texts[: MOST_MARKED - len(held)]

    # What is not read

    def start_r(self, _attributes):
        self.runs_are_hidden.append(False)

    def end_r(self):
        self.runs_are_hidden.pop()

    def start_vanish(self, attributes):
        if self.names[-3:-1] == ["r", "rPr"]:
            self.runs_are_hidden[-1] = attributes.get("val") in _TRUE

    def start_sdt(self, _attributes):
        self.controls_are_empty.append(False)

    def start_showingPlcHdr(self, attributes):
        if self.names[-3:-1] == ["sdt", "sdtPr"] and attributes.get("val") in _TRUE and not self.controls_are_empty[-1]:
            self.controls_are_empty[-1] = True
            self.gone += 1

    def end_sdt(self):
        self.gone -= self.controls_are_empty.pop()

    # What stands in a paragraph

    def start_t(self, _attributes):
        self.in_text = True

    def end_t(self):
        self.in_text = False

    def start_tab(self, _attributes):
        if self.names[-2:-1] != ["tabs"]:  # there it only says where tabs stop
            self._say(" ")

    def start_br(self, _attributes):
        self._say("\n")

    start_cr = start_br

    def start_noBreakHyphen(self, _attributes):
        self._say("-")

    def start_sym(self, attributes):
        code = attributes.get("char", "").upper()
        self._say(CHECKED if code in _CHECKED_SYMBOLS else UNCHECKED if code in _UNCHECKED_SYMBOLS else "")

    def start_checkBox(self, _attributes):
        self.box = False

    def start_default(self, attributes):
        if self.box is not None:
            self.box = attributes.get("val") in _TRUE

    start_checked = start_default

    def end_checkBox(self):
        self._say(CHECKED if self.box else UNCHECKED)
        self.box = None


_HEADER_PART = re.compile(r"word/header\d{0,4}\.xml")


def header_parts(archive):
    """The names of the parts that hold the headers of pages, in their order."""
    names = [name for name in archive.namelist() if _HEADER_PART.fullmatch(name)]
    return sorted(names, key=lambda name: (len(name), name))[:20]
