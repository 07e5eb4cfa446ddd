"""The report as a DOCX with real styles, headings, lists and tables, that can be edited in any office suite."""

import datetime
import io
import re

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from iscg_portal.languages import direction_of_language
from iscg_portal.mail.outbox import END, ISOLATE
from iscg_portal.plain_text import for_xml
from reports.renditions import RenditionError
from reports.renditions.blocks import begins_a_page, cells_in_languages
from reports.renditions.docx_parts import (
    TABLE_TEXT,
    WIDE,
    DocxPiece,
    add_table,
    add_table_styles,
    first_of,
    language_mark,
    set_direction,
    write_html,
)
from reports.renditions.drawing import png_of
from reports.renditions.words import (
    GROUP,
    RIGHT_TO_LEFT,
    address_in,
    direction_of,
    full_title,
    header_rows,
    heading,
    html_lang,
    isolated,
    running_head,
    union,
    word,
)

BLUE, SOFT, RULE = "00629B", "54606D", "D6DCE2"
_ISOLATED = re.compile(f"([{ISOLATE}{RIGHT_TO_LEFT}])([^{ISOLATE}{RIGHT_TO_LEFT}{END}]*){END}")
LRM, RLM = "\u200e", "\u200f"  # marks of the two directions
_MARKED = f"{ISOLATE}{RIGHT_TO_LEFT}{END}"
_IN_BRACKETS = re.compile(rf"\({ISOLATE}([^(){_MARKED}]*){END}\)")
_ALONG = rf"[^()\u0590-\u08ff{_MARKED}]*"  # words that run from left to right, or between two scripts
_ALONG_IN_BRACKETS = re.compile(rf"{ISOLATE}[^{_MARKED}]*{END}|(\({_ALONG}\))")
_LATIN = re.compile("[A-Za-z]")
FACES = {"ar": "Noto Sans Arabic", "zh": "Noto Sans CJK SC"}


def docx(content, lang, tell=lambda percent: None):
    """The DOCX of one language as bytes; `tell` hears how far it is. Errors: RenditionError with a sentence."""
    try:
        document = _document(_printable(content), lang)
    except KeyError as error:
        raise RenditionError(_("The DOCX cannot be made: the content lacks %(part)s.") % {"part": error}) from error
    tell(70)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _document(content, lang):
    tree = content["languages"][lang]
    document = Document()
    _set_styles(document, lang)
    _set_properties(document, content, tree, lang)
    _set_page(document, content, lang)
    _write_header(document, content, lang)
    if tree.get("heading"):
        document.add_paragraph(tree["heading"], "Subtitle")
    document.add_paragraph(tree["title"], "Title")
    for notice in content.get("notices", []):
        document.add_paragraph(notice, "Intense Quote")
    document.add_paragraph(word("contents", lang), "TOC Heading")
    sections = [heading(section, lang) for section in tree["sections"]]
    add_field(document.add_paragraph(), 'TOC \\o "1-2" \\h \\z \\u', "\n".join(sections))
    for title, section in zip(sections, tree["sections"], strict=True):
        title = document.add_heading(title, 1)
        if begins_a_page(section):
            title.paragraph_format.page_break_before = True
        for block in section["blocks"]:
            says_it = block["kind"] == "table" and block.get("caption") == section["title"]
            _WRITERS[block["kind"]](document, block | {"caption": ""} if says_it else block)
    _let_fields_be_filled(document)
    if direction_of_language(lang) == "rtl":
        turn_right_to_left(document)
    _mark_directions(document, RLM if direction_of_language(lang) == "rtl" else LRM)
    return document


def _set_styles(document, lang):
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(10.5), Pt(6)
    document.styles["TOC Heading"].base_style = document.styles["Normal"]  # a heading that is not in its own list
    sizes = {"Title": 20, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10.5, "TOC Heading": 14, "Caption": 9}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.bold = Pt(size), name != "Caption"
        style.font.color.rgb = RGBColor.from_string(SOFT if name == "Caption" else BLUE)
        style.paragraph_format.keep_with_next = True
    quote = document.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, RGBColor.from_string("1A222B")  # Arabic has no slope
    masthead = document.styles["Subtitle"].font
    masthead.size, masthead.bold, masthead.italic, masthead.color.rgb = Pt(16), True, False, RGBColor.from_string(BLUE)
    add_table_styles(document)
    if lang == "ar":  # its face has lines of twice the size
        for name, size in {**sizes, "Normal": 10.5, "Subtitle": 16, TABLE_TEXT: 8.5}.items():
            document.styles[name].paragraph_format.line_spacing = Pt(1.6 * size)
    for style in document.styles:
        if style.type in (1, 2):  # paragraphs and characters
            set_language(style, html_lang(lang), FACES.get(lang, "Noto Sans"))


