"""Marks of WordprocessingML that python-docx has no words for: languages, right-to-left, fields, header rows."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def set_language(style, language, face):
    """Language and face of a style, for Latin, East Asian and right-to-left text alike."""
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:lang"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script, one in (("ascii", "Noto Sans"), ("hAnsi", "Noto Sans"), ("eastAsia", face), ("cs", face)):
        fonts.set(qn(f"w:{script}"), one)
    properties.insert(0, fonts)
    _same_for_arabic(properties)
    spoken = OxmlElement("w:lang")
    codes = {"zh-Hans": "zh-CN", "ar": "ar-SA"}
    for script in ("val", "eastAsia", "bidi"):
        spoken.set(qn(f"w:{script}"), codes.get(language, language))
    properties.append(spoken)


def _same_for_arabic(properties):
    """Weight and size hold for right-to-left text too, which has marks of its own."""
    for name in ("w:b", "w:sz"):
        for old in properties.findall(qn(f"{name}Cs")):
            properties.remove(old)
        if (mark := properties.find(qn(name))) is not None:
            twin = OxmlElement(f"{name}Cs")
            for key, value in mark.attrib.items():
                twin.set(key, value)
            mark.addnext(twin)


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
            _first_of(paragraph.get_or_add_pPr(), "w:bidi", after=_BEFORE_BIDI)
        for run in root.iter(qn("w:r")):
            if not _latin_only("".join(text.text or "" for text in run.iter(qn("w:t")))):
                run.get_or_add_rPr().append(OxmlElement("w:rtl"))
        for table in root.iter(qn("w:tbl")):
            _first_of(table.tblPr, "w:bidiVisual", after=("w:tblStyle", "w:tblpPr", "w:tblOverlap"))


def _latin_only(text):
    """Whether the words run from left to right, so that their marks stay on their side."""
    return any(one.isalpha() for one in text) and not any("\u0590" <= one <= "\u08ff" for one in text)


_BEFORE_BIDI = ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr")
_BEFORE_BIDI += ("w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens")


def _first_of(properties, name, after):
    """Put the mark where the schema wants it: behind those that come before it."""
    names = {qn(one) for one in after}
    place = sum(1 for child in properties if child.tag in names)
    properties.insert(place, OxmlElement(name))
