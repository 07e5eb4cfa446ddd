"""One-time links: what works like a key is in the mail alone, and the database keeps no more than its SHA-256."""

import hashlib
import re
import secrets
from functools import wraps

from allauth.core.ratelimit import consume, respond_429

IN_AN_ADDRESS = re.compile(r"(?<=/)[A-Za-z0-9_-]{43}(?=/)")
HIDDEN = "…"


def new_token():
    """(token, digest): the token goes into the mail and nowhere else, the digest into the database."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token):
    """The SHA-256 by which a link is found again."""
    return hashlib.sha256(token.encode()).hexdigest()


def hidden(text):
    """The text of a mail with the tokens of its links made unreadable."""
    return IN_AN_ADDRESS.sub(HIDDEN, text)


def one_time_page(view):
    """A page behind a one-time link: its address is told to no other site, no search engine and no log.

    What is sent to it counts against the limit of sign-in; that it is only looked at does not.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        too_often = request.method == "POST" and not consume(request, action="one_time_link")
        response = respond_429(request) if too_often else view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        response._has_been_logged = True  # Django logs the path of what it refuses, and this path is a key
        return response

    return page
