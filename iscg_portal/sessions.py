"""Ending one session of one's own; allauth's page lists them and ends all others."""

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
