"""The language of a page is the first part of its address, and of nothing else.

Django's `zh-hans` is written `/zh/`. Readers get no language cookie, and a page never varies by one.
"""

from functools import cache

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import URLResolver, resolvers
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from iscg_portal.languages import HTML_LANG, PREFIX_OF_LANGUAGE, language_asked_for, language_of_path
from iscg_portal.web.public_page import for_everyone, redirect_lifetime

# Django takes every pattern of an address apart anew in each language: more than half of 0.4 seconds that six took.
resolvers.normalize = cache(resolvers.normalize)


class LanguagePrefixPattern(LocalePrefixPattern):
    """`/zh/` for `zh-hans`, and the language's own code for the others."""

    @property
    def language_prefix(self):
        language = translation.get_language() or settings.LANGUAGE_CODE
        return f"{PREFIX_OF_LANGUAGE.get(language, settings.LANGUAGE_CODE)}/"


def language_patterns(*urls):
    """The given addresses under `/ar/`, `/en/`, `/es/`, `/fr/`, `/ru/` and `/zh/`."""
    return [URLResolver(LanguagePrefixPattern(), list(urls))]


class LanguageFromAddressMiddleware:
    """Activates the language that the address names; under `/admin/` the language of the account."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        translation.activate(language_of_path(request.path_info))
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", HTML_LANG[request.LANGUAGE_CODE])
        return response

    def process_view(self, request, view, args, kwargs):
        """By now the account is known, which the admin asks for its language."""
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            translation.activate(known_language(request.user.language))
            request.LANGUAGE_CODE = translation.get_language()


def known_language(code: str) -> str:
    """The code if it is one of the six languages, else English."""
    return code if code in PREFIX_OF_LANGUAGE else settings.LANGUAGE_CODE


@require_safe
def choose_language(request):
    """`/`: to the home page in the reader's language by Accept-Language, English if it asks for none of ours."""
    language = language_asked_for(request)
    response = HttpResponseRedirect(f"/{PREFIX_OF_LANGUAGE[language]}/")
    patch_vary_headers(response, ["Accept-Language"])
    return for_everyone(response, keeping=redirect_lifetime(request))
