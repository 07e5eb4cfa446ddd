"""The question of a page: from when is the record complete now? Asked where an act takes back what that rests on.

The rule is `iscg_portal.tenure.completeness`; here are its forms, one for each keeper that is asked about.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.completeness import field_of, keepers_asked
from iscg_portal.tenure.day_field import DayInput

PREFIX = "complete-"
SENT = re.compile(rf"{PREFIX}(?P<key>[a-z.]+:[\w-]+)-about")


class CompleteFromForm(ShowsTypedBefore, forms.Form):
    """From which day the record of one seat, subject or body is complete now."""

    about = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    day = DayInput(
        label=gettext_lazy("Record complete from, now"),
        required=False,
        help_text=gettext_lazy(
            "From this day on the record has no holes: a day without a holder is then shown as a vacancy. Give the"
            " same day as before only if you know that nobody held the office."
        ),
    )
    not_known = forms.BooleanField(
        label=gettext_lazy("This is not known"),
        required=False,
        help_text=gettext_lazy("Days without a holder then read “not recorded”."),
    )

    def __init__(self, key, *args, **kwargs):
        self.key = key
        super().__init__(*args, prefix=f"{PREFIX}{key}", **kwargs)
        if other := field_of(key):
            self.fields["day"].help_text = other.help_text
            self.fields["not_known"].help_text = ""

    @property
    def name(self):
        """What it is about, as its heading."""
        return self["about"].value()

    def clean(self):
        cleaned = super().clean()
        if "day" in cleaned and bool(cleaned["day"]) == cleaned["not_known"]:
            raise ValidationError(_("Give the day, or tick that this is not known."))
        return cleaned


def sent_answers(data):
    """The forms that were sent, by the key of their keeper."""
    found = (SENT.fullmatch(name) for name in data)
    return {one["key"]: CompleteFromForm(one["key"], data) for one in found if one}


def refuse_unclear(sent):
    """Raise a ValidationError where a form that was sent says neither or both."""
    if not all(form.is_valid() for form in sent.values()):
        raise ValidationError(_("Say from which day the record is complete now, or that this is not known."))


def answers_of(sent):
    """{key of a keeper: day or None} of the forms that say something."""
    return {key: form.cleaned_data["day"] for key, form in sent.items() if form.is_valid()}


def questions(errors, sent):
    """The forms to show: those that were sent, and those for what the ValidationErrors ask."""
    asked = {key: str(keeper) for key, keeper in keepers_asked(errors).items() if key not in sent}
    return [*sent.values(), *(CompleteFromForm(key, initial={"about": name}) for key, name in asked.items())]
