"""The sections of a report as accessible HTML: for the web page, and as the body of the PDF."""

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from reports.renditions.markdown import cleaned
from reports.renditions.pictures import harmless_svg
from reports.renditions.words import heading


def inline_picture(block):
    """The SVG in the page itself, named by its description for who does not see it."""
    svg = mark_safe(harmless_svg(block["svg"]))  # only known shapes are left in it
    return format_html('<div class="report-picture" role="img" aria-label="{}">{}</div>', block["description"], svg)


def sections_html(tree, lang, picture=inline_picture):
    """All sections of one language, each a landmark named by its heading (h2)."""
    return format_html_join("\n", "{}", ((_section(section, lang, picture),) for section in tree["sections"]))


def anchor(section):
    """The id of a section's heading."""
    return f"section-{section['key']}"


def _section(section, lang, picture):
    blocks = format_html_join("\n", "{}", ((_BLOCKS[block["kind"]](block, picture),) for block in section["blocks"]))
    return format_html(
        '<section class="{0}" aria-labelledby="{1}">\n<h2 id="{1}">{2}</h2>\n{3}\n</section>',
        "report-section report-annex" if section.get("annex") else "report-section",
        anchor(section),
        heading(section, lang),
        blocks,
    )


def _text(block, _picture):
    return format_html('<div class="report-text">{}</div>', mark_safe(cleaned(block["html"])))


def _table(block, _picture):
    if not block["rows"]:
        return _nothing(block)
    # Joined by hand: a table of thousands of cells is escaped in a third of the time.
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in block["columns"])
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block["rows"])
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{0}" tabindex="0">'
        '<table class="table report-table"><caption>{0}</caption>\n'
        "<thead><tr>{1}</tr></thead>\n<tbody>{2}</tbody></table></div>",
        block.get("caption", ""),
        mark_safe(head),
        mark_safe(rows),
    )


def _list(block, _picture):
    if not block["items"]:
        return _nothing(block)
    return format_html(
        '<ul class="report-list">{}</ul>', format_html_join("", "<li>{}</li>", ((item,) for item in block["items"]))
    )


def _picture(block, picture):
    return format_html(
        '<figure class="report-figure">{}<figcaption>{}</figcaption></figure>', picture(block), block["caption"]
    )


def _nothing(block):
    return format_html('<p class="report-empty">{}</p>', block.get("empty", ""))


_BLOCKS = {"text": _text, "table": _table, "list": _list, "picture": _picture}
