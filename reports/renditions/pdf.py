"""The report as a tagged PDF (PDF/UA-1), made with WeasyPrint and the Noto fonts; nothing is fetched."""

import base64
import gc
import io
import re
from functools import partial
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from iscg_portal.languages import direction_of_language
from iscg_portal.mail.outbox import END, ISOLATE
from reports.renditions import RenditionError
from reports.renditions.columns import shares
from reports.renditions.drawing import SIZE_OF_WORDS, size_of, without_words
from reports.renditions.harmless import harmless_svg
from reports.renditions.page import anchor, sections_html
from reports.renditions.words import (
    BETWEEN_TAGS,
    GROUP,
    address_in,
    full_title,
    header_rows,
    heading,
    html_lang,
    isolated,
    running_head,
    union,
    word,
)

PRINTED = 4  # the flag of what is not on the screen alone
CODE = re.compile(r"(?<![\w&#;./-])(?=[A-ZА-Я]+\d*[/-])[A-ZА-Я\d]+(?:[/-][A-ZА-Я\d]+)+(?![\w/-])")
ISOLATED_CODE = re.compile(f"{ISOLATE}{CODE.pattern}{END}")
BETWEEN_MARGINS = 627  # pixels: 166 millimetres
STYLE = Path(__file__).with_name("pdf.css")


def pdf(content, lang, tell=lambda percent: None):
    """The PDF of one language as bytes; `tell` hears how far it is. Errors: RenditionError with a sentence."""
    try:
        from weasyprint import CSS, HTML  # loads Pango, which only the making of reports needs
    except OSError as error:
        raise RenditionError(_("The PDF cannot be made: the system library Pango is missing.")) from error
    copy_only_what_is_embedded()
    say_languages()
    fetcher = _refusing_fetcher()
    document = HTML(string=html(content, lang), base_url=None, url_fetcher=fetcher)
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=fetcher)
    tell(20)
    pages = document.render(stylesheets=[style], pdf_variant="pdf/ua-1")
    del document, style
    gc.collect()  # what the layout tried and gave up refers to itself, and would stay beside what is written
    tell(70)
    return pages.write_pdf(pdf_variant="pdf/ua-1", finisher=correct_tags)


def html(content, lang):
    """The whole document that is set on pages."""
    tree = content["languages"][lang]
    return format_html(
        '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="author" content="{}"></head><body>'
        '<p class="running">{}</p><p class="of-page">{}</p>{}{}<h1>{}</h1>{}{}{}</body></html>',
        html_lang(lang),
        direction_of_language(lang),
        full_title(tree, lang),
        content.get("source") or "ISCG",
        running_head(content, lang),
        address_in(content, lang),
        _header(content, lang),
        format_html('<p class="edition">{}</p>', tree["heading"]) if tree.get("heading") else "",
        isolated(tree["title"], lang),
        format_html_join("", '<p class="notice">{}</p>', ((notice,) for notice in content.get("notices", []))),
        _contents(tree, lang),
        _with_whole_codes(sections_html(tree, lang, _embedded_picture, _columns), lang),
    )


def _with_whole_codes(html, lang):
    """No line ends within a code or the number of a paper, as at the hyphen of “ITU-R” or “ISCG/25-2/07”.

    In Arabic only one that is isolated by itself: of more words the order would be lost.
    """
    whole = partial((ISOLATED_CODE if lang == "ar" else CODE).sub, r'<span class="whole">\g<0></span>')
    return mark_safe(BETWEEN_TAGS.sub(lambda found: whole(found[0]), html))


def _header(content, lang):
    heads = ((name, isolated(value, lang)) for name, value in header_rows(content, lang))
    rows = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', heads)
    return format_html(
        '<div class="masthead"><p class="union">{}</p><p class="group">{}</p></div>'
        '<table class="header"><tbody>{}</tbody></table>',
        union(lang),
        GROUP[lang],
        rows,
    )


def _contents(tree, lang):
    rows = ((anchor(section), isolated(heading(section, lang), lang)) for section in tree["sections"])
    lines = format_html_join("", '<li><a href="#{}">{}</a></li>', rows)
    return format_html('<nav class="contents"><h2>{}</h2><ul>{}</ul></nav>', word("contents", lang), lines)


