"""Ending sessions: one of one's own (allauth's page ends all others), and those from before a second factor."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@login_required
@require_POST
def end_session(request, pk):
    """Sign out there; 404 for a session of somebody else."""
    session = UserSession.objects.filter(user=request.user, pk=pk).first()
    if session is None:
        raise Http404(_("You have no such session; it may be over already."))
    is_here = session.is_current()
    session.end()
    if is_here:
        logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    messages.success(request, _("That session is over."))
    return HttpResponseRedirect(reverse("usersessions_list"))


def end_those_before_a_factor(request, user, **_of_allauth):
    """Called when a second factor is set up: sessions of the account that began without it end, but for this one.

    Else whoever had signed in before, by a stolen password, would be in the admin as soon as the owner sets one up.
    """
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
