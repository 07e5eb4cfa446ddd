"""What was typed is not lost when a session ended meanwhile: it stands in the form again after signing in.

A form that is sent without a session leads to signing in. Its fields wait in the browser's new session, for the account
that signed in there before, and for an hour. So do those of a form whose token is old, since its account signed in anew
in another window. Then the page of the form is asked as if they were sent now, but no form takes them for sent, and
nothing can be written: whoever is signed in looks them through and presses the button.
"""

import re
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from iscg_portal.signing_in.known_browsers import accounts_known
from iscg_portal.web.errors import csrf_failure, is_sent_by_our_page, wants_json

KEPT = "typed_before"  # in the session
KEPT_FOR = 3600  # seconds
MOST_CHARACTERS = 2_000_000
NOT_KEPT = re.compile("password|^csrfmiddlewaretoken$")  # names of fields
WRITES = re.compile(r'\s{0,99}(?:INSERT INTO|UPDATE|DELETE FROM)\s{1,9}"?(\w{1,99})', re.IGNORECASE)


class TypedBefore(QueryDict):
    """What was typed before; a form shows it and does not take it for sent."""


class ShowsTypedBefore:
    """Mixin of every form and formset behind a sign-in."""

    def is_valid(self):
        return not isinstance(self.data, TypedBefore) and super().is_valid()


class NothingSent(Exception):
    """A page would have written, although nothing was sent yet."""


class TypedBeforeMiddleware:
    """Keeps what is sent without a session, and shows it again. Stands behind accounts and their second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and needs_sign_in(request, response) and keep(request):
            return redirect_to_login(request.get_full_path())
        return response

    def process_view(self, request, view, args, kwargs):
        if request.method != "GET" or not request.user.is_authenticated:
            return None
        kept = request.session.get(KEPT)
        if not kept or kept["address"] != request.get_full_path():
            return None
        del request.session[KEPT]
        return show_again(request, kept, lambda: view(request, *args, **kwargs)) if is_for(kept, request.user) else None


def needs_sign_in(request, response) -> bool:
    """Whether a page, and no script, was told that nobody is signed in."""
    if request.user.is_authenticated or wants_json(request):
        return False
    places = reverse("account_login"), reverse("admin:login")
    return response.status_code == 401 or response.headers.get("Location", "").partition("?")[0] in places


def keep(request) -> bool:
    """Keep what was sent, for who was signed in here, and say so; False if it is not kept."""
    accounts = [request.signed_out] if hasattr(request, "signed_out") else list(accounts_known(request))
    if not _hold(request, accounts):
        return False
    request.session.set_expiry(KEPT_FOR)  # whether or not somebody signs in; then it is a session like any other
    messages.warning(request, _("The portal keeps your text for an hour: sign in, and it is in the form again."))
    return True


def wrong_token(request, reason=""):
    """A form of our own whose token is old, since its account signed in anew in another window, is shown again.

    Of a visitor, whose browser lost it, the page that refuses gives back what was typed.
    """
    own = is_sent_by_our_page(request)
    if own and request.user.is_authenticated and not wants_json(request) and _hold(request, [request.user.pk]):
        return HttpResponseRedirect(request.get_full_path())
    return csrf_failure(request)


def _hold(request, accounts):
    """Keep what was sent, for these accounts; False if it is not kept."""
    typed = request.POST.copy()
    for name in filter(NOT_KEPT.search, request.POST):
        del typed[name]
    typed = typed.urlencode()
    if not accounts or len(typed) > MOST_CHARACTERS or "/accounts/" in request.path:
        return False
    request.session[KEPT] = {
        "accounts": accounts,
        "address": request.get_full_path(),
        "page": page_of_the_form(request),
        "typed": typed,
        "had_files": bool(request.FILES),
        "at": time.time(),
    }
    return True


def page_of_the_form(request) -> str:
    """Where the form stood, as the browser tells; else the portal."""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/"


def is_for(kept, user) -> bool:
    """Whether what was kept is the user's, and not too old."""
    return user.pk in kept["accounts"] and time.time() - kept["at"] < KEPT_FOR


def forget_for_others(request, user, **_of_django):
    """Called when an account signs in: what another one typed is not for it."""
    kept = request.session.get(KEPT)
    if not kept:
        return
    request.session.set_expiry(None)  # as the settings say
    if not is_for(kept, user):
        del request.session[KEPT]


def show_again(request, kept, answer):
    """The page of the form with what was typed; where it has no form, the page from which it was sent."""
    messages.warning(request, _("You are signed in again. Nothing was saved yet: look through it and send it again."))
    if kept["had_files"]:
        messages.warning(request, _("Choose the files again; they were not kept."))
    request.method, request.POST, request._files = "POST", TypedBefore(kept["typed"]), MultiValueDict()
    try:
        with connection.execute_wrapper(refuse_to_write):
            response = answer()
            response = response.render() if hasattr(response, "render") else response
        if response.status_code == 400:  # of a form that is not in order; nobody has sent it yet
            response.status_code = 200
        return response
    except NothingSent:
        return HttpResponseRedirect(kept["page"])
    finally:
        request.method = "GET"


def refuse_to_write(execute, sql, params, many, context):
    """Let nothing be written but what belongs to the session itself and to the limits."""
    written = WRITES.match(sql)
    if written and written[1] not in {"django_session", settings.CACHES["default"]["LOCATION"]}:
        raise NothingSent
    return execute(sql, params, many, context)
