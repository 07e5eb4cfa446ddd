"""In the form of an office: a person or a State that is not on record yet; one that is nearly there is offered."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.history import save_with_reason
from iscg_portal.text_fields import TypedLine
from members.models import Country, Person
from members.models.countries import SHORT_NAMES

NEITHER = "new"
STATE = "state_"  # before the name of a field of a new State
STATE_FIELDS = [f"{STATE}{name}" for name in ("code", "standing", *SHORT_NAMES, "names_source")]
NEW_STATE = (
    gettext_lazy("A State that is not in the list"),
    {
        "classes": ["collapse"],
        "description": gettext_lazy(
            "It is entered in the list together with the term. The names are those of the Union."
        ),
        "fields": STATE_FIELDS,
    },
)
WHO = ["person", ("new_honorific", "new_name"), "which_person"]
FOR_WHOM = ["country", "which_state", "organization"]


class EntersPersons(forms.Form):
    """Mixin of a form with `person` and `country`: a new one is written in the same form, and saved with the act.

    `may_enter` says which of the two the account may add: {"members.person", "members.country"}.
    """

    new_honorific = TypedLine(label=gettext_lazy("Honorific"), required=False, max_length=30)
    new_name = TypedLine(
        label=gettext_lazy("Somebody new"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The name as printed, where the person is not in the list: “Noah LUO”."),
    )
    which_person = forms.CharField(label=gettext_lazy("Who is meant"), required=False, widget=forms.HiddenInput)
    which_state = forms.CharField(label=gettext_lazy("Which is meant"), required=False, widget=forms.HiddenInput)
    may_enter = frozenset()
    newcomer = new_state = None

    def allow_new(self):
        """Take away what the account may not add; to be called once the form has its fields."""
        self.fields["new_honorific"].widget.attrs["size"] = 6
        state = fields_for_model(Country, [name.removeprefix(STATE) for name in STATE_FIELDS])
        for name, field in state.items():
            field.required = False
            field.widget.attrs["dir"] = "auto"
            self.fields[f"{STATE}{name}"] = field
        gone = [] if "members.country" in self.may_enter else [*STATE_FIELDS, "which_state"]
        gone += [] if "members.person" in self.may_enter else ["new_honorific", "new_name", "which_person"]
        for name in gone:
            del self.fields[name]
        self.fields["person"].required &= "new_name" not in self.fields

    def clean(self):
        data = super().clean()
        if "new_name" in self.fields:
            self._read_person(data)
        if "which_state" in self.fields:
            self._read_state(data)
        return data

    def _read_person(self, data):
        name, chosen = data.get("new_name"), data.get("person")
        if not name and not chosen and not self.has_error("person"):
            message = _("This field is required: choose a person, or write below who is not in the list.")
            self.add_error("person", message)
        elif name and chosen:
            self.add_error("new_name", _("A person is chosen above: leave this blank, or take that choice away."))
        elif name:
            near = Person.objects.near(name)
            found = self._which("which_person", near, _("Is it somebody who is on record?"), _("No, somebody else"))
            data["person"] = found
            if found is None and not self.has_error("which_person"):
                self.newcomer = Person(honorific=data.get("new_honorific", ""), name=name)
                self._judge_person(bool(near))

    def _judge_person(self, is_another):
        try:
            if is_another:
                self.newcomer.set_apart()
            self.newcomer.full_clean()
        except ValidationError as refused:
            self.add_error("new_name", refused.messages)

    def _read_state(self, data):
        values = {name.removeprefix(STATE): data.get(name) or "" for name in STATE_FIELDS}
        if not any(values.values()):
            return
        if data.get("country") or data.get("organization"):
            self.add_error(f"{STATE}code", _("A country or an organization is given above: leave one of them blank."))
            return
        name = values["short_name_en"]
        near = Country.objects.near(name) if name else []
        found = self._which("which_state", near, _("Is it a State that is on record?"), _("No, another one"))
        data["country"] = found
        if found is None and not self.has_error("which_state"):
            self.new_state = Country(**values)
            self._judge_state()

    def _judge_state(self):
        if not self.new_state.standing:
            self.add_error(f"{STATE}standing", _("Say as what the State takes part."))
        try:
            self.new_state.full_clean()
        except ValidationError as refused:
            for name, errors in refused.error_dict.items():
                field = f"{STATE}{name}"
                self.add_error(field if field in self.fields else f"{STATE}code", errors)

    def _which(self, name, near, question, neither):
        """The record that was meant among those nearly of the name; None for a new one, or while it is not said."""
        if not near:
            return None
        answers = {str(one.pk): one for one in near} | {NEITHER: None}
        labels = [(key, str(one) if one else neither) for key, one in answers.items()]
        self.fields[name].widget = forms.RadioSelect(choices=labels)
        answer = self.cleaned_data.get(name)
        if answer not in answers:
            self.add_error(name, question)
            return None
        return answers[answer]

    def enter(self, reason, by):
        """Save who and what is new; inside the transaction of the act."""
        for name, row in (("person", self.newcomer), ("country", self.new_state)):
            if row is not None:
                row.full_clean()
                save_with_reason(row, reason, by)
                self.cleaned_data[name] = row


def enterable_by(account):
    """For `may_enter`: what the account may add."""
    return frozenset(
        one for one in ("members.person", "members.country") if account.has_perm(one.replace(".", ".add_"))
    )
