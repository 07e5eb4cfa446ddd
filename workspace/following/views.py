"""Following by e-mail: the form, the one-time link that confirms, and the link that stops it.

GET only shows, since scanners of mail open links; POST does it.
"""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from changes.topics import (
    ACTIVITIES,
    BODIES,
    CALENDAR,
    COMPOSITION,
    FOLLOWED_BODIES,
    MAPPING,
    UNITS,
    topic_of,
    topics_of,
)
from iscg_portal.mail.one_time import one_time_page
from iscg_portal.signing_in.limits import TOO_MANY_MAILS, attempt, is_asked_often
from iscg_portal.text_fields import TypedMailAddress
from iscg_portal.web.errors import gone
from subjects.models import Subject
from workspace.access.rights import Act, asks
from workspace.following import acts as following
from workspace.following.models import DAYS_TO_CONFIRM

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

    def __init__(self, subjects, topic, *args, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = topics_of([BODIES + code for code in FOLLOWED_BODIES])
        offered = [
            (COMPOSITION, _("The composition: who comes and who leaves")),
            (CALENDAR, _("The calendar: meetings planned, moved and cancelled")),
            (ACTIVITIES, _("Joint activities: planned, moved and cancelled")),
            (MAPPING, _("The mapping of studies: periods, units and links")),
        ]
        groups = [
            (_("Bodies"), [(key, body.name) for key, body in bodies.items()]),
            (_("Subjects"), [(subject.slug, str(subject)) for subject in subjects]),
        ]
        known = {key for key, _name in [*offered, *(pair for _group, pairs in groups for pair in pairs)]}
        from_page = [(topic.key, topic.name)] if topic and topic.key not in known else []
        self.fields["about"].choices = [*from_page, *offered, *groups]


@asks(Act.FOLLOW)
@require_http_methods(FORM_METHODS)
def follow(request):
    """The form. The answer is the same whether or not the address already follows.

    Persons, activities and study units are too many to choose among: the form offers the one from whose page the
    reader comes.
    """
    subjects = list(Subject.objects.public().order_by("code"))
    topic = _asked_topic(request, subjects)
    form = FollowForm(subjects, topic, request.POST or None, initial={"about": topic.key if topic else COMPOSITION})
    if request.method == "POST" and form.is_valid():
        email, about = form.cleaned_data["email"], form.cleaned_data["about"]
        if attempt(request, "follow", email):
            following.ask(email, about, asked_often=is_asked_often(request, email))
            return HttpResponseRedirect(reverse("workspace:follow-asked"))
        form.add_error(None, TOO_MANY_MAILS)
    context = {"form": form, "days": DAYS_TO_CONFIRM, "feed": topic.feed if topic else ""}
    return render(request, "workspace/follow.html", context, status=_status(form))


def _status(form):
    if form.has_error(NON_FIELD_ERRORS):
        return 429
    return 400 if form.errors else 200


def _asked_topic(request, subjects):
    """What the page is about from which the reader comes, or what was sent; None where it is neither.

    Errors: Http404 with a sentence where the page names what is not on record.
    """
    code, unit, about = (request.GET.get(name, "") for name in ("subject", "unit", "about"))
    if code:
        about = next((subject.slug for subject in subjects if subject.code == code), "")
        if not about:
            raise Http404(_("No subject with this code is on record."))
    about = f"{UNITS}{unit}" if unit else about
    if not about:
        return topic_of(request.POST.get("about", "")) if request.method == "POST" else None
    topic = topic_of(about)
    if topic is None:
        if unit:
            raise Http404(_("No study unit with this address is on record."))
        raise Http404(_("What you want to follow is not on record."))
    return topic


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
    topic = topic_of(found.about) if found else None
    if found and topic is None:
        return gone(request, _("What you wanted to follow is no longer on record, so there is nothing to confirm."))
    if found is None or (request.method == "POST" and not following.confirm(token)):
        return _gone(request)
    context = {"what": topic.name, "feed": topic.feed, "page": topic.page, "done": request.method == "POST"}
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
