"""Suggesting a correction, with a source: a form for whoever has no account, without a script.

The public page stays the same for everyone: its link carries the address of the page, and the fact where it is of one.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.plain_text import cleaned
from iscg_portal.signing_in.limits import attempt
from iscg_portal.text_fields import TypedLine
from workspace.access.rights import Act, asks
from workspace.corrections.acts import suggest
from workspace.models import ReaderCorrection

MOST_LINKS = 5  # in all that a reader writes; a source needs one
_LINK = re.compile(r"https?:|www\.|<a\b|\[url", re.IGNORECASE)
KEPT = ("about", "fact")  # what a link may carry


class CorrectionForm(forms.ModelForm):
    """What is wrong, what is right and what shows it; and a field that only robots fill in."""

    website = TypedLine(required=False, label=gettext_lazy("Leave this blank"))

    class Meta:
        model = ReaderCorrection
        fields = ["about", "fact", "text", "source", "email"]
        help_texts = {
            "fact": gettext_lazy("As it stands on the page."),
            "source": gettext_lazy("The number of a document, or a web address."),
            "email": gettext_lazy("If you want to hear what came of it. It is deleted with the answer."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

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
    form = CorrectionForm(request.POST or None, initial=_carried(request))
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


def _carried(request):
    """What the link says it is about, as far as the fields take it."""
    return {name: cleaned(request.GET.get(name, ""))[:300] for name in KEPT}


@asks(Act.SUGGEST)
@require_safe
def correction_sent(request):
    """What happens next, in the same words for everyone."""
    return render(request, "workspace/correction_sent.html")
