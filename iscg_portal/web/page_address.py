"""What a page knows of its own address: its language and direction, the same page elsewhere, its files."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from iscg_portal.languages import (
    HTML_LANG,
    LANGUAGE_OF_PREFIX,
    PREFIX_OF_LANGUAGE,
    direction_of_language,
    language_of_path,
)
from iscg_portal.record_version import moment_of

DAYS = ("on", "from", "to")  # the parameters of an address that ask for days


class LanguageLink(NamedTuple):
    """The same page, with the same question, in one of the six languages."""

    href: str
    lang: str
    name: str
    current: bool


class PageAddress:
    """The address of one request, taken apart once; costs no query.

    `section` is the first part of the path, blank for the home page, and None outside the languages.
    """

    def __init__(self, request):
        self.request = request
        self.path = request.path
        prefix, slash, rest = self.path[1:].partition("/")
        self.prefixed = bool(slash) and prefix in LANGUAGE_OF_PREFIX
        self.rest = rest if self.prefixed else ""
        self.section = rest.partition("/")[0] if self.prefixed else None
        code = getattr(request, "LANGUAGE_CODE", None) or language_of_path(self.path)
        self.code = code
        self.lang = HTML_LANG.get(code, code)
        self.dir = direction_of_language(code)

    @property
    def site(self):
        """Where the portal is reached, without a slash at its end."""
        return settings.SITE_URL

    @property
    def dated(self):
        """Whether the address asks for a day; such pages are noindex with a canonical address (rule 15)."""
        return any(name in self.request.GET for name in DAYS)

    @property
    def canonical(self):
        """The page's own address, without the day and the filter: of a list, that of the page of it."""
        page = [("page", number) for number in self.request.GET.getlist("page")]
        return f"{self.site}{self.path}?{urlencode(page)}" if page else self.site + self.path

    @property
    def is_canonical(self):
        """Whether the page was asked for at its own address: search engines are told of the six."""
        return self.prefixed and self.full == self.canonical

    @property
    def is_of_the_record(self):
        """Whether it is a public page, so that what it says can be corrected."""
        match = self.request.resolver_match
        return bool(self.prefixed and match and getattr(match.func, "is_public_page", False))

    @property
    def asked(self):
        """Path and query, as they were asked."""
        return self.request.get_full_path()

    @property
    def full(self):
        """The address as it was asked, which a printed page bears."""
        return self.site + self.request.get_full_path()

    def on(self, day):
        """The address that shows the same on this day for ever, with the filter; as it was asked where it says days."""
        pairs = self._query()
        return self.full if self.dated else f"{self.site}{self.path}?{urlencode([*pairs, ('on', day.isoformat())])}"

    @property
    def in_any_language(self):
        """The address for readers of other languages than the six; the home page's asks the browser."""
        return f"{self.site}/{settings.LANGUAGE_CODE}/{self.rest}" if self.rest else f"{self.site}/"

    @property
    def recorded_at(self):
        """When the record last changed, as this page has it; None where that is not known. Costs no query."""
        state = getattr(self.request, "record_state", None)
        return moment_of(state[0]) if isinstance(state, tuple) else None

    @property
    def file_path(self):
        """The path of the page's files without their ending: `/en/composition`."""
        return self.path.rstrip("/")

    def _query(self, *dropped):
        lists = self.request.GET.lists()
        return tuple((name, value) for name, values in lists if name not in dropped for value in values)

    @property
    def kept(self):
        """What stays of the query when another day is asked: filters, not the day and not the page."""
        return self._query("on", "page")

    @property
    def file_query(self):
        """The query for the page's files, which hold every row of the filter: `?on=2025-02-12`."""
        pairs = self._query("page")
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def languages(self):
        """Six links; from a page outside the languages they lead to the six home pages."""
        query = self.request.META.get("QUERY_STRING", "") if self.prefixed else ""
        rest = f"{self.rest}?{query}" if query else self.rest
        return [
            LanguageLink(f"/{PREFIX_OF_LANGUAGE[code]}/{rest}", HTML_LANG[code], name, code == self.code)
            for code, name in settings.LANGUAGES
        ]


def page_address(request):
    """Context processor: `page_address` for `base.html` and the components that link to the page itself."""
    return {"page_address": PageAddress(request)}
