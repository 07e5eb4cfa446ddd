"""The forms in which somebody says what is wrong: about a subject, and about his or her own entry."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.plain_text import no_hidden_marks, one_line
from iscg_portal.tenure.dates import print_date
from workspace.changes import OF_SUBJECT, on_record
from workspace.confirming import seen_of
from workspace.models import ProposedChange
from workspace.proposal_acts import change

Field = ProposedChange.Field
PROPOSED_OF_SUBJECT = (*OF_SUBJECT, Field.ACTIVITIES)


class SubjectForm(forms.Form):
    """Title, summary and partner organizations as they are on record, to be changed; activities as a text."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=300, validators=[one_line])
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=5000,
        validators=[no_hidden_marks],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    partners = forms.CharField(
        label=gettext_lazy("Partner organizations"),
        required=False,
        max_length=1000,
        validators=[one_line],
        help_text=gettext_lazy("Their abbreviations, with commas."),
    )
    activities = forms.CharField(
        label=gettext_lazy("Proposed activities"),
        required=False,
        max_length=5000,
        validators=[no_hidden_marks],
        help_text=gettext_lazy("What should be done together, by whom, where and when."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=1000,
        validators=[no_hidden_marks],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, subject, language, data=None):
        self.subject, self.language = subject, language
        self.on_record = {field.value: on_record(subject, field, language) for field in OF_SUBJECT}
        self.seen_now = hashlib.sha256("\n".join(self.on_record.values()).encode()).hexdigest()[:32]
        super().__init__(data, initial=self.on_record | {"seen": self.seen_now})

    def clean(self):
        """What was typed over an older record is not taken for a change of the newer one."""
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
            change(field, self.cleaned_data[field], rows.get(field), language=self.language)
            for field in PROPOSED_OF_SUBJECT
        ]

    def typed(self):
        """(label, text) of what was typed, to give it back where it cannot be taken."""
        shown = (self[name] for name in (*PROPOSED_OF_SUBJECT, "why"))
        return [(bound.label, bound.value()) for bound in shown if bound.value()]


class EntryForm(forms.Form):
    """A person's name and offices as they are on record, to be corrected; for each office, from when it is over."""

    honorific = forms.CharField(label=gettext_lazy("Honorific"), required=False, max_length=30, validators=[one_line])
    name = forms.CharField(label=gettext_lazy("Name, as printed"), max_length=200, validators=[one_line])
    remark = forms.CharField(
        label=gettext_lazy("Anything else"),
        required=False,
        max_length=1000,
        validators=[no_hidden_marks],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, person, held, data=None):
        self.person, self.held, self.seen_now = person, held, seen_of(person, held)
        initial = {"honorific": person.honorific, "name": person.name, "seen": self.seen_now}
        super().__init__(data, initial=initial)
        for number, office in enumerate(held):
            self.fields[f"sits_for_{number}"] = forms.CharField(
                label=_("Country or organization for which I hold it"),
                required=False,
                max_length=200,
                validators=[one_line],
                initial=office.term.sits_for,
            )
            self.fields[f"ends_on_{number}"] = forms.DateField(
                label=_("I no longer hold it: the first day without it"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )

    def clean(self):
        """An office cannot be over before it began."""
        cleaned = super().clean()
        for number, office in enumerate(self.held):
            day = cleaned.get(f"ends_on_{number}")
            if day and day <= office.term.starts_on:
                begun = print_date(office.term.starts_on, office.term.starts_precision)
                message = _("It began on %(day)s; the first day without it comes later.")
                self.add_error(f"ends_on_{number}", message % {"day": begun})
        return cleaned

    def identity(self):
        """The fields of the person, for the page."""
        return [self["honorific"], self["name"]]

    def offices(self):
        """(the office, its fields) for the page."""
        return [
            (office, [self[f"sits_for_{number}"], self[f"ends_on_{number}"]]) for number, office in enumerate(self.held)
        ]
