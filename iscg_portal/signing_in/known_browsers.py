"""Browsers in which an account signed in before: nobody elsewhere can use up what such a browser may try.

Who follows or asks to take part has no account: there a link in a mail makes the browser known, for the address. A
signed cookie says which accounts and addresses they are. It signs nobody in: it only keeps the limits of strangers
away, and the browser has a limit of its own (`limits`). See docs/decisions/0026-sessions-and-limits.md.
"""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from iscg_portal.mail.one_time import is_from_here, one_time_page
from iscg_portal.plain_text import normalized

SALT, LINK_SALT = "iscg.known-browser", "iscg.let-in"
KNOWN_FOR = 400 * 86_400  # seconds; no browser keeps a cookie for longer
LINK_GOOD_FOR = 86_400  # seconds
MOST_ACCOUNTS = 5  # of one browser, with the addresses that have none
INCOMPLETE = _("This link is not complete, or older than a day.")
SIGN_IN = "account_login"


def one_spelling(address: str) -> str:
    """An e-mail address as it is counted: two that the database takes for the same have one spelling."""
    return normalized("NFKC", address).strip().upper().lower()


def accounts_known(request) -> dict[int, str]:
    """The accounts that signed in in this browser, the last one at the end, each with the browser's secret number."""
    return {key: number for key, number in _known(request).items() if isinstance(key, int)}


def _known(request):
    """{primary key of an account, or mark of an address: number}."""
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        return dict(signing.loads(cookie, salt=SALT, max_age=KNOWN_FOR))
    except signing.BadSignature:
        return {}


def number_of(request, address: str) -> str:
    """The browser's number for the address, or the account that has it; empty where neither was let in here."""
    known = _known(request)
    number = known.pop(_mark(address), "")
    if number or not known:
        return number
    known = accounts_known(request)
    accounts = get_user_model().objects.filter(pk__in=known, email__iexact=address)
    return known.get(accounts.values_list("pk", flat=True).first(), "")


def remember(request, response, user, **_of_allauth):
    """Called when an account has signed in: from now on its browser is known, for that account."""
    _remember(request, response, user.pk)


def _mark(address):
    """Which address it is, told to nobody who reads the cookie."""
    return salted_hmac(SALT, one_spelling(address)).hexdigest()[:16]


def _remember(request, response, key):
    known = _known(request)
    number = known.pop(key, "") or secrets.token_urlsafe(12)
    accounts = [*known.items(), (key, number)][-MOST_ACCOUNTS:]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps(accounts, salt=SALT),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def link_for(address: str, back: str = SIGN_IN) -> str:
    """Where whoever reads the mails of the address makes a browser known; the path of a page, good for a day.

    `back` is the name of the page to which it then leads. That of signing in needs an account.
    """
    return reverse("let-in", args=[signing.dumps([back, address], salt=LINK_SALT)])


def _told_by(token):
    """(page to which the link leads, its address, the e-mail address). Errors: Http404."""
    try:
        told = signing.loads(token, salt=LINK_SALT, max_age=LINK_GOOD_FOR)
        back, address = [SIGN_IN, told] if isinstance(told, str) else told  # an older version wrote the address alone
        return back, reverse(back), address
    except (signing.BadSignature, NoReverseMatch):
        raise Http404(INCOMPLETE) from None


@one_time_page
def let_in(request, token):
    """The page of `link_for`: GET only shows, since scanners of mail open links; the button makes the browser known.

    What another site sends only shows too: the browser keeps its cookie back there, and would lose what it held.
    """
    back, page, address = _told_by(token)
    account = get_user_model().objects.filter(email__iexact=address, is_active=True).first()
    if account is None and back == SIGN_IN:
        raise Http404(INCOMPLETE)
    if request.method != "POST" or not is_from_here(request):
        return render(request, "account/let_in.html", {"signs_in": back == SIGN_IN})
    response = redirect(page)
    _remember(request, response, account.pk if account else _mark(address))
    return response
