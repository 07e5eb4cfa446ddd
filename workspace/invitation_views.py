"""The page behind an invitation: looking only shows, the button opens the account."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.one_time import one_time_page
from workspace import inviting
from workspace.models import Invitation
from workspace.rights import Act, asks


@asks(Act.READ)
@one_time_page
def invitation(request, token):
    """Good once; whoever comes second reads so. Nobody is signed in by it: a code does that."""
    found = Invitation.objects.at(token)
    if found is None:
        raise Http404(_("There is no such link. It may be incomplete: copy the whole address from the mail."))
    refusal = ""
    if request.method == "POST":
        try:
            if inviting.accept(found):
                messages.success(request, _("Your account is open. Ask for a code with the same address to sign in."))
                return HttpResponseRedirect(reverse("account_request_login_code"))
        except ValidationError:  # says something of an account
            refusal = _("This invitation does not fit any more. Ask the secretariat for another one.")
    is_open = not refusal and request.method != "POST" and found.is_open
    context = {"invitation": found, "is_open": is_open, "refusal": refusal}
    return render(request, "workspace/invitation.html", context, status=200 if is_open else 410)
