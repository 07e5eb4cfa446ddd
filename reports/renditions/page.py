"""The sections of a report as accessible HTML: for the web page, and as the body of the PDF."""

import re
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from iscg_portal.languages import direction_of_language
from reports.renditions.blocks import begins_a_page, cells_in_languages
from reports.renditions.harmless import cleaned, harmless_svg
from reports.renditions.words import heading, html_lang, isolated, isolated_in

HEADING = re.compile("<h3(?=[ >])")
SECTION = '<section class="{0}" aria-labelledby="{1}">\n<h2 id="{1}">{2}</h2>\n{3}\n</section>'
# Where several languages stand on a page, two headings may be the same word, as “Introduction”: no landmark of its own.
SECTION_OF_SEVERAL = '<div class="{0}">\n<h2>{2}</h2>\n{3}\n</div>'


class Setting(NamedTuple):
    """How the sections are set: in which language, and what the page and the PDF do each in their own way."""

    lang: str
    title: str  # of the section
    is_one_of_several: bool  # of the languages of a page
    picture: Callable  # the picture of a block
    columns: Callable  # what says how wide the columns of a block's table are


def inline_picture(block):
    """The SVG in the page itself, named by its description for who does not see it."""
    svg = mark_safe(harmless_svg(block["svg"]))  # only known shapes are left in it
    return format_html('<div class="report-picture" role="img" aria-label="{}">{}</div>', block["description"], svg)


def as_the_browser_will(block):
    """The columns of a table in the page, which the browser sets."""
    return ""


def sections_html(tree, lang, picture=inline_picture, columns=as_the_browser_will, *, is_one_of_several=False):
    """All sections of one language, each a landmark named by its heading (h2), unless it `is_one_of_several`."""
    setting = Setting(lang, "", is_one_of_several, picture, columns)
    return format_html_join("\n", "{}", ((_section(section, setting),) for section in tree["sections"]))


def anchor(section):
    """The id of a section's heading."""
    return f"section-{section['key']}"


def anchor_in(block, number):
    """The id of a heading inside a block, of which it is so many from the first on: “action-1”."""
    return f"{block['key'].replace('/', '-')}-{number}"


def _section(section, setting):
    setting = setting._replace(title=section["title"])
    blocks = format_html_join("\n", "{}", ((_BLOCKS[block["kind"]](block, setting),) for block in section["blocks"]))
    return format_html(
        SECTION_OF_SEVERAL if setting.is_one_of_several else SECTION,
        "report-section report-annex" if begins_a_page(section) else "report-section",
        anchor(section),
        isolated(heading(section, setting.lang), setting.lang),
        blocks,
    )


def _text(block, setting):
    lang = block.get("lang", setting.lang)
    html = isolated_in(cleaned(block["html"]).replace("<th>", '<th scope="col">'), lang)
    html = mark_safe(html if setting.is_one_of_several else _with_anchors(block, html))
    if lang == setting.lang:
        return format_html('<div class="report-text">{}</div>', html)
    # Written by hand in another language: marked as that, below a note that says so.
    return format_html(
        '<p class="report-note">{}</p><div class="report-text" lang="{}" dir="{}">{}</div>',
        isolated(block.get("note", ""), setting.lang),
        html_lang(lang),
        direction_of_language(lang),
        html,
    )


def _with_anchors(block, html):
    """Each heading inside it can be led to."""
    numbers = count(1)
    return HEADING.sub(lambda _found: f'<h3 id="{escape(anchor_in(block, next(numbers)))}"', html)


def _table(block, setting):
    if not block["rows"]:
        return _nothing(block, setting)
    # Joined by hand: a table of thousands of cells is escaped in a third of the time.
    escaped = _escaped_in(setting.lang)
    head = "".join(f'<th scope="col">{escaped(column)}</th>' for column in block["columns"])
    rows = "\n".join(_row(row, escaped) for row in cells_in_languages(block))
    caption = isolated(block.get("caption", ""), setting.lang)
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{0}" tabindex="0">'
        '<table class="table report-table"><caption{4}>{0}</caption>{1}\n'
        "<thead><tr>{2}</tr></thead>\n<tbody>{3}</tbody></table></div>",
        caption,
        setting.columns(block),
        mark_safe(head),
        mark_safe(rows),
        mark_safe(' class="visually-hidden"' if block.get("caption") == setting.title else ""),  # the heading says it
    )


def _row(row, escaped):
    """The first cell heads the row, unless it is blank."""
    first, *others = row
    head = f'<th scope="row"{_spoken(first[1])}>{escaped(first[0])}</th>' if first[0] else "<td></td>"
    return "<tr>" + head + "".join(f"<td{_spoken(lang)}>{escaped(text)}</td>" for text, lang in others) + "</tr>"


def _spoken(lang):
    return f' lang="{escape(lang)}" dir="{direction_of_language(lang)}"' if lang else ""


def _escaped_in(lang):
    """The function that makes a cell of its text; only Arabic reports need their texts isolated."""
    return escape if lang != "ar" else lambda text: escape(isolated(text, lang))


def _list(block, setting):
    if not block["items"]:
        return _nothing(block, setting)
    items = ((isolated(item, setting.lang),) for item in block["items"])
    return format_html('<ul class="report-list">{}</ul>', format_html_join("", "<li>{}</li>", items))


def _picture(block, setting):
    return format_html(
        '<figure class="report-figure">{}<figcaption>{}</figcaption></figure>',
        setting.picture(block),
        isolated(block["caption"], setting.lang),
    )


def _nothing(block, setting):
    """What the table would list, and that it has no rows."""
    empty = isolated(block.get("empty", ""), setting.lang)
    if block.get("caption", "") in ("", setting.title):
        return format_html('<p class="report-empty">{}</p>', empty)
    caption = isolated(block["caption"], setting.lang)
    return format_html('<p class="report-empty"><strong>{}</strong> {}</p>', caption, empty)


_BLOCKS = {"text": _text, "table": _table, "list": _list, "picture": _picture}