def _embedded_picture(block):
    """In Arabic its words stand over it as text of the page: inside an SVG they would be set letter by letter."""
    svg, words = without_words(block["svg"]) if _has_arabic(block["svg"]) else (harmless_svg(block["svg"]), [])
    data = base64.b64encode(svg.encode()).decode()
    picture = format_html('<img alt="{}" src="data:image/svg+xml;base64,{}">', block["description"], data)
    if not words:
        return picture
    width, height = size_of(block["svg"])
    scale = min(1, BETWEEN_MARGINS / width)
    size = f"inline-size: {width * scale:.1f}px; block-size: {height * scale:.1f}px"
    over = format_html_join("", "{}", ((_over(word, scale, width, height),) for word in words))
    return format_html('<div class="worded" dir="ltr" style="{}">{}{}</div>', size, picture, over)


def _has_arabic(svg):
    return any("\u0590" <= one <= "\u08ff" for one in svg)


def _over(said, scale, width, height):
    """A word of the picture at its place; y is that of its base line."""
    text, x, y, anchor, fill = said
    moved = {"start": "0", "middle": "-50%", "end": "-100%"}[anchor]
    style = (
        f"left: {x / width:.2%}; top: {(y - SIZE_OF_WORDS * 1.2) / height:.2%}; color: {fill};"
        f" font-size: {SIZE_OF_WORDS * scale:.2f}px; transform: translateX({moved})"
    )
    return format_html('<span style="{}" dir="{}">{}</span>', style, "rtl" if _has_arabic(text) else "ltr", text)


def _columns(block):
    """Widths set before the layout of the table: it takes half the time, and no word is broken."""
    widths = ((width,) for width in shares(block["columns"], block["rows"]))
    return format_html("<colgroup>{}</colgroup>", format_html_join("", '<col style="width: {}%">', widths))


def _refusing_fetcher():
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def copy_only_what_is_embedded():
    """From now on, for this process."""
    from weasyprint.pdf import fonts, stream

    if issubclass(stream.Font, _ReadLate):
        return

    class Font(_ReadLate, fonts.Font):
        pass

    fonts.get_hb_object_data = partial(partial, fonts.get_hb_object_data)
    stream.Font = Font


class _ReadLate:
    """Its content is read from the face, whole or in part, when it is asked for."""

    @property
    def file_content(self):
        return self._content() if callable(self._content) else self._content

    @file_content.setter
    def file_content(self, content):
        self._content = content


def say_languages():
    """From now on, for this process: what is marked with `lang` in the HTML has its language in the PDF too."""
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree
    if getattr(build, "says_languages", False):
        return

    def build_with_language(box, *rest):
        element = getattr(getattr(box, "_box", box), "element", None)
        lang = element is not None and element.get("lang")
        for made in build(box, *rest):
            if lang:
                made["Lang"] = pydyf.String(lang)
            yield made

    build_with_language.says_languages = True
    tags._build_box_tree = build_with_language


def correct_tags(_document, made):
    """Say of each head of a table whether it heads a column or a row: WeasyPrint links cells to heads alone.

    The words below a picture stand in no table, so they are a paragraph. Words in a link that are marked, as those in
    another language are, have no link of their own beside it. Links are printed. Heads and feet of pages are no part
    of the text.
    """
    typed = [one for one in made.objects if isinstance(one, dict)]
    elements = {one.reference: one for one in typed if one.get("Type") == "/StructElem"}
    for one in elements.values():
        parent = elements.get(one["P"], {})
        if one["S"] == "/TH":
            one["A"]["Scope"] = "/Column" if elements[parent["P"]]["S"] == "/THead" else "/Row"
        elif one["S"] == "/Caption" and parent.get("S") != "/Table":
            one["S"] = "/P"
    _correct_links(typed, elements)
    _set_margins_apart(made, elements)


