"""Browsers in which an account signed in before: nobody elsewhere can use up what such a browser may try.

A signed cookie says which accounts they are. It signs nobody in: it only keeps the limits of strangers away, and the
browser has a limit of its own (`limits`). See docs/decisions/0026-sessions-and-limits.md.
"""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.one_time import one_time_page

SALT, LINK_SALT = "iscg.known-browser", "iscg.let-in"
KNOWN_FOR = 400 * 86_400  # seconds; no browser keeps a cookie for longer
LINK_GOOD_FOR = 86_400  # seconds
MOST_ACCOUNTS = 5  # of one browser


def accounts_known(request) -> dict[int, str]:
    """The accounts that signed in in this browser, the last one at the end, each with the browser's secret number."""
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        return dict(signing.loads(cookie, salt=SALT, max_age=KNOWN_FOR))
    except signing.BadSignature:
        return {}


def number_of(request, address: str) -> str:
    """The browser's number for the account with this address; empty where that account did not sign in here."""
    known = accounts_known(request)
    if not known:
        return ""
    accounts = get_user_model().objects.filter(pk__in=known, email__iexact=address)
    return known.get(accounts.values_list("pk", flat=True).first(), "")


def remember(request, response, user, **_of_allauth):
    """Called when an account has signed in: from now on its browser is known, for that account."""
    known = accounts_known(request)
    number = known.pop(user.pk, "") or secrets.token_urlsafe(12)
    accounts = [*known.items(), (user.pk, number)][-MOST_ACCOUNTS:]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps(accounts, salt=SALT),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def link_for(address: str) -> str:
    """Where whoever reads the mails of the address makes a browser known; the path of a page, good for a day."""
    token = signing.dumps(address, salt=LINK_SALT)
    return reverse("let-in", args=[token])


@one_time_page
def let_in(request, token):
    """The page of `link_for`: GET only shows, since scanners of mail open links; the button makes the browser known."""
    try:
        address = signing.loads(token, salt=LINK_SALT, max_age=LINK_GOOD_FOR)
        account = get_user_model().objects.get(email__iexact=address, is_active=True)
    except (signing.BadSignature, get_user_model().DoesNotExist):
        raise Http404(_("This link is not complete, or older than a day.")) from None
    if request.method != "POST":
        return render(request, "account/let_in.html")
    response = redirect("account_login")
    remember(request, response, account)
    return response
