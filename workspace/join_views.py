"""Asking to take part (clause C5), for whoever has no account. A form, so no public page: it has a cookie."""

from allauth.core import ratelimit
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iscg_portal.mail.one_time import one_time_page
from iscg_portal.web.errors import too_many_requests
from workspace import joining
from workspace.joining_form import JoinForm
from workspace.models import JoinRequest
from workspace.rights import Act, asks


@asks(Act.JOIN)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """The form. The answer is the same whether or not the address is known, and for robots too."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _within_limits(request, form.cleaned_data["email"]):
            return too_many_requests(request)
        if not form.by_a_robot:
            asked = form.save(commit=False)
            asked.language = get_language()
            joining.ask(asked)
        return HttpResponseRedirect(reverse("workspace:join-asked"))
    return render(request, "workspace/join.html", {"form": form})


def _within_limits(request, email):
    """Counted in the shared cache, behind a proxy by the address that the proxy saw."""
    return ratelimit.consume(request, action="join", key=email.lower())


@asks(Act.JOIN)
@require_http_methods(["GET", "HEAD"])
def join_asked(request):
    """What comes next, in the same words for everyone."""
    return render(request, "workspace/join_asked.html")


@asks(Act.JOIN)
@one_time_page
def join_confirm(request, token):
    """The link of the mail: looking only shows, the button confirms the address."""
    asked = JoinRequest.objects.at(token)
    if asked is None:
        raise Http404(_("There is no such link. It may be incomplete: copy the whole address from the mail."))
    if request.method == "POST" and joining.confirm_address(asked):
        return render(request, "workspace/join_confirmed.html")
    status = 200 if request.method != "POST" and asked.is_open else 410
    return render(request, "workspace/join_confirm.html", {"is_open": status == 200}, status=status)
