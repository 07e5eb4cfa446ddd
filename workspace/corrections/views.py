"""Suggesting a correction, with a source: a form for whoever has no account, without a script.

The public page stays the same for everyone: its link carries the address of the page, and the fact where it is of one.
The form reads that page and offers its facts to choose from. An address puts no other words into it.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.plain_text import cleaned
from iscg_portal.signing_in.limits import attempt
from iscg_portal.text_fields import TypedLine
from workspace.access.rights import Act, asks
from workspace.corrections.acts import suggest
from workspace.corrections.facts import facts_of
from workspace.corrections.models import MOST_ON_RECORD
from workspace.models import ReaderCorrection

MOST_LINKS = 5  # in all that a reader writes; a source needs one
_LINK = re.compile(r"https?:|www\.|<a\b|\[url", re.IGNORECASE)
MOST_SHOWN = 120  # characters of a fact to choose
CHANGED = gettext_lazy("The facts have changed since this page was opened. Look at them again.")


class CorrectionForm(forms.ModelForm):
    """What is wrong, what is right and what shows it; and a field that only robots fill in."""

    website = TypedLine(required=False, label=gettext_lazy("Leave this blank"))

    class Meta:
        model = ReaderCorrection
        fields = ["about", "on_record", "fact", "text", "source", "email"]
        help_texts = {
            "fact": gettext_lazy("As it stands on the page."),
            "source": gettext_lazy("The number of a document, or a web address."),
            "email": gettext_lazy("If you want to hear what came of it. It is deleted with the answer."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, facts, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = {fact.key: fact.text for fact in facts}
        if facts or self.data.get("on_record"):
            label = capfirst(self.fields["on_record"].label)
            self.fields["on_record"] = forms.ChoiceField(label=label, required=False, choices=_by_heading(facts))
            self.fields["on_record"].error_messages["invalid_choice"] = CHANGED
        else:
            del self.fields["on_record"]
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    def clean_on_record(self):
        """What the page tells, in its own words."""
        return self.texts.get(self.cleaned_data["on_record"], "")[:MOST_ON_RECORD]

    def clean(self):
        """A handful of links at most: a suggestion is no advertisement."""
        data = super().clean()
        links = sum(len(_LINK.findall(data.get(name) or "")) for name in ("about", "fact", "text", "source"))
        if links > MOST_LINKS:
            message = _(
                "Your text has %(count)d links; at most %(most)d are accepted. Keep the one that proves it best."
            )
            raise ValidationError(message % {"most": MOST_LINKS, "count": links})
        return data

    @property
    def said(self):
        """The fields that a reader sees."""
        return [field for field in self if field.name != "website"]


@asks(Act.SUGGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def new_correction(request):
    """The form. A refusal keeps what was typed; a robot gets the same answer as everyone."""
    about = cleaned(request.POST.get("about") or request.GET.get("about", ""))
    facts = facts_of(about, request)
    named = [fact.key for fact in facts or () if fact.link and fact.link == request.GET.get("fact")]
    initial = {"about": "" if facts is None else about, "on_record": named[0] if named else ""}
    form = CorrectionForm(request.POST or None, initial=initial, facts=facts or ())
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            problem = _suggested(request, form)
            if problem is None:
                return HttpResponseRedirect(reverse("workspace:correction-sent"))
            status, sentences = problem
            form.add_error(None, sentences)
    return render(request, "workspace/correction.html", {"form": form}, status=status)


def _suggested(request, form):
    """None where it is kept, or was a robot's; else the status and the sentences that refuse it."""
    if form.cleaned_data["website"]:
        return None
    if not attempt(request, "correction", form.cleaned_data["email"]):
        return 429, [_("Too many suggestions came from you or around you. Wait an hour, then send it again.")]
    correction = form.save(commit=False)
    correction.language = get_language()
    try:
        suggest(correction)
    except ValidationError as error:
        return 400, error.messages
    return None


def _by_heading(facts):
    """The facts as choices, under the headings of the page."""
    groups = {}
    for fact in facts:
        groups.setdefault(fact.heading, []).append((fact.key, Truncator(fact.text).chars(MOST_SHOWN)))
    first = groups.pop("", [])
    return [("", "---------"), *first, *groups.items()]


@asks(Act.SUGGEST)
@require_safe
def correction_sent(request):
    """What happens next, in the same words for everyone."""
    return render(request, "workspace/correction_sent.html")
