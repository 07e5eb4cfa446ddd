"""The page of what somebody with an account holds and has to do, and the account's own settings."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.plain_text import one_line
from iscg_portal.tenure.dates import today
from members.models import Account
from workspace.colleagues import circles_of
from workspace.desk import desk_of
from workspace.rights import Act, asks


class SettingsForm(forms.ModelForm):
    """What the owner of an account says about it; everything else is said by staff."""

    class Meta:
        model = Account
        fields = ["name", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(one_line)


@asks(Act.OPEN_WORKSPACE)
@require_http_methods(["GET", "HEAD", "POST"])
def workspace(request):
    """What I hold and until when, meetings and documents of my subjects, my settings."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        account = form.save(commit=False)
        account.save(update_fields=["name", "language"])
        with override(account.language):
            messages.success(request, _("Your settings are saved."))
            return HttpResponseRedirect(reverse("workspace:workspace"))
    now = today()
    return render(request, "workspace/workspace.html", {"desk": desk_of(request.user, now), "form": form, "as_on": now})


@asks(Act.SEE_COLLEAGUES, enforced=False)
@login_required
@require_safe
def colleagues(request):
    """How to reach those with whom the holder of an office of today works."""
    circles = circles_of(request.user.person_id, today())
    if not circles:
        raise PermissionDenied
    return render(request, "workspace/colleagues.html", {"circles": circles})
