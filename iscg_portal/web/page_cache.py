"""Finished public pages, kept in the memory of each worker.

A page is kept under what its ETag is made of, so it is as new as an answer “not modified”: with every change of the
record and with the day it is made anew. See docs/decisions/0006-finished-pages.md.
"""

import sys
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.db import Error, close_old_connections
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders

from iscg_portal.web.page_tag import known_tag, preferred_encoding, record_state, representations, state_now
from iscg_portal.web.public_page import READING, for_everyone

MOST_BYTES = 64_000_000  # of all pages that a worker keeps
MOST_BYTES_OF_A_PAGE = MOST_BYTES // 16
BYTES_OF_AN_ENTRY = 2_600  # what Python needs besides content and the text of headers
ASKED = ("HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
OF_ONE_PAGE = {"etag", "content-length"}
OF_NOT_MODIFIED = ("etag", "cache-control", "vary")  # an asker told so keeps the other headers of the page


class CheckedHeaders(ResponseHeaders):
    """Headers that a response has borne before: Django need not check each of them again."""

    def __init__(self, checked: dict[str, tuple[str, str]]):
        self._store = dict(checked)


class KeptPage(NamedTuple):
    """A finished response: compressed, with every header. `bytes` is what keeping it costs."""

    content: bytes
    headers: dict[str, tuple[str, str]]
    tag: str
    bytes: int

    @classmethod
    def of(cls, response, address: str, tag: str = ""):
        """The response to a GET as it stands now. Headers that many pages share are kept once."""
        headers = {}
        for name, value in response.items():
            key = sys.intern(name.lower())
            headers[key] = sys.intern(name), value if key in OF_ONE_PAGE else sys.intern(value)
        text = sum(len(name) + len(value) for name, value in headers.values()) + len(address)
        return cls(response.content, headers, tag, len(response.content) + text + BYTES_OF_AN_ENTRY)

    def response(self, method: str) -> HttpResponse:
        """A new response to GET, or to HEAD."""
        response = HttpResponse(b"" if method == "HEAD" else self.content, content_type="")
        response.headers = CheckedHeaders(self.headers)
        return response

    @property
    def headers_of_not_modified(self) -> list[tuple[str, str]]:
        """What one is told who has just this page."""
        return [self.headers[name] for name in OF_NOT_MODIFIED]


class KeptPages:
    """The pages of one state of the record, at most `most_bytes` of them; those not asked for longest go first.

    The state is the record's token with the day, the key is the address with the encoding: together they are what a
    tag is made of. When another state is seen, every page goes.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, most_bytes_of_a_page: int = MOST_BYTES_OF_A_PAGE):
        self.most_bytes, self.most_bytes_of_a_page = most_bytes, most_bytes_of_a_page
        self.bytes = 0
        self._state = None
        self._pages = OrderedDict()
        self._lock = Lock()

    def __len__(self):
        return len(self._pages)

    def __contains__(self, key):
        """Whether there is a page under the key, of whatever state."""
        return key in self._pages

    def find(self, state, key) -> KeptPage | None:
        """The page under the key if it was made in this state."""
        with self._lock:
            self._see(state)
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def keep(self, state, key, page: KeptPage) -> None:
        """Keep the page, unless it alone would push out many others."""
        if page.bytes > self.most_bytes_of_a_page:
            return
        with self._lock:
            self._see(state)
            self._drop(key)
            self._pages[key] = page
            self.bytes += page.bytes
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._see(None)

    def _see(self, state):
        if state != self._state:
            self._state = state
            self._pages.clear()
            self.bytes = 0

    def _drop(self, key):
        page = self._pages.pop(key, None)
        self.bytes -= page.bytes if page else 0


kept_pages = KeptPages()


class KeptPagesMiddleware:
    """Answers “not modified”, or with a page that was finished before, without looking up the address.

    It can, since a page is kept under all that says where and how it was asked for: host and scheme were found right
    then. Stands outside all others, so that a page is kept with every header. An asker told “not modified” keeps those
    that came with the page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in READING or settings.DEBUG:
            return self.get_response(request)
        key = _key_of(request.META)
        page = None
        if key in kept_pages and _record_answers(request):
            page = kept_pages.find(record_state(request), key)
        if page:
            known = known_tag(request, page.tag)
            return for_everyone(HttpResponseNotModified(), known) if known else page.response(request.method)
        response = self.get_response(request)
        if request.method == "GET" and _is_whole_page(request, response):
            kept_pages.keep(request.record_state, key, KeptPage.of(response, key[0], request.page_tag))
        return response


def kept_answer(environ) -> tuple[str, list, bytes] | None:
    """What the middleware would answer, as status, headers and content of WSGI, before Django makes a request.

    That takes half the time, and nearly every reader asks in this plain way. None: Django is to be asked.
    """
    key = _key_of(environ)
    if environ["REQUEST_METHOD"] != "GET" or key not in kept_pages or settings.DEBUG:
        return None
    close_old_connections()
    try:
        page = kept_pages.find(state_now(), key)
    except Error:  # told by Django, with a page that says so
        return None
    theirs = environ.get("HTTP_IF_NONE_MATCH")
    if not page or theirs not in (None, page.headers["etag"][1]):
        return None
    if theirs:
        return "304 Not Modified", page.headers_of_not_modified, b""
    return "200 OK", list(page.headers.values()), page.content


def _key_of(environ):
    """All that says where and how a page is asked for; what a browser sends beside it changes no page."""
    asked = "\n".join([environ.get(name, "") for name in ASKED])
    return asked, preferred_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))


def _record_answers(request) -> bool:
    """Whether the record tells its state. If not, a page further in says so, with all that every page has."""
    try:
        return bool(record_state(request))
    except Error:
        return False


def _is_whole_page(request, response) -> bool:
    """Whether the response is a public page as it was made: no error, “not modified”, redirect or stored file."""
    tag = getattr(request, "page_tag", None)
    return response.status_code == 200 and tag is not None and response.get("ETag") in representations(tag)
