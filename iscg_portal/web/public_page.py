"""Public pages and files: the same for everyone, and cacheable by anyone (rule 15).

The ETag is known before the page is made, so that an unchanged page costs one query. How, and why it cannot
go stale, is in docs/decisions/0002-record-version-and-etag.md.
"""

import logging
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from iscg_portal.odd_rows import CANNOT_PRINT, leaving_out
from iscg_portal.web.errors import method_not_allowed, not_found, too_long
from iscg_portal.web.page_tag import COMPRESSORS, known_tag, page_tag, preferred_encoding
from iscg_portal.web.spelling import address_meant, short_address

logger = logging.getLogger(__name__)

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-if-error=86400"
CACHE_CONTROL_OF_MISSING = "public, s-maxage=60"  # takes the place of a page that may no longer be seen
CACHE_CONTROL_OF_MISTAKEN = "public, max-age=0, s-maxage=0"  # kept nowhere: there is no end of such addresses
READING = ("GET", "HEAD")
LONGEST_QUERY = 2000
SMALLEST_WORTH_COMPRESSING = 500
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


class SignedInStateRefused(RuntimeError):
    """A public page asked for a session, a cookie or a form token: it would not be the same for everyone."""


class NoSession:
    """Stands where the session is while a public page is made; touching it is an error of ours."""

    def __getattr__(self, name, *value):
        raise SignedInStateRefused(f"A public page touched the session ({name}).")

    __getitem__ = __contains__ = __setitem__ = __getattr__


def takes(*names):
    """Say which parameters the public page below knows; an address with any other leads to the one without it."""

    def mark(view):
        view.parameters = frozenset(names)
        return view

    return mark


def public_page(view):
    """Make the view a public page: GET and HEAD only, no cookie, a strong ETag, compressed where it pays.

    Answers 301, 304, 405 and 414 without asking the view. What it does not find is answered 404 for everyone; other
    errors that it raises pass through.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        refusal = _refusal(request, view, kwargs)
        if refusal:
            return refusal
        tag = getattr(request, "page_tag", "") or page_tag(request)  # the page cache may have asked
        known = known_tag(request, tag)
        if known:
            return for_everyone(HttpResponseNotModified(), known)
        response = _as_anyone(request, view, args, kwargs)
        if response.status_code != 200:
            return _not_a_page(response)
        if urlencode(_parameters(request)) != request.META["QUERY_STRING"]:
            return _to_address_with(request, _parameters(request))  # as a form writes it: one page, one address
        return _finished(request, response, tag)

    page.is_public_page = True
    return page


def public_file(view):
    """Make the view the address of a public file: as `public_page`, but the response brings its own ETag.

    The file is sent as it is stored, or streamed; it is not compressed again and not kept in memory.
    """

    @wraps(view)
    def file(request, *args, **kwargs):
        refusal = _refusal(request, view, kwargs)
        if refusal:
            return refusal
        response = _as_anyone(request, view, args, kwargs)
        if "ETag" not in response:
            return _not_a_page(response)
        if request.method == "HEAD" and response.streaming:
            response = _without_content(response)
        return for_everyone(response, response["ETag"])

    file.is_public_page = file.is_public_file = True
    return file


def _refusal(request, view, arguments):
    """The answer to what this public address does not take; None for a request that can be answered."""
    query = request.META.get("QUERY_STRING", "")
    if request.method not in READING:
        return method_not_allowed(request, READING)
    known = getattr(view, "parameters", frozenset())
    known = known - {"page"} if arguments.get("format") else known  # a file has all rows
    if not known.issuperset(request.GET):
        return _to_address_with(request, _parameters(request, known))
    if len(query) > LONGEST_QUERY:
        return too_long(request, LONGEST_QUERY)
    return None


def _parameters(request, known=None):
    """The parameters of the address, in their order; of those that are known only, where that is said."""
    lists = request.GET.lists()
    return [(name, value) for name, values in lists if known is None or name in known for value in values]


def _to_address_with(request, parameters):
    """To the address with these parameters only, whatever mail programs, other sites and attackers hang on it."""
    path, query = escape_leading_slashes(escape_uri_path(request.path)), urlencode(parameters)
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    return for_everyone(response, keeping=CACHE_CONTROL_OF_MISTAKEN)


def redirect_lifetime(request):
    """How long a redirect is kept that does not look at the question: of questions there is no end."""
    return CACHE_CONTROL_OF_MISTAKEN if request.META.get("QUERY_STRING") else CACHE_CONTROL


def _not_a_page(response):
    """A redirect or “not found” for everyone; other answers are for the one who asked."""
    if response.status_code in (404, 410):
        patch_vary_headers(response, ["Accept"])  # who takes JSON alone is told so in JSON
        return for_everyone(response, keeping=CACHE_CONTROL_OF_MISSING)
    return for_everyone(response) if 300 <= response.status_code < 400 else response


def _without_content(response):
    """The same headers; the file is closed and not sent."""
    response.close()
    return HttpResponse(headers=response.headers)


def _as_anyone(request, view, args, kwargs):
    """The view's response for a reader who is nobody in particular, whoever asks."""
    anyone = {"user": AnonymousUser(), "session": NoSession(), "COOKIES": {}, "_messages": ()}
    kept = {name: value for name, value in vars(request).items() if name in anyone}
    vars(request).update(anyone)
    try:
        response = _made(view, request, args, kwargs)
    except Http404 as missing:
        response = not_found(request, missing)
    finally:
        for name in anyone:
            vars(request).pop(name, None)
        vars(request).update(kept)
    if response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        raise SignedInStateRefused("A public page set a cookie or asked for a form token.")
    return response


