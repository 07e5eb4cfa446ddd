"""The harmless HTML of a text block, written into a DOCX as headings, paragraphs, lists and tables."""

from html.parser import HTMLParser

from reports.renditions.docx_tables import Piece, add_piece, add_table
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
            self.rows[-1].append([])
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
            self.link = ""
        if tag in _STYLES and not self.lists or tag == "li":
            self.paragraph = None

    def handle_data(self, data):
        if self.rows is not None:
            if self.rows and self.rows[-1] and data.strip():
                self.rows[-1][-1].append(self._piece(data.replace("\n", " ")))
            return
        text = " ".join(data.split()) if self.paragraph is None else data.replace("\n", " ")
        if not text:
            return
        if self.paragraph is None:
            self.paragraph = self.document.add_paragraph()
        add_piece(self.document, self.paragraph._p, self._piece(text))

    def _piece(self, text):
        return Piece(text, "strong" in self.marks, "em" in self.marks, self.link)

    def _write_table(self):
        rows, self.rows, self.paragraph = [row for row in self.rows if row], None, None
        if rows:
            add_table(self.document, rows)
