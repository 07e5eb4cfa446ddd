"""One-time links: the token is only in the mail, and the database keeps only its SHA-256."""

import hashlib
import re
import secrets
from functools import wraps

from allauth.core.ratelimit import consume, respond_429
from django.db import models
from django.http import Http404, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
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


def without_tokens(text: str) -> str:
    """The text of a mail with the tokens of its links made unreadable."""
    return IN_AN_ADDRESS.sub(HIDDEN, text)


class OneTimeQuerySet(models.QuerySet):
    """Finding the row of a link, and its claim. `now` is a moment; None means now."""

    def at(self, token):
        """The row of a link, or None if it does not exist."""
        return self.filter(digest=digest_of(token)).first()

    def open(self, now=None):
        """Links that are unused and have not expired."""
        return self.filter(spent_at__isnull=True, good_until__gt=now or timezone.now())

    def spend(self, pk, now=None) -> bool:
        """Use up a link by one conditional update; False if it was used or has expired."""
        now = now or timezone.now()
        return bool(self.open(now).filter(pk=pk).update(spent_at=now))


class OneTimeLink(models.Model):
    """What the rows behind one-time links have in common: a link works once, until a moment."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    good_until = models.DateTimeField(_("good until"))
    spent_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self):
        """Whether it can be used now."""
        return self.spent_at is None and self.good_until > timezone.now()


def one_time_page(view=None, *, limited=True):
    """A page behind a secret link: GET and HEAD, which only show, and POST. Nobody else learns the address.

    It reaches no other site, cache, search engine or log. The form needs no CSRF token: whoever posts to the address
    knows its secret, and no cookie counts here; one is set only where `is_from_here`. It could have none, since a
    browser that sends no `Referer` says `Origin: null`. A `limited` page counts each POST to a link that does not
    exist; who has a link is never stopped.
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


def is_from_here(request) -> bool:
    """Whether a page of the portal sent the form; so, too, where the browser is too old to say (`Sec-Fetch-Site`)."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _answer(view, request, limited, *args, **kwargs):
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)  # Django's own decorator would log the address
    try:
        return view(request, *args, **kwargs)
    except Http404 as error:
        if limited and request.method == "POST" and not consume(request, action="one_time_link"):
            return respond_429(request)
        return not_found(request, error)
