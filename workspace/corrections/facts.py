"""What a public page tells, read off the page itself: each fact that a reader can say is wrong, as it stands.

So nothing has to be named beside the pages, and nothing can be put into the form that no page says.
"""

import hashlib
from html.parser import HTMLParser
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, unquote_to_bytes, urlsplit

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, override

from iscg_portal.languages import LANGUAGE_OF_PREFIX, language_of_path, with_colon, with_commas
from iscg_portal.plain_text import cleaned
from iscg_portal.web.no_text import NO_TEXT

MOST_FACTS = 400  # of one page, to choose from
SERVER = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")
BLOCKS = {"h1", "p", "li", "dd", "tr"}
APART = BLOCKS | {"br", "small", "div"}  # what is no part of the word before it
HEADINGS = {"h2", "h3", "caption"}
SKIPPED = {"nav", "form", "svg", "script", "style", "details", "thead"}
SEARCH = "front:search"
WAYS_ON = {"empty", "more", "downloads", "correct", "kicker", "pager", "unseen"}


class Fact(NamedTuple):
    """One fact: the heading it stands under, what it is about, what is told; and how its own link names it."""

    heading: str
    name: str
    told: str
    link: str

    @property
    def text(self):
        """“Dates: 23 January 2025”."""
        return with_colon(self.name, self.told)

    @property
    def key(self):
        """The same as long as the page tells the same."""
        return hashlib.sha256(f"{self.heading}\n{self.text}".encode()).hexdigest()[:16]


def facts_of(address, request) -> list[Fact] | None:
    """The facts of the public page at this path with its query, as anyone reads it; None where there is no such page.

    `request` says at which host and by which scheme it is asked.
    """
    parts = _parts_of(address)
    if parts.scheme or parts.netloc or parts.path[1:].partition("/")[0] not in LANGUAGE_OF_PREFIX:
        return None
    if NO_TEXT.search(unquote(address)):
        return None
    with override(language_of_path(parts.path)):
        content = _content_at(parts, request)
        return None if content is None else list(islice(_read(content), MOST_FACTS))


def _parts_of(address):
    """The address taken apart; as if it were blank where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _content_at(parts, request):
    """The page as HTML, or None: no file, which costs much, and not the search, which says what the reader typed."""
    if not parts.path.endswith("/"):
        return None
    environ = {name: request.META[name] for name in SERVER if name in request.META}
    path = unquote_to_bytes(parts.path).decode("latin-1")
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": parts.query, "wsgi.input": BytesIO()}
    page = WSGIRequest(environ | asked)
    try:
        match = resolve(page.path_info)
    except Resolver404:
        return None
    if not getattr(match.func, "is_public_page", False) or getattr(match.func, "is_public_file", False):
        return None
    if match.view_name == SEARCH:
        return None
    page.resolver_match, page.LANGUAGE_CODE = match, get_language()
    try:
        response = match.func(page, *match.args, **match.kwargs)
    except BadRequest:  # the question of the address, not what is sent here
        return None
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return response.content.decode() if is_page else None


def _read(content):
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return dict.fromkeys(reader.facts)


class _Reader(HTMLParser):
    """Reads `<main>`: rows of tables, terms with what is told of them, entries of lists and paragraphs."""

    def __init__(self):
        super().__init__()
        self.facts = []
        self.heading, self.name, self.told = [], [], []
        self.link = ""
        self.into = None  # the list that takes the text
        self.block = self.skipped = None  # the element that is read, or passed over: [its tag, how many are open]
        self.is_in_main = False
        self.corrections = reverse("workspace:new-correction")

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if not self.is_in_main:
            self.is_in_main = tag == "main"
        elif self.skipped:
            self.skipped[1] += tag == self.skipped[0]
        elif self._leads_on(tag, attributes):
            self.skipped = [tag, 1]
        elif self.block:
            self.block[1] += tag == self.block[0]
            self._start_part(tag, attributes)
        elif tag in BLOCKS:
            self.block, self.into = [tag, 1], self.told
            if tag != "dd":
                self.name.clear()
        elif tag in HEADINGS:
            self.heading = self.into = []
        elif tag == "dt":
            self.name.clear()
            self.into = self.name

    def handle_endtag(self, tag):
        if tag == "main":
            self.is_in_main = False
        elif self.skipped:
            self.skipped[1] -= tag == self.skipped[0]
            self.skipped = self.skipped if self.skipped[1] else None
        elif self.block:
            self.block[1] -= tag == self.block[0]
            if tag == "th":
                self.into = self.told
            if not self.block[1]:
                self._end_block()
        elif tag in HEADINGS or tag == "dt":
            self.into = None

    def handle_data(self, data):
        if self.into is not None and not self.skipped:
            self.into.append(data.replace("\n", " "))

    def _leads_on(self, tag, attributes):
        """Whether the element tells nothing, but leads somewhere; the link of a fact to the form names the fact."""
        address = _parts_of(attributes.get("href") or "")
        if tag == "a" and address.path == self.corrections:
            self.link = "".join(parse_qs(address.query).get("fact", []))
            return True
        return tag in SKIPPED or not WAYS_ON.isdisjoint((attributes.get("class") or "").split())

    def _start_part(self, tag, attributes):
        if tag == "th":
            self.into = self.name
        elif tag == "td":
            self.told.append("\n")
        elif tag in APART or "sector" in (attributes.get("class") or "").split():
            self.into.append(" ")

    def _end_block(self):
        name = _line(self.name)
        told = with_commas([part for part in map(_line, "".join(self.told).split("\n")) if part])
        if name or told:
            self.facts.append(Fact(_line(self.heading), name, told, self.link))
        self.told.clear()
        self.block, self.into, self.link = None, None, ""


def _line(parts):
    return cleaned("".join(parts)).rstrip(" ·")
