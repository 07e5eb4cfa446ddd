"""The HTML of a text back as Markdown, for whoever goes on writing by hand; Markdown as plain words, for a cell."""

import re
from html.parser import HTMLParser

from django.utils.translation import get_language, override

from iscg_portal.languages import with_semicolons
from iscg_portal.translated import TextShown
from reports.renditions.harmless import harmless_html

_MARKS = re.compile(r"([\\|*\[\]`])")
_BLANKS = " \t"
_MANY = re.compile(r"\n{3,}")
_BEFORE = {"h3": "### ", "h4": "#### ", "strong": "**", "b": "**", "em": "*", "a": "["}
_AFTER = {"strong": "**", "b": "**", "em": "*"}
_APART = {"p", "h3", "h4", "blockquote", "ul", "ol", "pre", "table"}


def escaped(text):
    """The text with its own marks made harmless."""
    return _MARKS.sub(r"\\\1", text)


def markdown_of(html):
    """Paragraphs, headings, lists, quotes, emphasis and links of the HTML as Markdown."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return _MANY.sub("\n\n", "".join(writer.parts)).strip()


def plain_words(text):
    """What somebody wrote in Markdown as words of one line, in its language: points of a list one behind the other."""
    html = harmless_html(text)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    spoken = getattr(text, "lang", "")
    with override(spoken.lower() or get_language()):
        words = TextShown(with_semicolons(" ".join(part.split()) for part in reader.parts))
    words.lang = spoken
    return words


class _Reader(HTMLParser):
    """Collects the paragraphs, points and cells as plain texts."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = [""]

    def handle_starttag(self, tag, attrs):
        if tag in ("p", "li", "h3", "h4", "td", "th"):
            self.parts.append("")

    def handle_data(self, data):
        self.parts[-1] += data


class _Writer(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.lists, self.quotes, self.links, self.cells = [], [], 0, [], 0

    def handle_starttag(self, tag, attrs):
        if tag in ("ul", "ol"):
            self._apart(0 if self.lists else 2)
            self.lists.append(int(dict(attrs).get("start") or 1) if tag == "ol" else 0)
        elif tag == "li":
            self._apart(1)
            number = self.lists[-1] if self.lists else 0
            self.parts.append("   " * (len(self.lists) - 1) + (f"{number}. " if number else "- "))
            if number:
                self.lists[-1] += 1
        elif tag == "tr":
            self._apart(1)
            self.cells = 0
        elif tag in ("td", "th"):
            self.parts.append("| ")
            self.cells += 1
        elif tag == "blockquote":
            self.quotes += 1
        elif tag == "br":
            self.parts.append("\\\n" + "> " * self.quotes)
        elif tag in _APART and not (tag == "p" and self.lists):
            self._apart(2)
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        self.parts.append(_BEFORE.get(tag, ""))

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "tr":
            self.parts.append("|")
        elif tag == "thead":
            self._apart(1)
            self.parts.append("| --- " * self.cells + "|")
        elif tag == "blockquote":
            self.quotes -= 1
        self.parts.append(f"]({self.links.pop()})" if tag == "a" and self.links else _AFTER.get(tag, ""))
        if tag in _APART and not self.lists and not self.quotes:
            self.parts.append("\n\n")

    def handle_data(self, data):
        text = _on_one_line(data)
        if text.strip():
            self.parts.append(escaped(text))
        elif "\n" not in data:
            self.parts.append(text)

    def _apart(self, lines):
        """Begin on a new line, behind the marks of a quote."""
        self.parts.append(("\n" + "> " * self.quotes) * lines)


def _on_one_line(text):
    """A space for each new line with the blanks around it."""
    first, *rest = text.split("\n")
    if not rest:
        return text
    *between, last = rest
    return " ".join([first.rstrip(_BLANKS), *(line.strip(_BLANKS) for line in between), last.lstrip(_BLANKS)])
