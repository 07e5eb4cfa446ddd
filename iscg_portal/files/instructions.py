"""What an Office part says that starts a program or fetches something, without any relationship.

Fields of Word, buttons of PowerPoint, links of Excel. The names of elements and attributes cannot be written in another
way than the encoding of the part, so only parts that have one of them are parsed. Office writes UTF-8 or UTF-16; of
other encodings those are taken in which such a name has the same bytes.
"""

import re
from xml.parsers import expat

_NAMES = ("instrText", "fldSimple", "ddeLink", "action")
_MARKS = [name.encode(encoding) for name in _NAMES for encoding in ("utf-8", "utf-16-le")]  # or big-endian
_ENCODING = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]{1,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"'>]{1,40})")
_KNOWN = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_RUNS = ("ppaction://program", "ppaction://macro")
_DDE = re.compile(r"(?<![a-z])dde(?:auto)?(?![a-z])", re.IGNORECASE)
_TAKES_UP = re.compile(r"\{[\s\"“”]*(?:include(?:picture|text)?|import|link|rd)(?![a-z])", re.IGNORECASE)
_WORD_OF_FIELD = re.compile(r"[^\s\"“”]+")


class Instructions:
    """What the XML of a part says: whether an element or attribute `runs` a program, and its `fields`.

    A field is one text, with those inside it, each behind a “{”; a word may be split into several runs. What a field
    shows is no part of it. Errors: ValueError.
    """

    def __init__(self, content):
        self.runs = False
        self._said, self._open = [], []
        self._instructs = []  # of each field that is open, the outermost first: 1 until its instruction is over
        self._instructing = 0  # their sum
        declared = _ENCODING.match(content)
        if declared and declared[1].lower() not in _KNOWN:
            raise ValueError("Office writes no such encoding")
        if any(mark in content for mark in _MARKS):
            self._parse(content)
        self.fields = "".join(self._said).split("\n")

    @property
    def has_dde(self):
        return any(map(_DDE.search, self.fields))

    def targets(self):
        """Each word of the fields that take something up: one of them says where it lies."""
        for field in filter(_TAKES_UP.search, self.fields):
            yield from _WORD_OF_FIELD.findall(field)

    def _parse(self, content):
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, lambda _element: self._open.pop()
        parser.CharacterDataHandler = lambda text: self._say(text) if self._open[-1] == "instrText" else None
        parser.StartDoctypeDeclHandler = refuse_doctype
        try:
            parser.Parse(content, True)
        except expat.ExpatError:  # Word does not open it either
            pass
        except LookupError as error:
            raise ValueError("the encoding is unknown") from error

    def _start(self, element, given):
        name = element.rpartition(":")[2]
        self._open.append(name)
        values = {key.rpartition(":")[2]: value for key, value in given.items()}
        self.runs |= name == "ddeLink" or values.get("action", "").strip().lower().startswith(_RUNS)
        if name == "fldSimple":
            self._begin()
            self._say(values.get("instr", ""))
            self._end()
        elif name == "fldChar" and values.get("fldCharType") == "begin":
            self._begin()
        elif name == "fldChar" and self._instructs:
            self._end(stays_open=values.get("fldCharType") == "separate")

    def _say(self, text):
        self._said.append(text.replace("\n", " "))

    def _begin(self):
        self._said.append(" {" if self._instructing else "\n{")
        self._instructs.append(1)
        self._instructing += 1

    def _end(self, stays_open=False):
        self._instructing -= self._instructs.pop()
        self._said.append(" " if self._instructing else "\n")
        if stays_open:
            self._instructs.append(0)


def refuse_doctype(*_declaration):
    """Handler of expat. Errors: ValueError, always."""
    raise ValueError("Office declares no document type; one that is declared could unpack entities without end")