def _set_margins_apart(made, elements):
    """WeasyPrint leaves what stands in the margins out of the tree of tags, but marks it as if it stood there."""
    import pydyf

    root = next(one for one in elements.values() if one["S"] == "/Document")
    known, outside = {one.reference: one for one in made.objects}, {}
    for reference, one in elements.items():  # each behind the one that it stands below
        if one["P"] in outside or (one["P"] == root.reference and reference not in root["K"]):
            outside[reference] = one
    for one in outside.values():
        marks = [kid for kid in one["K"] if isinstance(kid, int)]
        written = known[known[one["Pg"]]["Contents"]].stream if marks else []
        for place, item in enumerate(written):
            if isinstance(item, dict) and item.get("MCID") in marks:
                written[place - 1 : place + 1] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
    numbers = known[known[root["P"]]["ParentTree"]]["Nums"]
    for of_page in numbers[1::2]:
        if isinstance(of_page, list):
            of_page[:] = ["null" if one in outside else one for one in of_page]


def _correct_links(typed, elements):
    links, doubled = {one.reference: one["Obj"] for one in typed if one.get("Type") == "/OBJR"}, set()
    for one in elements.values():
        if one["S"] == "/Span" and elements.get(one["P"], {}).get("S") in ("/Link", "/Span"):
            doubled |= {links[kid] for kid in one["K"] if kid in links}
            one["K"][:] = [kid for kid in one["K"] if kid not in links]
    for one in typed:
        if one.get("Type") == "/Page" and "Annots" in one:
            one["Annots"][:] = [each for each in one["Annots"] if each not in doubled]
        elif one.get("Subtype") == "/Link":
            one["F"] = PRINTED


def before(first, last, title) -> bytes:
    """One PDF of two, with the tags of both where those of the last can take more; metadata and language are its own.

    The first has no links, which would want a place in the tags too. Errors: PyPdfError where the last is damaged.
    """
    from pypdf import PdfReader, PdfWriter

    sheet, writer = PdfReader(io.BytesIO(first)), PdfWriter(clone_from=io.BytesIO(last))
    pages = [writer.insert_page(page, place) for place, page in enumerate(sheet.pages)]
    if (root := _open_tags(writer)) is not None:
        _join_tags(writer, root, sheet.trailer["/Root"]["/StructTreeRoot"], pages)
    writer.add_metadata({"/Title": title})
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _open_tags(writer):
    """The root of the tags, if elements stand below it and its numbers are one flat list, not a tree; else None."""
    root = _resolved(writer.root_object, "/StructTreeRoot")
    numbers = _resolved(_resolved(root, "/ParentTree"), "/Nums")
    is_flat = isinstance(numbers, list) and all(isinstance(key, int) for key in numbers[::2])
    has_place = isinstance(_resolved(root, "/K"), (dict, list)) and root.indirect_reference is not None
    return root if is_flat and has_place else None


def _resolved(holder, key):
    """What the dictionary has there, whether itself or by a reference; None where it has nothing or is none."""
    return holder[key] if isinstance(holder, dict) and key in holder else None


def _join_tags(writer, root, of_sheet, pages):
    from pypdf.generic import NameObject, NumberObject

    tops = of_sheet["/K"].clone(writer, ignore_fields=["/P"])
    for top in tops:
        _put_below(top, root.indirect_reference)
    own = root["/K"] if isinstance(root["/K"], list) else [root.raw_get("/K")]
    root[NameObject("/K")] = type(tops)([*tops, *own])
    of_pages, numbers = of_sheet["/ParentTree"]["/Nums"], root["/ParentTree"]["/Nums"]
    for page, theirs in zip(pages, of_pages[1::2], strict=False):
        key = NumberObject(max(numbers[::2], default=-1) + 1)
        page[NameObject("/StructParents")] = key
        numbers.extend([key, theirs.get_object().clone(writer, ignore_fields=["/P"])])
        root[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)


def _listed(kids):
    """What stands below an element, which is a list or one alone."""
    return kids if isinstance(kids, list) else [kids]


def _put_below(element, parent):
    """The element, and what is below it, each knows what it stands below."""
    from pypdf.generic import NameObject

    element.get_object()[NameObject("/P")] = parent
    for kid in _listed(element.get_object().get("/K", [])):
        if isinstance(kid.get_object(), dict) and "/S" in kid.get_object():
            _put_below(kid, element)
