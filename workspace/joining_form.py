"""The form in which a delegate asks to take part; works without JavaScript."""

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iscg_portal.plain_text import no_hidden_marks, one_line
from iscg_portal.tenure.dates import BABEL_LOCALES
from members.admin.people import NOT_COUNTRIES
from workspace.models import JoinRequest


def countries():
    """(code, name) of every country, by name in the active language."""
    names = Locale.parse(BABEL_LOCALES.get(get_language(), "en_GB")).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return sorted((one for one in found if one[0] not in NOT_COUNTRIES), key=lambda one: one[1].casefold())


class JoinForm(forms.ModelForm):
    """What a delegate says, and a field that only robots fill in."""

    website = forms.CharField(required=False, label=_("Leave this blank"))

    class Meta:
        model = JoinRequest
        fields = ["name", "capacity", "country", "affiliation", "email", "message"]
        help_texts = {
            "email": _("A link is sent there, which you open once."),
            "message": _("What the secretariat should know, if anything."),
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 4}), "capacity": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=self.fields["country"].label,
            help_text=self.fields["country"].help_text,
            choices=[("", "—"), *countries()],
            required=False,
        )
        self.fields["capacity"].choices = JoinRequest.Capacity.choices
        for name, filled_by in {"name": "name", "email": "email", "affiliation": "organization"}.items():
            self.fields[name].widget.attrs["autocomplete"] = filled_by
        for name in ("name", "affiliation", "email"):
            self.fields[name].validators.append(one_line)
        self.fields["message"].validators.append(no_hidden_marks)
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    @property
    def said(self):
        """The fields that a reader sees."""
        return [field for field in self if field.name != "website"]

    @property
    def by_a_robot(self):
        """Whether the field that nobody sees was filled in. Ask it after `is_valid`."""
        return bool(self.cleaned_data["website"])
