"""Finished public pages, kept in the memory of each worker.

A page is kept under what its ETag is made of, so it is as new as an answer “not modified”: with every change of the
record and with the day it is made anew. See docs/decisions/0006-finished-pages.md.
"""

import sys
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import Error
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders

from iscg_portal.languages import under_a_language
from iscg_portal.web.page_tag import known_tag, page_tag, preferred_encoding, record_state, representations
from iscg_portal.web.public_page import READING, for_everyone

MOST_BYTES = 64_000_000  # of all pages that a worker keeps
MOST_BYTES_OF_A_PAGE = MOST_BYTES // 16
BYTES_OF_AN_ENTRY = 2_600  # what Python needs besides content and the text of headers
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
        headers = {sys.intern(name.lower()): (sys.intern(name), sys.intern(value)) for name, value in response.items()}
        text = sum(len(name) + len(value) for name, value in headers.values()) + len(address)
        return cls(response.content, headers, tag, len(response.content) + text + BYTES_OF_AN_ENTRY)

    def response(self, method: str) -> HttpResponse:
        """A new response to GET, or to HEAD."""
        return _bearing(HttpResponse(b"" if method == "HEAD" else self.content, content_type=""), self.headers)

    def not_modified(self) -> HttpResponse:
        """A new response to one who has just this page."""
        return _bearing(HttpResponseNotModified(), {name: self.headers[name] for name in OF_NOT_MODIFIED})

    def is_known(self, request) -> bool:
        """Whether the asker has just this page, told in the plain way of a browser."""
        return request.META.get("HTTP_IF_NONE_MATCH") == self.headers["etag"][1]


def _bearing(response, headers):
    response.headers = CheckedHeaders(headers)
    return response


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

    It can, since nobody has the tag of an address unless this very page was answered there, for the record as it
    is now. A page is kept with its headers; an asker told “not modified” keeps those that came with the page. Stands
    within the middleware that redirects to https, and outside all that adds a header to a page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in READING or settings.DEBUG:
            return self.get_response(request)
        key = (request.get_full_path(), preferred_encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        if _may_be_known(request, key) and _record_answers(request):
            page = kept_pages.find(record_state(request), key)
            if page and page.is_known(request):
                return page.not_modified()
            known = known_tag(request, page.tag if page else page_tag(request))
            if known:
                return for_everyone(HttpResponseNotModified(), known)
            if page:
                return page.response(request.method)
        response = self.get_response(request)
        if request.method == "GET" and _is_whole_page(request, response):
            kept_pages.keep(request.record_state, key, KeptPage.of(response, key[0], request.page_tag))
        return response


def _may_be_known(request, key) -> bool:
    """Whether the portal or the asker may have the page, which is asked of a host that is ours."""
    if key not in kept_pages and not ("HTTP_IF_NONE_MATCH" in request.META and under_a_language(request.path_info)):
        return False
    try:
        return bool(request.get_host())
    except DisallowedHost:  # refused further in, with a page that says so
        return False


def _record_answers(request) -> bool:
    """Whether the record tells its state. If not, a page further in says so, with all that every page has."""
    try:
        return bool(record_state(request))
    except Error:
        return False


def _is_whole_page(request, response) -> bool:
    """Whether the response is a public page as it was made, with its own tag: no error, redirect or stored file."""
    tag = getattr(request, "page_tag", None)
    return tag is not None and response.get("ETag") in representations(tag)
