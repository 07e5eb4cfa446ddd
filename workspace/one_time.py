"""One-time links: what works like a key is in the mail alone, and the database keeps no more than its SHA-256."""

import hashlib
import re
import secrets
from functools import wraps

from allauth.core.ratelimit import consume, respond_429
from django.http import Http404, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from iscg_portal.web.errors import not_found

METHODS = ("GET", "HEAD", "POST")
IN_AN_ADDRESS = re.compile(r"(?<=[/.:])[A-Za-z0-9_-]{43}(?=/)")
HIDDEN = "…"


def new_token() -> tuple[str, str]:
    """(token, digest): the token goes into the mail and nowhere else, the digest into the database."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """The SHA-256 of a token, as 64 hexadecimal digits, by which a link is found again."""
    return hashlib.sha256(token.encode()).hexdigest()


def hidden(text: str) -> str:
    """The text of a mail with the tokens of its links made unreadable."""
    return IN_AN_ADDRESS.sub(HIDDEN, text)


def one_time_page(view=None, *, limited=True):
    """A page behind a secret link: GET and HEAD, which only show, and POST. The address is told to nobody else.

    It goes to no other site, no cache, no search engine and no log. The form needs no token of its own: whoever can
    write to the address knows its secret, and no cookie counts here. It could have none, since a browser that passes
    on no `Referer` says `Origin: null`. What is sent counts against the limit of sign-in, unless it is not `limited`.
    """

    def decorate(view):
        @wraps(view)
        def page(request, *args, **kwargs):
            response = _answer(view, request, limited, *args, **kwargs)
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            response._has_been_logged = True  # Django logs the path of what it refuses, and this path is a key
            return response

        return csrf_exempt(page)

    return decorate(view) if view else decorate


def _answer(view, request, limited, *args, **kwargs):
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)  # Django's own decorator would log the address
    if limited and request.method == "POST" and not consume(request, action="one_time_link"):
        return respond_429(request)
    try:
        return view(request, *args, **kwargs)
    except Http404 as error:
        return not_found(request, error)
