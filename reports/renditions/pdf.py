"""The report as a tagged PDF (PDF/UA-1), made with WeasyPrint and the Noto fonts; nothing is fetched."""

import base64
import gc
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from iscg_portal.languages import direction_of_language
from reports.renditions import RenditionError
from reports.renditions.columns import shares
from reports.renditions.drawing import SIZE_OF_WORDS, size_of, without_words
from reports.renditions.fonts import copy_only_what_is_embedded
from reports.renditions.harmless import harmless_svg
from reports.renditions.page import anchor, sections_html
from reports.renditions.tags import correct_tags, say_languages
from reports.renditions.words import GROUP, address_in, full_title, header_rows, heading, html_lang, isolated, word

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
        content.get("number") or content["code"],
        address_in(content, lang),
        _header(content, lang),
        format_html('<p class="edition">{}</p>', tree["heading"]) if tree.get("heading") else "",
        isolated(tree["title"], lang),
        format_html_join("", '<p class="notice">{}</p>', ((notice,) for notice in content.get("notices", []))),
        _contents(tree, lang),
        sections_html(tree, lang, _embedded_picture, _columns),
    )


def _header(content, lang):
    heads = ((name, isolated(value, lang)) for name, value in header_rows(content, lang))
    rows = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', heads)
    return format_html(
        '<div class="masthead"><p class="union">ITU · ISCG</p><p class="group">{}</p></div>'
        '<table class="header"><tbody>{}</tbody></table>',
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
