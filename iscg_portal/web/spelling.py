"""Addresses as readers write them: in capitals, with “_”, with the full stop of a sentence; and short ones for a day.

`/en/composition/2025-02-12` is short for `/en/composition/?on=2025-02-12`, for every page that depends on a day. What
is found at an address as it stands is never asked about: docs/decisions/0039-citing-and-sharing.md.
"""

import difflib
import re
import unicodedata
from functools import cache
from urllib.parse import urlencode

from django.urls import LocalePrefixPattern, Resolver404, get_resolver, resolve
from django.utils.encoding import escape_uri_path
from django.utils.translation import override

from iscg_portal.languages import language_of_path, under_a_language

LONGEST_PATH = 300  # characters; no address of the portal is longer
LIKE_ENOUGH = 0.75  # of 1, as difflib counts it: “/en/compositon/” is, “/en/nowhere/” is not
NO_PAGE_TO_READ = re.compile(r"<|^embed/.")  # needs a record, or stands in another page
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BETWEEN_WORDS = re.compile(r"[\s_()+-]+")
SLASHES = re.compile(r"/{2,}")
OF_A_FILE = ("/index.html", "/index.htm", ".html", ".htm")
MARKS_AT_THE_END = ".,;:!?'\"»”’<>]"


def address_meant(request, match=None) -> str | None:
    """The address to which one that leads to nothing leads instead, with its query; None where there is none.

    `match` is what the address was found to be, where a page was asked and knew of no such record.
    """
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    if len(path) > LONGEST_PATH:
        return None
    return short_address(request, match) or _as_written(path, query)


def _as_written(path, query):
    plain = spelled_plainly(path)
    asked = [plain] if plain.endswith("/") else [plain, f"{plain}/"]
    found = next((one for one in asked if one != path and page_at(one)), None)
    return found and f"{escape_uri_path(found)}{'?' if query else ''}{query}"


def short_address(request, match=None) -> str | None:
    """Of a page and a day: the page with `?on=`. What the address itself could be, such as an edition, is not one."""
    path = request.path_info
    above, _slash, day = spelled_plainly(path[: LONGEST_PATH + 1]).removesuffix("/").rpartition("/")
    asked = len(path) <= LONGEST_PATH and DAY.fullmatch(day) and "on" not in request.GET
    page = page_at(f"{above}/") if asked else None
    if page is None or "on" not in getattr(page.func, "parameters", ()) or (match and page.kwargs):
        return None
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    return f"{escape_uri_path(f'{above}/')}?{urlencode([*pairs, ('on', day)])}"


def page_at(path):
    """The match of a public page or file at the path, in the language that the path names; None for nothing."""
    try:
        with override(language_of_path(path)):
            match = resolve(path)
    except Resolver404:
        return None
    return match if getattr(match.func, "is_public_page", False) else None


def pages_near(path: str) -> list[str]:
    """Up to three pages whose addresses resemble one that leads to nothing: the list that it names, then the likest."""
    if len(path) > LONGEST_PATH or not under_a_language(path):
        return []
    plain, language = spelled_plainly(path), path[:3]
    above = [f"{plain.rstrip('/').rpartition('/')[0]}/"] if plain.count("/") > 2 else []
    pages = [f"{language}/{page}" for page in standing_pages()]
    like = difflib.get_close_matches(f"{plain.rstrip('/')}/", pages, n=3, cutoff=LIKE_ENOUGH)
    found = dict.fromkeys(page for page in (*above, *like) if page in pages and page != f"{language}/")
    return list(found)[:3]


@cache
def standing_pages() -> tuple[str, ...]:
    """The public pages that need no record, without the language: “subjects/”, “composition/changes/”."""

    def below(patterns, before):
        for pattern in patterns:
            route = before if isinstance(pattern.pattern, LocalePrefixPattern) else f"{before}{pattern.pattern}"
            if hasattr(pattern, "url_patterns"):
                yield from below(pattern.url_patterns, route)
            elif (
                route.endswith("/")
                and not NO_PAGE_TO_READ.search(route)
                and getattr(pattern.callback, "is_public_page", False)
            ):
                yield route

    return tuple(below(get_resolver().url_patterns, ""))


def spelled_plainly(path: str) -> str:
    """The path as the portal writes its own: small letters, “-” between words, nothing unseen, one “/” at a time."""
    seen = "".join(
        "-" if unicodedata.category(sign) == "Pd" else sign
        for sign in unicodedata.normalize("NFKC", path).lower()
        if unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    plain = _without_end(SLASHES.sub("/", seen).rstrip())
    parts = BETWEEN_WORDS.sub("-", plain).split("/")
    return SLASHES.sub("/", "/".join(part.strip("-") for part in parts))


def _without_end(path):
    """Without the ending of a file, or without the marks of a sentence around it."""
    ending = next((one for one in OF_A_FILE if path.endswith(one)), None)
    return path.removesuffix(ending) if ending else path.rstrip(MARKS_AT_THE_END)
