"""The kinds of blocks of which a report consists, as page, PDF and DOCX print them."""

from reports.renditions.harmless import cleaned, harmless_html


def text_block(key, text):
    """A text in Markdown."""
    return {"key": key, "kind": "text", "html": harmless_html(text)}


def prose_block(key, html):
    """A text composed as HTML."""
    return {"key": key, "kind": "text", "html": cleaned(html)}


def table_block(key, caption, columns, rows, empty):
    """A table; `empty` says what stands there without rows."""
    rows = [[str(cell) for cell in row] for row in rows]
    return {
        "key": key, "kind": "table", "caption": caption, "columns": columns, "rows": rows, "empty": empty,
    }  # fmt: skip


def picture_block(key, caption, svg, description):
    """A drawing; the description says in words what it shows."""
    return {"key": key, "kind": "picture", "caption": caption, "description": f"{caption}: {description}", "svg": svg}
