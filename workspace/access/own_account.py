"""What the owner of an account may do with it: read everything about oneself, take part no longer, close it."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workspace.access import closing
from workspace.access.my_data import everything_about
from workspace.access.rights import Act, asks
from workspace.following.acts import followed_by
from workspace.joining import acts as joining
from workspace.models import Participant


@asks(Act.KEEP_OWN_DATA)
@require_safe
def my_data(request):
    """What the portal keeps about me in short, where the file is, and what I follow."""
    return render(request, "workspace/my_data.html", {"followed": followed_by(request.user.email)})


@asks(Act.KEEP_OWN_DATA)
@require_safe
def my_data_file(request):
    """All of it as JSON."""
    response = JsonResponse(everything_about(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="iscg-my-data.json"'
    return response


@asks(Act.LEAVE)
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request):
    """What I said of myself when I asked to take part; POST ends it."""
    mine, problem = Participant.objects.taking_part(request.user.email).first(), ""
    if request.method == "POST" and mine:
        try:
            joining.end(mine, reason=joining.BY_ONESELF, by=request.user)
        except ValidationError as error:
            problem = error.messages[0]
        else:
            messages.success(request, _("You take part no longer."))
            return HttpResponseRedirect(reverse("workspace:workspace"))
    context = {"mine": mine, "problem": problem, "mailbox": joining.MAILBOX}
    return render(request, "workspace/participation.html", context, status=409 if problem else 200)


@asks(Act.KEEP_OWN_DATA)
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request):
    """GET says what will be so; POST closes the account for good."""
    problem = ""
    if request.method == "POST":
        try:
            closing.close(request.user)
        except ValidationError as error:
            problem = error.messages[0]
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return HttpResponseRedirect(reverse("account_login"))
    return render(request, "workspace/close_account.html", {"problem": problem}, status=409 if problem else 200)