def _set_properties(document, content, tree, lang):
    said = document.core_properties
    said.title, said.author, said.language = full_title(tree, lang), content.get("source") or "ISCG", html_lang(lang)
    said.subject, said.comments = content.get("number") or content["code"], ""
    said.category, said.keywords = content.get("purpose", ""), "ISCG, ITU"
    said.last_modified_by, said.revision = said.author, 1
    day = content.get("dated_on") or content["period"]["to"]
    said.created = said.modified = datetime.datetime.fromisoformat(day)
    of_template = {RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES}  # of another document
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype in of_template]:
        relations.pop(key)


def _set_page(document, content, lang):
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(24)
    section.header.paragraphs[0].text = running_head(content, lang)
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Normal"]  # without the tabs of its own style
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{isolated(address_in(content, lang), lang)}\t")
    add_field(foot, "PAGE", "1")
    foot.add_run(" / ")
    add_field(foot, "NUMPAGES", "1")


def _write_header(document, content, lang):
    document.add_paragraph(union(lang), "Subtitle")
    document.add_paragraph(GROUP[lang])
    rows = header_rows(content, lang)
    table = document.add_table(len(rows), 2)
    table.autofit = False
    for column, width in zip(table.columns, (Mm(36), Mm(130)), strict=True):
        column.width = width
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, words, (Mm(36), Mm(130)), strict=True):
            cell.text, cell.width = text, width
            cell.paragraphs[0].style = TABLE_TEXT
    document.add_paragraph()


def _text(document, block):
    """What was written by hand in another language stands below a note, and runs in its own direction."""
    if not block.get("lang"):
        write_html(document, block["html"])
        return
    note = document.add_paragraph(block.get("note", ""))
    note.runs[0].font.color.rgb, note.paragraph_format.keep_with_next = RGBColor.from_string(SOFT), True
    before = len(document.element.body)
    write_html(document, block["html"], html_lang(block["lang"]))
    for element in list(document.element.body)[before - 1 :]:
        for paragraph in element.iter(qn("w:p")):
            set_direction(paragraph, direction_of_language(block["lang"]))


def _table(document, block):
    if not block["rows"]:
        _nothing(document, block)
        return
    if block.get("caption"):
        document.add_paragraph(block["caption"], "Caption")
    rows = [[(column, "") for column in block["columns"]], *cells_in_languages(block)]
    add_table(document, [[[DocxPiece(cell, lang=lang)] for cell, lang in row] for row in rows])


def _nothing(document, block):
    """What the table would list, and that it has no rows."""
    if block.get("caption"):
        document.add_paragraph(block["caption"], "Caption")
    document.add_paragraph(block.get("empty", ""))


def _list(document, block):
    for item in block["items"]:
        document.add_paragraph(item, "List Bullet")
    if not block["items"]:
        _nothing(document, block)


def _picture(document, block):
    """As PNG, since not every office suite draws SVG; its description is the alternative text."""
    document.add_paragraph(block["caption"], "Caption")
    png, width, height = png_of(block["svg"])
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = 1.0  # as high as the picture
    shape = paragraph.add_run().add_picture(io.BytesIO(png), Mm(min(WIDE, width * 25.4 / 96)))
    for side in ("distT", "distB", "distL", "distR"):  # else it stands off the margin
        shape._inline.set(side, "0")
    for properties in shape._inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        properties.set("descr", strip_tags(block["description"]))
        properties.set("title", block["caption"])


def _printable(value):
    """The content without what XML cannot hold, in every text of it."""
    if isinstance(value, str):
        return for_xml(value)
    if isinstance(value, list):
        return [_printable(one) for one in value]
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return value


_WRITERS = {"text": _text, "table": _table, "list": _list, "picture": _picture}