def _made(view, request, args, kwargs):
    """The view's response; where a row of the record cannot be printed, that of the record without such rows."""

    def make():
        response = view(request, *args, **kwargs)
        return response.render() if hasattr(response, "render") else response

    try:
        return make()
    except CANNOT_PRINT:
        with leaving_out():
            response = make()
        logger.warning("Rows that cannot be printed were left out of %s", request.path, exc_info=True)
        return response


def _finished(request, response, tag: str):
    """Compressed where the asker can read that and it pays, with the tag of just this representation."""
    encoding = _encoding_for(request, response)
    if encoding:
        response.content = COMPRESSORS[encoding](response.content)
        response["Content-Encoding"] = encoding
        tag = f"{tag}-{encoding}"
    response["Content-Length"] = len(response.content)
    if request.method == "HEAD":
        response.content = b""
    return for_everyone(response, f'"{tag}"')


def _encoding_for(request, response) -> str:
    if len(response.content) < SMALLEST_WORTH_COMPRESSING or not response["Content-Type"].startswith(COMPRESSIBLE):
        return ""
    return preferred_encoding(request.headers.get("Accept-Encoding", ""))


def for_everyone(response, tag: str = "", keeping: str = CACHE_CONTROL):
    """Say that anyone may keep the response, how long, and under this tag if there is one."""
    if tag:
        response["ETag"] = tag
    response["Cache-Control"] = keeping
    if "Vary" in response:
        patch_vary_headers(response, ["Accept-Encoding"])
    else:
        response["Vary"] = "Accept-Encoding"
    response.for_everyone = True
    return response


class PublicPagesFirstMiddleware:
    """Makes public pages before sessions, forms and accounts are looked at: they may use none of them.

    Stands after what every response needs (security headers, the language) and before everything else.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            match = resolve(request.path_info)
        except Resolver404 as missing:
            return self._nothing_there(request, missing)
        if not _is_public(match):
            return self.get_response(request)
        request.get_host()  # a host that is not ours is refused, as it is for other pages
        request.resolver_match = match
        response = match.func(request, *match.args, **match.kwargs)
        is_elsewhere = response.status_code in (301, 404)  # 301: a day was taken for a record that takes no filter
        return (is_elsewhere and _where_it_is(request, match, response.status_code == 404)) or response

    def _nothing_there(self, request, missing):
        """“Not found” for everyone, or the way to the page whose address lacks the last “/”."""
        request.get_host()
        if request.method not in READING:
            return self.get_response(request)
        try:
            match = None if request.path_info.endswith("/") else resolve(f"{request.path_info}/")
        except Resolver404:
            match = None
        if match is None:
            return _where_it_is(request) or _not_a_page(not_found(request, missing))
        if not _is_public(match):
            return self.get_response(request)
        response = HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        is_any = bool(match.kwargs)  # such as a name that no person has
        return for_everyone(response, keeping=CACHE_CONTROL_OF_MISTAKEN if is_any else redirect_lifetime(request))


def _where_it_is(request, match=None, is_missing=True):
    """The way from an address that leads to nothing to the one that was meant; None where there is none."""
    meant = address_meant(request, match) if is_missing else short_address(request, match)
    return for_everyone(HttpResponsePermanentRedirect(meant), keeping=CACHE_CONTROL_OF_MISTAKEN) if meant else None


def _is_public(match):
    return getattr(match.func, "is_public_page", False)


class PrivateUnlessPublicMiddleware:
    """What is not a public page is for the one who asked: kept by nobody, and shown in no page of another site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not getattr(response, "for_everyone", False):
            response["Cache-Control"] = "private, no-store"
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
