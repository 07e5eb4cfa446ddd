"""What the frame round every page says about its address: language, direction, the same page elsewhere.

What is the same on every page of a language and section is rendered once and remembered.
"""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from iscg_portal.web.language_prefix import HTML_LANG, LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE, language_of_path

RIGHT_TO_LEFT = {"ar"}
HERE = "-here-"  # stands in remembered parts for what follows the language in the address
SECTIONS = {"", "composition", "subjects", "coordinators", "resolutions", "meetings", "documents", "reports", "contact"}
PART_OF = {"key-issues": "reports"}  # pages that the navigation names by the section to which they belong


class LanguageLink(NamedTuple):
    """The same page, with the same question, in one of the six languages."""

    href: str
    lang: str
    name: str
    current: bool


class Frame:
    """The address of one request, taken apart once for `base.html`; costs no query."""

    site = settings.SITE_URL

    def __init__(self, request):
        self.request = request
        self.path = request.path
        prefix, slash, rest = self.path[1:].partition("/")
        self.prefixed = bool(slash) and prefix in LANGUAGE_OF_PREFIX
        self.rest = rest if self.prefixed else ""
        first = rest.partition("/")[0]
        self.section = PART_OF.get(first, first) if self.prefixed else None
        code = getattr(request, "LANGUAGE_CODE", None) or language_of_path(self.path)
        self.code = code
        self.lang = HTML_LANG.get(code, code)
        self.dir = "rtl" if code in RIGHT_TO_LEFT else "ltr"

    @property
    def sheets(self):
        return _part("sheets", None, None)

    @property
    def brand(self):
        return _part("brand", self.code, None)

    @property
    def navigation(self):
        return _part("navigation", self.code, self.section if self.section in SECTIONS else None)

    @property
    def foot(self):
        return _part("foot", self.code, None)

    @property
    def dated(self):
        """Whether the address asks for a day; such pages are noindex with a canonical address (rule 15)."""
        return "on" in self.request.GET

    @property
    def canonical(self):
        """The page's own address, without its query."""
        return self.site + self.path

    @property
    def address(self):
        """The address as it was asked, which a printed page bears."""
        return self.site + self.request.get_full_path()

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
        """Six links; from a page outside the language prefix they lead to the six home pages."""
        return self._leading_here("languages", self.code)

    @property
    def alternates(self):
        """The same page in the six languages, for search engines."""
        return self._leading_here("alternates", None)

    def _leading_here(self, name, code):
        query = self.request.META.get("QUERY_STRING", "") if self.prefixed else ""
        rest = f"{self.rest}?{query}" if query else self.rest
        return mark_safe(_part(name, code, None).replace(HERE, escape(rest)))


def _part(name, code, section):
    return (_rendered_part.__wrapped__ if settings.DEBUG else _rendered_part)(name, code, section)


@lru_cache(maxsize=100)
def _rendered_part(name, code, section):
    """A part of the frame in the active language, which is that of `code` where the part depends on it."""
    languages = [
        LanguageLink(f"/{PREFIX_OF_LANGUAGE[each]}/{HERE}", HTML_LANG[each], name, each == code)
        for each, name in settings.LANGUAGES
    ]
    context = {"section": section, "languages": languages, "site": Frame.site}
    return render_to_string(f"components/_{name}.html", context)


def frame(request):
    """Context processor: `frame` for `base.html` and the components that link to the page itself."""
    return {"frame": Frame(request)}
