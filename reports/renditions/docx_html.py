"""The harmless HTML of a text block, written into a DOCX as headings, paragraphs, lists and tables."""

from html.parser import HTMLParser

from reports.renditions.docx_marks import repeat_as_header
from reports.renditions.markdown import cleaned

_STYLES = {"h3": "Heading 2", "h4": "Heading 3", "blockquote": "Quote", "p": "Normal", "pre": "Normal"}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}


def write_html(document, html):
    """Append the HTML, which is cleaned first, to the document."""
    writer = _Writer(document)
    writer.feed(cleaned(html))
    writer.close()


class _Writer(HTMLParser):
    def __init__(self, document):
        super().__init__(convert_charrefs=True)
        self.document, self.paragraph = document, None
        self.lists, self.marks, self.rows, self.link = [], [], None, ""

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        elif tag in _LISTS:
            self.lists.append(tag)
            self.paragraph = None
        elif tag == "li":
            deeper = f" {min(len(self.lists), 3)}" if len(self.lists) > 1 else ""
            self.paragraph = self.document.add_paragraph(style=_LISTS[self.lists[-1] if self.lists else "ul"] + deeper)
        elif tag in _STYLES and not (tag == "p" and self.lists):
            self.paragraph = self.document.add_paragraph(style=_STYLES[tag])
        elif tag in ("strong", "em", "code"):
            self.marks.append(tag)
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""
        elif tag == "br" and self.paragraph is not None:
            self.paragraph.add_run().add_break()

    def handle_endtag(self, tag):
        if tag == "table" and self.rows is not None:
            self._write_table()
        elif tag in _LISTS and self.lists:
            self.lists.pop()
        elif tag in ("strong", "em", "code") and tag in self.marks:
            self.marks.remove(tag)
        elif tag == "a":
            self._write_address()
        if tag in _STYLES and not self.lists or tag == "li":
            self.paragraph = None

    def handle_data(self, data):
        if self.rows is not None:
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] += data
            return
        text = " ".join(data.split()) if self.paragraph is None else data.replace("\n", " ")
        if not text:
            return
        if self.paragraph is None:
            self.paragraph = self.document.add_paragraph()
        run = self.paragraph.add_run(text)
        run.bold, run.italic = "strong" in self.marks or None, "em" in self.marks or None

    def _write_address(self):
        """The address stands behind the words, since a printed page cannot be clicked."""
        if self.link and self.paragraph is not None and self.link not in self.paragraph.text:
            self.paragraph.add_run(f" ({self.link.removeprefix('mailto:')})")
        self.link = ""

    def _write_table(self):
        rows, self.rows, self.paragraph = [row for row in self.rows if row], None, None
        if not rows:
            return
        table = self.document.add_table(len(rows), max(map(len, rows)), "Light List Accent 1")
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text.strip()
        repeat_as_header(table.rows[0])
        self.document.add_paragraph()
