"""Proposing corrections and activities for one's subjects, and taking a proposal back."""

import hashlib

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.text_fields import TypedLine, TypedText
from subjects.models import Subject
from workspace.access.rights import Act, asks, may_for, office_lost
from workspace.models import Proposal
from workspace.proposals.activities import ActivityForm
from workspace.proposals.acts import change, submit, withdraw
from workspace.proposals.fields import OF_SUBJECT, on_record

MOST = 50


class SubjectForm(ShowsTypedBefore, forms.Form):
    """Title, summary and partner organizations as they are on record, to be changed."""

    title = TypedLine(label=gettext_lazy("Title"), required=False, max_length=300)
    summary = TypedText(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    partners = TypedLine(
        label=gettext_lazy("Partner organizations"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Their abbreviations, with commas."),
    )
    why = TypedText(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, subject, language, data=None):
        self.subject, self.language = subject, language
        self.on_record = {field.value: on_record(subject, field, language) for field in OF_SUBJECT}
        self.seen_now = hashlib.sha256("\n".join(self.on_record.values()).encode()).hexdigest()[:32]
        super().__init__(data, initial=self.on_record | {"seen": self.seen_now})

    def clean(self):
        """Text typed over an older record does not count as a change of the newer one."""
        super().clean()
        if self.on_record["title"] and self.cleaned_data.get("title") == "":
            self.add_error("title", _("A subject has a title."))
        if self.cleaned_data.get("seen") == self.seen_now:
            return
        self.data = self.data.copy()
        self.data["seen"] = self.seen_now
        for field, value in self.on_record.items():
            self[field].help_text = _("On record now: %(value)s") % {"value": value or "—"}
        raise ValidationError(
            _("The record was changed since you opened this page. What you typed is kept; look at it, then send it."),
            code="moved",
        )

    def changes(self):
        """The fields as proposed, unsaved."""
        rows = dict.fromkeys(OF_SUBJECT, self.subject)
        return [
            change(field, self.cleaned_data[field], rows.get(field), language=self.language) for field in OF_SUBJECT
        ]

    def typed(self):
        """(label, text) of what was typed, to give it back where it cannot be taken."""
        shown = (self[name] for name in (*OF_SUBJECT, "why"))
        return [(bound.label, bound.value()) for bound in shown if bound.value()]


@asks(Act.PROPOSE, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request, slug):
    """The record of a subject, for its Coordinator and Focal Points of today to correct."""
    found = get_object_or_404(Subject, slug=slug)
    form = SubjectForm(found, get_language(), request.POST or None)
    if not may_for(request.user, Act.PROPOSE, found):
        return office_lost(request, found, form.typed())
    status = 200
    if request.method == "POST" and form.is_valid():
        if answer := _submitted(request, found, form):
            return answer
    elif form.has_error("__all__", code="moved"):
        status = 409
    proposals = Proposal.objects.newest_of(request.user.person, MOST, subject=found)
    context = {"subject": found, "form": form, "proposals": proposals}
    return render(request, "workspace/subject.html", context, status=status)


@asks(Act.PROPOSE, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request, slug):
    """A form for an activity about a subject, for its Coordinator and Focal Points of today."""
    found = get_object_or_404(Subject, slug=slug)
    form = ActivityForm(get_language(), request.POST or None)
    if not may_for(request.user, Act.PROPOSE, found):
        return office_lost(request, found, form.typed())
    if request.method == "POST" and form.is_valid():
        if answer := _submitted(request, found, form):
            return answer
    return render(request, "workspace/activity.html", {"subject": found, "form": form})


def _submitted(request, subject, form):
    """To the page of the subject, with the proposal handed in; None where it is refused, and the form says why."""
    about = {"account": request.user, "subject": subject, "why": form.cleaned_data["why"]}
    try:
        submit(request.user.person, form.changes(), language=get_language(), **about)
    except ValidationError as error:
        return form.add_error(None, error.messages)
    messages.success(request, _("Your proposal waits for the secretariat. Nothing public has changed yet."))
    return redirect("workspace:subject", subject.slug)


@asks(Act.PROPOSE, enforced=False)
@login_required
@require_POST
def withdraw_proposal(request, pk):
    """Withdraw one's own proposal while it waits."""
    found = Proposal.objects.filter(pk=pk, person__isnull=False, person=request.user.person_id).first()
    if found is None:
        raise Http404(_("You have made no such proposal."))
    try:
        withdraw(found, by=request.user)
        messages.success(request, _("Your proposal is withdrawn."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(reverse("workspace:workspace"))
