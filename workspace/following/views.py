"""Following by e-mail: the form, the one-time link that confirms, and the link that stops it.

GET only shows, since scanners of mail open links; POST does it.
"""

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.mail.one_time import one_time_page
from iscg_portal.signing_in.limits import attempt
from iscg_portal.text_fields import TypedMailAddress
from iscg_portal.web.errors import gone, too_many_requests
from studies.models import StudyUnit
from subjects.models import Subject
from workspace.access.rights import Act, asks
from workspace.following import acts as following
from workspace.following.models import COMPOSITION, DAYS_TO_CONFIRM, UNITS

FORM_METHODS = ["GET", "HEAD", "POST"]
LONGEST_ADDRESS = 254  # characters, as everywhere in the record


class FollowForm(forms.Form):
    """An address, and what it wants to follow."""

    about = forms.ChoiceField(label=gettext_lazy("What to follow"), required=False)
    email = TypedMailAddress(
        label=gettext_lazy("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, subjects, unit, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [
            (COMPOSITION, _("The composition: who comes and who leaves")),
            *((subject.slug, str(subject)) for subject in subjects),
            *([(f"{UNITS}{unit.slug}", str(unit))] if unit else []),
        ]


@asks(Act.FOLLOW)
@require_http_methods(FORM_METHODS)
def follow(request):
    """The form. The answer is the same whether or not the address already follows.

    Study units are too many to choose among: the form offers the one from whose page the reader comes.
    """
    subjects, unit = list(Subject.objects.order_by("code")), _asked_unit(request)
    about = f"{UNITS}{unit.slug}" if unit else _asked_about(request, subjects)
    form = FollowForm(subjects, unit, request.POST or None, initial={"about": about})
    if request.method == "POST" and form.is_valid():
        email, about = form.cleaned_data["email"], form.cleaned_data["about"]
        if not attempt(request, "follow", email):
            return too_many_requests(request)
        following.ask(email, about)
        return HttpResponseRedirect(reverse("workspace:follow-asked"))
    context = {"form": form, "days": DAYS_TO_CONFIRM}
    return render(request, "workspace/follow.html", context, status=400 if form.errors else 200)


def _asked_unit(request):
    """The study unit from whose page the reader comes, or that was sent; None where there is none."""
    slug = request.GET.get("unit") or request.POST.get("about", "").partition(UNITS)[2]
    may_be = slug.isascii() and slug.isprintable()  # PostgreSQL refuses to look for some others
    unit = StudyUnit.objects.with_period().filter(slug=slug).first() if slug and may_be else None
    if unit is None and request.GET.get("unit"):
        raise Http404(_("No study unit with this address is on record."))
    return unit


def _asked_about(request, subjects):
    """The slug of the subject from whose page the reader comes; the query names its code."""
    code = request.GET.get("subject")
    if not code:
        return COMPOSITION
    about = next((subject.slug for subject in subjects if subject.code == code), None)
    if about is None:
        raise Http404(_("No subject with this code is on record."))
    return about


@asks(Act.FOLLOW)
@require_safe
def asked(request):
    """What happens next: a mail with a link."""
    return render(request, "workspace/follow_asked.html", {"days": DAYS_TO_CONFIRM})


@asks(Act.FOLLOW)
@one_time_page
def confirm(request, token):
    """The link of the mail: GET shows what would be followed, POST spends the link."""
    found = following.to_confirm(token)
    followed = following.followed_of(found.about) if found else None
    if found is None or (found.about != COMPOSITION and followed is None):
        return _gone(request)
    if request.method == "POST" and not following.confirm(token):
        return _gone(request)
    context = {"what": following.what(followed), "done": request.method == "POST"}
    return render(request, "workspace/follow_confirm.html", context)


def _gone(request):
    sentence = _("This link was already used, is older than %(days)d days, or is incomplete. You can ask again.")
    return gone(request, sentence % {"days": DAYS_TO_CONFIRM})


@asks(Act.FOLLOW)
@one_time_page(limited=False)  # mail programs post here by themselves (RFC 8058), many from one address
def stop(request, token):
    """The link at the end of each mail: GET shows a button, POST unsubscribes. Doing it again does no harm."""
    key = following.key_of(token)
    if key is None:
        raise Http404(_("This link is incomplete. Open it from the mail again."))
    if request.method == "POST":
        following.stop(key)
    return render(request, "workspace/follow_stop.html", {"done": request.method == "POST"})
