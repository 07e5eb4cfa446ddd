"""Forms of the admin: one that is judged with its page, one that reads dates as they are known."""

import datetime

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.languages import in_a_row
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.dates import EndPrecision, StartPrecision, print_date
from iscg_portal.tenure.day_field import DATE_ATTRS
from iscg_portal.tenure.typed_dates import LONGEST_DATE, read_date
from iscg_portal.text_fields import TypedLine


class RecordForm(ShowsTypedBefore, forms.ModelForm):
    """A record's form on its page.

    `refusals` are the sentences with which the page was refused when it was saved, by form prefix (None is
    the page's own form): the page is then shown again with them. With `judged_as_page` what depends on other
    rows of the page is not judged here, but when all of them are saved.
    """

    refusals = {}
    judged_as_page = False
    restored = None

    def __init__(self, data=None, files=None, *, instance=None, initial=None, **kwargs):
        """`restored` is the old version to bring back: a removed row comes back under its own key."""
        if self.restored and instance is None:
            instance = self.restored.instance
        elif self.restored:
            initial = {**forms.model_to_dict(self.restored.instance), **(initial or {})}
        super().__init__(data, files, instance=instance, initial=initial, **kwargs)

    def _post_clean(self):
        if self.judged_as_page:
            self.instance.clean = lambda: None
        super()._post_clean()
        self.instance.__dict__.pop("clean", None)
        if self.prefix in self.refusals:
            self.add_refusal(self.refusals[self.prefix])

    def add_refusal(self, error):
        """Show a refusal at its fields; above the form where the form does not have the field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for field, errors in by_field.items():
            self.add_error(field if field in self.fields else None, ValidationError(errors))

    def save_before(self, *, reason="", by=None):
        """Save what the record will name; called before the record is saved, in the same act."""

    def save_parts(self, *, reason="", by=None):
        """Save what the form shows beside its own row; called when the row is saved."""


class NearForm(RecordForm):
    """The form of a model whose rows are found `near` a name: a new one of nearly the same name is asked about."""

    is_new = forms.BooleanField(label=_("No, somebody else"), required=False, widget=forms.HiddenInput)
    named_by, question = "name", _("Is it somebody who is on record?")
    said_by = None  # the field that says, where it is filled in, that the record is another one

    def _post_clean(self):
        super()._post_clean()
        name, said = self.cleaned_data.get(self.named_by), self.said_by in {*self.changed_data, *self.errors}
        if not self.instance._state.adding or not name or said or self.cleaned_data.get("is_new"):
            return
        if near := type(self.instance).objects.near(name):
            links = (format_html('<a href="{}">{}</a>', admin_address(type(one), one.pk), one) for one in near)
            self.add_error(self.named_by, format_html("{} {}", self.question, mark_safe(in_a_row(links))))
            self.fields["is_new"].widget = forms.CheckboxInput()


class DateAsText(TypedLine):
    """A date as exactly as it is known: 2016, March 2016, 15 March 2016, by 23 January 2025."""

    def __init__(self, **options):
        super().__init__(max_length=LONGEST_DATE, widget=forms.TextInput(attrs=DATE_ATTRS), **options)

    def widget_attrs(self, widget):
        return {}  # no length limit that would cut what is pasted

    def has_changed(self, initial, data):
        """Some languages print a space at which no line ends; what is sent has a plain one."""
        return super().has_changed(self.to_python(initial), data)


class HowExactly(forms.ChoiceField):
    """How exactly a date is known; blank where its text says so."""

    def __init__(self, precisions, **options):
        choices = [("", _("as written")), *precisions.choices]
        super().__init__(choices=choices, required=False, **options)


def as_entered(day, precision, *, ends=False, starts_on=None):
    """A stored date as (text, precision), as it is printed: the precision is blank where the text says everything."""
    text = print_date(day, precision)
    if read_date(text, ends=ends, starts_on=starts_on) == (day, precision):
        return text, ""
    return print_date(day), precision


class PeriodForm(RecordForm):
    """A form of a `Period`: its dates are text fields, read by `typed_dates.read_date`."""

    starts_on = DateAsText(
        label=_("From"),
        help_text=_("15 March 2016, March 2016 or 2016; “by 23 January 2025” if it began then or earlier."),
    )
    starts_precision = HowExactly(StartPrecision, label=_("From, how exactly"))
    ends_on = DateAsText(
        label=_("To"),
        required=False,
        help_text=_("The day of the handover, on which the successor is in office. Blank while it is open."),
    )
    ends_precision = HowExactly(EndPrecision, label=_("To, how exactly"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "starts_on" in self.fields:
            self.fields["starts_on"].required = not self._meta.model._meta.get_field("starts_on").blank
        start = self.initial.get("starts_on")
        for side, extra in (("starts", {}), ("ends", {"ends": True, "starts_on": start})):
            day, precision = self.initial.get(f"{side}_on"), self.initial.get(f"{side}_precision")
            if isinstance(day, datetime.date):
                entered = as_entered(day, precision or "day", **extra)
                self.initial[f"{side}_on"], self.initial[f"{side}_precision"] = entered
            elif f"{side}_precision" in self.initial:
                self.initial[f"{side}_precision"] = ""

    def clean(self):
        cleaned = super().clean()
        start = self._read("starts", default="day")
        self._read("ends", default=None, ends=True, starts_on=start)
        return cleaned

    def _read(self, side, default, **how):
        """Turn the text and the precision of one side into what the record keeps."""
        text, precision = self.cleaned_data.get(f"{side}_on"), self.cleaned_data.get(f"{side}_precision")
        if f"{side}_on" not in self.cleaned_data:
            self.cleaned_data.pop(f"{side}_precision", None)
            return None
        if not text:
            self.cleaned_data[f"{side}_on"] = None
            self.cleaned_data[f"{side}_precision"] = precision or default
            return None
        try:
            day, precision = read_date(text, precision or "", **how)
        except ValidationError as error:
            self.add_error(f"{side}_on", error)
            self.cleaned_data.pop(f"{side}_precision", None)
            return None
        self.cleaned_data[f"{side}_on"], self.cleaned_data[f"{side}_precision"] = day, precision
        return day
