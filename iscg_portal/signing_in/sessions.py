"""How long a session lasts: that of staff a working day at most, and an hour after it was last used."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.utils.translation import gettext as _

BEGAN_AT, USED_AT = "began_at", "used_at"  # seconds since 1970, in the session
NOTED_EVERY = 60  # seconds; a session is not written anew with every click


def begin(request, **_of_django):
    """Called when an account signs in."""
    request.session[BEGAN_AT] = request.session[USED_AT] = time.time()


def is_over(session, now: float) -> bool:
    """Whether a session of staff is over at this moment."""
    began, used = session.get(BEGAN_AT, now), session.get(USED_AT, now)
    return now - began > settings.STAFF_SESSION_LASTS or now - used > settings.STAFF_SESSION_UNUSED


def note_use(session, now: float) -> None:
    """The session is used now. What lies in the future was written before the clock was set back: it begins now."""
    if not now - NOTED_EVERY < session.get(USED_AT, 0) <= now:
        session[USED_AT] = now
    if session.get(BEGAN_AT, now + 1) > now:
        session[BEGAN_AT] = now


class StaffSessionsMiddleware:
    """Ends sessions of staff that are over; `request.signed_out` is then the account. Stands behind the accounts."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated and request.user.is_staff:
            now = time.time()
            if is_over(request.session, now):
                request.signed_out = request.user.pk
                logout(request)
                messages.warning(
                    request, _("You were signed out: that happens after ten hours, or an hour without use.")
                )
            else:
                note_use(request.session, now)
        return self.get_response(request)