def set_language(style, language, face):
    """Language and face of a style, for Latin, East Asian and right-to-left text alike."""
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:lang", "w:spacing", "w:kern"):  # letters set apart tear Arabic words
        for old in properties.findall(qn(name)):
            properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script, one in (("ascii", "Noto Sans"), ("hAnsi", "Noto Sans"), ("eastAsia", face), ("cs", face)):
        fonts.set(qn(f"w:{script}"), one)
    properties.insert(0, fonts)
    _same_for_arabic(properties)
    properties.append(language_mark(language))


def _same_for_arabic(properties):
    """Weight, slope and size hold for right-to-left text too, which has marks of its own."""
    for name in ("w:b", "w:i", "w:sz"):
        for old in properties.findall(qn(f"{name}Cs")):
            properties.remove(old)
        if (mark := properties.find(qn(name))) is not None:
            twin = OxmlElement(f"{name}Cs")
            for key, value in mark.attrib.items():
                twin.set(key, value)
            mark.addnext(twin)


def _let_fields_be_filled(document):
    """The word processor fills the contents when it opens the document."""
    mark, preferences = OxmlElement("w:updateFields"), document.settings.element
    mark.set(qn("w:val"), "true")
    behind = next((one for one in preferences if one.tag in map(qn, _BEHIND_UPDATE_FIELDS)), None)
    preferences.append(mark) if behind is None else behind.addprevious(mark)


_BEHIND_UPDATE_FIELDS = ("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids")


def add_field(paragraph, instruction, shown):
    """A field, such as PAGE, with what it shows until the office suite reckons it anew."""
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("shown", shown), ("end", None)):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def turn_right_to_left(document):
    """Every paragraph, run and table of the document and of its page header and footer runs from right to left."""
    section = document.sections[0]
    for root in (document.element.body, section.header._element, section.footer._element):
        for paragraph in root.iter(qn("w:p")):
            if paragraph.get_or_add_pPr().find(qn("w:bidi")) is None:
                set_direction(paragraph, "rtl")
        for run in root.iter(qn("w:r")):
            if not _latin_only("".join(text.text or "" for text in run.iter(qn("w:t")))):
                properties = run.get_or_add_rPr()
                _same_for_arabic(properties)
                mark, spoken = OxmlElement("w:rtl"), properties.find(qn("w:lang"))
                properties.append(mark) if spoken is None else spoken.addprevious(mark)
        for table in root.iter(qn("w:tbl")):
            first_of(table.tblPr, "w:bidiVisual", after=("w:tblStyle", "w:tblpPr", "w:tblOverlap"))


def _mark_directions(document, around):
    """Marks in the place of isolates, of which office suites reckon the width wrongly.

    Within the mark of its own direction the text keeps its marks; the one `around` is that of the document.
    """
    section = document.sections[0]
    for root in (document.element.body, section.header._element, section.footer._element):
        for text in list(root.iter(qn("w:t"))):
            if around == RLM and text.text:
                text.text = _with_brackets(text.text)
            if text.text and END in text.text:
                text.text = _ISOLATED.sub(lambda found: _with_marks(*found.groups(), around), text.text)
                if (link := text.getparent().getparent()).tag == qn("w:hyperlink"):
                    text.text = text.text.strip(around)  # else the line below the link would reach into the text
                    link.addprevious(_run_of(around))
                    link.addnext(_run_of(around))


def _with_brackets(text):
    """Brackets around words from left to right run with them: a line may end between two scripts, but not there."""
    text = _IN_BRACKETS.sub(rf"{ISOLATE}(\1){END}", text)
    if not any("\u0590" <= one <= "\u08ff" for one in text):
        return text
    return _ALONG_IN_BRACKETS.sub(
        lambda found: f"{LRM}{found[1]}{LRM}{RLM}" if found[1] and _LATIN.search(found[1]) else found[0], text
    )


def _run_of(mark):
    run = OxmlElement("w:r")
    run.text = mark
    if mark == RLM:
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
    return run


def _with_marks(opened, words, around):
    own = RLM if opened == RIGHT_TO_LEFT or direction_of(words) == "rtl" else LRM
    if own == around:
        return words if own == LRM else f"{own}{words}{own}"
    return f"{around}{own}{words}{own}{around}"


def _latin_only(text):
    """Whether the words run from left to right, so that their marks stay on their side."""
    return any(one.isalpha() for one in text) and not any("\u0590" <= one <= "\u08ff" for one in text)
