"""The kinds of blocks of which a report consists, as page, PDF and DOCX print them."""

from iscg_portal.languages import with_colon
from iscg_portal.mail.outbox import END, ISOLATE
from reports.renditions.harmless import cleaned, harmless_html
from reports.renditions.words import direction_of


def text_block(key, text):
    """A text in Markdown."""
    return {"key": key, "kind": "text", "html": harmless_html(text)}


def prose_block(key, html):
    """A text composed as HTML."""
    return {"key": key, "kind": "text", "html": cleaned(html)}


def table_block(key, caption, columns, rows, empty):
    """A table; `empty` says what stands there without rows.

    `langs` has the language in HTML of each cell, row by row, blank for that of the table; only where there is another.
    """
    langs = [[getattr(cell, "lang", "") for cell in row] for row in rows]
    rows = [[str(cell) for cell in row] for row in rows]
    block = {
        "key": key, "kind": "table", "caption": caption, "columns": columns, "rows": rows, "empty": empty,
    }  # fmt: skip
    return block | ({"langs": langs} if any(map(any, langs)) else {})


def begins_a_page(section):
    """Whether it is an annex with a table or a picture; of one without, a line or two would fill a page."""
    return section.get("annex", False) and any(
        block["kind"] == "picture" or (block["kind"] == "table" and block["rows"]) for block in section["blocks"]
    )


def cells_in_languages(block):
    """The rows of a table, each cell with its language in HTML; blank for that of the table.

    A cell that runs the other way is kept together, and stands where the cells of the table stand.
    """
    forth = direction_of("".join(block["columns"]))
    for place, row in enumerate(block["rows"]):
        langs = block["langs"][place] if "langs" in block else [""] * len(row)
        yield [(_together(cell, forth) if lang else cell, lang) for cell, lang in zip(row, langs, strict=True)]


def _together(text, forth):
    return text if direction_of(text) == forth else f"{ISOLATE}{text}{END}"


def picture_block(key, caption, svg, description):
    """A drawing; the description says in words what it shows."""
    return {
        "key": key,
        "kind": "picture",
        "caption": caption,
        "description": with_colon(caption, description),
        "svg": svg,
    }
