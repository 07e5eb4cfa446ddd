"""Texts and tables of a DOCX: the HTML of a text block, marks and links, columns as wide as their words."""

from html.parser import HTMLParser
from typing import NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from iscg_portal.mail.outbox import END, ISOLATE
from reports.renditions.columns import shares
from reports.renditions.harmless import cleaned

STYLE, TABLE_TEXT, WIDE = "ISCG Table", "ISCG Table Text", 166  # millimetres between the margins
QUOTED, A_LIST = Mm(6), Mm(6.35)  # by how much a quotation and the points of a list stand in
LINK = RGBColor.from_string("00629B")
_STYLE_OF_TAG = {"h3": "Heading 2", "h4": "Heading 3", "p": "Normal", "pre": "Normal"}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}
_TOLD_BEFORE = (*_LISTS, "blockquote", "table")  # the sentence before says what they are, so it stays with them
_TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ISCGTable">
<w:name w:val="{STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="D6DCE2"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D6DCE2"/></w:tblBorders>
<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="00629B"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


class DocxPiece(NamedTuple):
    """Some words of a paragraph or of a cell, and how they are set."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    lang: str = ""  # in HTML; blank for that of the document


def add_table_styles(document):
    """The style of every table of a report, rows between hairlines below a blue one, and of the text in it."""
    document.styles.element.append(parse_xml(_TABLE_STYLE))
    text = document.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style, text.font.size = document.styles["Normal"], Pt(8.5)
    text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(2)


def add_table(document, rows):
    """A table of rows of cells, each a list of `DocxPiece`; the first row names the columns, on each page again."""
    texts = [["".join(piece.text for piece in cell) for cell in row] for row in rows]
    width = max(map(len, rows))
    columns = [*texts[0], *[""] * (width - len(texts[0]))]
    table = document.add_table(len(rows), width, STYLE)
    table.autofit = False
    style = document.styles[TABLE_TEXT].style_id
    twips = [round(Mm(WIDE).twips * share / 100) for share in shares(columns, texts[1:])]
    for column, wide in zip(table._tbl.tblGrid.gridCol_lst, twips, strict=True):
        column.set(qn("w:w"), str(wide))
    for row, cells in zip(table._tbl.tr_lst, rows, strict=True):  # row.cells walks the whole table each time
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, cell in enumerate(row.tc_lst):
            cell.tcPr.get_or_add_tcW().set(qn("w:w"), str(twips[place]))
            paragraph = cell.p_lst[0]
            paragraph.style = style
            for piece in cells[place] if place < len(cells) else ():
                add_piece(document, paragraph, piece)
    names = table._tbl.tr_lst[0]
    names.trPr.append(OxmlElement("w:tblHeader"))
    for paragraph in names.iter(qn("w:p")):  # no page ends below the names of the columns
        paragraph.get_or_add_pPr().get_or_add_keepNext()
    after = document.add_paragraph(style=TABLE_TEXT).paragraph_format  # keeps two tables apart, as low as can be
    after.space_before = after.space_after = Pt(0)
    after.line_spacing = Pt(6)


def add_piece(document, paragraph, piece):
    """Append the words to a paragraph (its XML), as a link where they are one."""
    if not piece.href:
        _set(paragraph.add_r(), piece)
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(piece.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    link.append(run)
    paragraph.append(link)
    _set(run, piece)
    words = Run(run, None)
    words.font.color.rgb, words.font.underline = LINK, True


def _set(run, piece):
    words = Run(run, None)
    words.text = piece.text
    if piece.bold:
        words.bold = True
    if piece.italic:
        words.italic = True
    if piece.lang:
        run.get_or_add_rPr().append(language_mark(piece.lang))


def language_mark(lang):
    """The language of a style or of a run, for Latin, East Asian and right-to-left text alike."""
    mark, code = OxmlElement("w:lang"), {"zh-Hans": "zh-CN", "ar": "ar-SA"}.get(lang, lang)
    # Latin letters in a Chinese text are names, which are not broken as Chinese is.
    of_latin = "en-GB" if lang == "zh-Hans" else code
    for script, one in (("val", of_latin), ("eastAsia", code), ("bidi", code)):
        mark.set(qn(f"w:{script}"), one)
    return mark


_BEFORE_BIDI = ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr")
_BEFORE_BIDI += ("w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens")


def set_direction(paragraph, direction):
    """The paragraph (its XML) runs from right to left (`rtl`), or from left to right."""
    properties = paragraph.get_or_add_pPr()
    mark = properties.find(qn("w:bidi"))
    if mark is None:
        mark = first_of(properties, "w:bidi", after=_BEFORE_BIDI)
    mark.set(qn("w:val"), "1" if direction == "rtl" else "0")


def first_of(properties, name, after):
    """The mark, put where the schema wants it: behind those that come before it."""
    names, mark = {qn(one) for one in after}, OxmlElement(name)
    properties.insert(sum(1 for child in properties if child.tag in names), mark)
    return mark


def write_html(document, html, lang=""):
    """Append the HTML, which is cleaned first, to the document; `lang` is its language where it is another one."""
    writer = _Writer(document, lang)
    writer.feed(cleaned(html))
    writer.close()


class _Writer(HTMLParser):
    def __init__(self, document, lang):
        super().__init__(convert_charrefs=True)
        self.document, self.lang, self.paragraph, self.last = document, lang, None, None
        self.lists, self.marks, self.rows, self.link, self.quotes = [], [], None, "", 0
        self.introduces = False  # whether the last paragraph is a sentence of the report, not what somebody wrote
        self.open = []  # (name, direction or None, language or None) of each open element
        self.numbers = []  # of each list in which it is, the numbering, where it has one

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr"):
            self.open.append((tag, dict(attrs).get("dir"), dict(attrs).get("lang")))
        if tag in _TOLD_BEFORE and not self.lists and self.last is not None:
            self.last.paragraph_format.keep_with_next = True
        if tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append([])
        elif tag in _LISTS:
            self.lists.append(tag)
            self.numbers.append(self._begin_numbers(attrs) if tag == "ol" else None)
            self.paragraph = None
        elif tag == "li":
            self._begin(_LISTS[self.lists[-1] if self.lists else "ul"] + self._deeper())
            if self.numbers and self.numbers[-1] is not None:
                numbering = self.paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbering.get_or_add_ilvl().val, numbering.get_or_add_numId().val = 0, self.numbers[-1]
        elif tag == "blockquote":
            self.quotes, self.paragraph = self.quotes + 1, None
        elif tag in _STYLE_OF_TAG and not (tag == "p" and self._is_begun()):
            if tag == "h4" and self.last is not None and self.introduces:
                self.last.paragraph_format.keep_with_next = True
            self._begin(self._style_of(tag))
            self.introduces = tag == "p" and not dict(attrs).get("dir")
        elif tag in ("strong", "em", "code"):
            self.marks.append(tag)
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""
        elif tag == "br" and self.paragraph is not None:
            self.paragraph.add_run().add_break()

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        if tag in _TOLD_BEFORE:
            self.last = None
        if tag == "table" and self.rows is not None:
            self._write_table()
        elif tag in _LISTS and self.lists:
            self.lists.pop()
            self.numbers.pop()
        elif tag in ("strong", "em", "code") and tag in self.marks:
            self.marks.remove(tag)
        elif tag == "a":
            self.link = ""
        elif tag == "blockquote":
            self.quotes, self.paragraph = max(self.quotes - 1, 0), None
        if tag in _STYLE_OF_TAG or tag == "li":
            self.paragraph = None

    def handle_data(self, data):
        if self.rows is not None:
            if self.rows and self.rows[-1] and data.strip():
                self.rows[-1][-1].append(self._piece(data.replace("\n", " ")))
            return
        if any(tag == "pre" for tag, *_rest in self.open):
            text = data.rstrip("\n")  # the lines of code are kept
        elif self.paragraph is None:
            text = " ".join(data.split())
        else:
            text = data.replace("\n", " ") if self.paragraph.text else data.replace("\n", " ").lstrip()
        if not text:
            return
        if self.paragraph is None:
            self._begin(self._style_of("p"))
        add_piece(self.document, self.paragraph._p, self._piece(text))

    def _begin(self, style):
        """A paragraph, in the direction of the innermost block that says which."""
        self.paragraph = self.last = self.document.add_paragraph(style=style)
        if self.quotes:  # on both sides, since a text of either direction stands there
            sides = self.paragraph.paragraph_format
            sides.left_indent, sides.right_indent = (
                QUOTED * self.quotes + A_LIST * len(self.lists),
                QUOTED * self.quotes,
            )
        said = [direction for tag, direction, _lang in self.open if direction and tag != "span"]
        if said:
            set_direction(self.paragraph._p, said[-1])

    def _is_begun(self):
        """Whether the point of a list waits for its words."""
        return bool(self.lists) and self.paragraph is not None and not self.paragraph.text

    def _style_of(self, tag):
        if self.lists and tag in ("p", "pre"):
            return f"List Continue{self._deeper()}"
        return "Quote" if self.quotes and tag == "p" else _STYLE_OF_TAG[tag]

    def _deeper(self):
        """The end of the name of a style of lists, as deep as the innermost one: “ 2”."""
        return f" {min(len(self.lists), 3)}" if len(self.lists) > 1 else ""

    def _begin_numbers(self, attrs):
        """A numbering of its own, that begins with the number that the text gives."""
        style = self.document.styles[_LISTS["ol"] + self._deeper()]
        numbering = self.document.part.numbering_part.element
        of_style = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
        number = numbering.add_num(of_style)
        number.add_lvlOverride(ilvl=0).add_startOverride(int(dict(attrs).get("start") or 1))
        return number.numId

    def _piece(self, text):
        if any(tag == "span" and direction for tag, direction, _lang in self.open) and ISOLATE not in text:
            text = f"{ISOLATE}{text}{END}"  # keeps its marks on its side, among words of another direction
        lang = next((lang for *_tag, lang in reversed(self.open) if lang), self.lang)
        return DocxPiece(text, "strong" in self.marks, "em" in self.marks, self.link, lang)

    def _write_table(self):
        rows, self.rows, self.paragraph = [row for row in self.rows if row], None, None
        if rows:
            add_table(self.document, rows)
