"""In the form of an office: a person or a State that is not on record yet; one that is nearly there is offered."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.history import save_with_reason
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.text_fields import TypedLine
from members.models import Country, Person
from members.models.countries import SHORT_NAMES

NEITHER = "new"
STATE = "state_"  # before the name of a field of a new State
_FIELDS_OF_STATE = fields_for_model(Country, ["code", "standing", *SHORT_NAMES, "names_source"])
STATE_FIELDS = [f"{STATE}{name}" for name in _FIELDS_OF_STATE]
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


class EntersPersons(ShowsTypedBefore, forms.Form):
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
    which_person = TypedLine(label=gettext_lazy("Who is meant"), required=False, widget=forms.HiddenInput)
    which_state = TypedLine(label=gettext_lazy("Which is meant"), required=False, widget=forms.HiddenInput)
    vars().update({f"{STATE}{name}": field for name, field in _FIELDS_OF_STATE.items()})
    may_enter = frozenset()
    newcomer = new_state = None

    def allow_new(self):
        """Take away what the account may not add; to be called once the form has its fields."""
        self.fields["new_honorific"].widget.attrs["size"] = 6
        for name in STATE_FIELDS:
            self.fields[name].required = False
            self.fields[name].widget.attrs["dir"] = "auto"
        gone = [] if "members.country" in self.may_enter else [*STATE_FIELDS, "which_state"]
        gone += [] if "members.person" in self.may_enter else ["new_honorific", "new_name", "which_person"]
        for name in gone:
            del self.fields[name]
        self.fields["person"].required &= "new_name" not in self.fields
        if hasattr(self.fields["person"].widget, "can_add_related"):
            self.fields["person"].widget.can_add_related = False

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

    def new_rows(self):
        """Who and what is new, by the field that names it."""
        return {name: row for name, row in (("person", self.newcomer), ("country", self.new_state)) if row is not None}

    def enter(self, reason, by):
        """Save who and what is new; inside the transaction of the act."""
        for name, row in self.new_rows().items():
            row.full_clean()
            save_with_reason(row, reason, by)
            self.cleaned_data[name] = row


def enterable_by(account):
    """For `may_enter`: what the account may add."""
    return frozenset(
        one for one in ("members.person", "members.country") if account.has_perm(one.replace(".", ".add_"))
    )


class EntersNew(EntersPersons):
    """The same, of a form for a new record of the admin."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.allow_new()

    def clean(self):
        """What is new is not judged as a choice."""
        data = super().clean()
        for name in self.new_rows():
            data.pop(name, None)
        return data

    def save_before(self, *, reason="", by=None):
        """The record names them once they are saved."""
        self.enter(reason, by)
        for name, row in self.new_rows().items():
            setattr(self.instance, name, row)


class Adding:
    """Mixin of a ModelAdmin with `person` and `country`: who is not on record is entered with a new record."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            own = {"may_enter": enterable_by(request.user)}
            kwargs.setdefault("form", type(f"New{self.form.__name__}", (EntersNew, self.form), own))
        return super().get_form(request, obj, change=change, **kwargs)

    def with_new(self, request, fieldsets):
        """The fieldsets for a new record, with what may be entered beside `person` and `country`."""
        may_enter = enterable_by(request.user)
        beside = {"person": WHO[1:] if "members.person" in may_enter else []}
        beside["country"] = ["which_state"] if "members.country" in may_enter else []
        for title, options in fieldsets:
            fields = [one for name in options["fields"] for one in (name, *beside.get(name, []))]
            yield title, {**options, "fields": fields}
        if "members.country" in may_enter:
            yield NEW_STATE


class AddingOffice(Adding):
    """The same for an office: four things are asked, and the rest is folded (A0, A3, C1, C2)."""

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        if obj is not None:
            return found
        (_none, who), (_beginning, begins), (end, ends), (evidence, proven) = found
        (start, precision), *decision = begins["fields"]
        asked = [
            (None, {"fields": [*who["fields"], start]}),
            (gettext_lazy("Decision"), {"fields": decision}),
            (end, {**ends, "classes": ["collapse"]}),
            (evidence, {"classes": ["collapse"], "fields": [precision, *proven["fields"]]}),
        ]
        return list(self.with_new(request, asked))
