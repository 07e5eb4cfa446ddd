"""“Appoint…”: who takes an office that is not held, with what will be, as “Replace…” does for one that is (A0, C1)."""

from django import forms
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import attempt
from iscg_portal.adminkit.record_form import DateAsText
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.joint_validation import save_together
from iscg_portal.tenure.typed_dates import read_date
from members.admin.entering import enterable_by
from members.admin.replacing import ReplaceForm
from members.models import Seat

OF_AN_OFFICE = ("seat", "subject", "body")  # what the address of the page may say


class AppointForm(ReplaceForm):
    """Who takes the office, for whom, from when, by which decision; `tenure` is the row to be, unsaved."""

    on = DateAsText(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("15 March 2016, March 2016 or 2016; “by 23 January 2025” if it began then or earlier."),
    )

    def __init__(self, tenure, *args, **kwargs):
        kwargs["initial"] = {"on": print_date(today()), **kwargs.get("initial", {})}
        super().__init__(tenure, *args, **kwargs)
        del self.fields["how_ended"]
        self.fields["person"].label = _("Person")
        self.fields["country"].help_text = self.fields["organization"].help_text = ""
        self.fields["on"].help_text = self.base_fields["on"].help_text

    def clean_on(self):
        """The day with how exactly it is known."""
        return read_date(self.cleaned_data["on"])

    def act(self, by):
        """Carry it out; returns the row."""
        data, term = self.cleaned_data, self.tenure
        self.enter(data["reason"], by)
        term.starts_on, term.starts_precision = data["on"]
        given = {name: data[name] for name in self.facts if name in self.fields} | self.decision().on_side("starts")
        for name, value in given.items():
            setattr(term, name, value)
        save_together([term], reason=data["reason"], by=by)
        return term


def asking(*names):
    """The fieldsets of a form that asks first which office it is."""
    return [(None, {"fields": [*names, *ReplaceForm.fieldsets[0][1]["fields"]]}), *ReplaceForm.fieldsets[1:]]


class AppointRepresentativeForm(AppointForm):
    """In which seat, too."""

    seat = forms.ModelChoiceField(Seat.objects.exclude(group=None), label=gettext_lazy("Seat"))
    facts = ["seat", *ReplaceForm.facts]
    fieldsets = asking("seat")


class Appointing:
    """Mixin of an office's ModelAdmin: the page `…/appoint/` with its `appoint_form`, and its button on the list."""

    def get_urls(self):
        name = self._page_name()
        return [path("appoint/", self.admin_site.admin_view(self.appoint_view), name=name), *super().get_urls()]

    def _page_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_appoint"

    def list_buttons(self, request):
        page = [(_("Appoint…"), reverse(f"admin:{self._page_name()}"))]
        return [*(page if self.has_add_permission(request) else []), *super().list_buttons(request)]

    def appoint_view(self, request):
        """The form; with “Show what will be”, the act is rehearsed and undone; else it is done."""
        self.require(self.has_add_permission(request))
        initial = {name: request.GET[name] for name in OF_AN_OFFICE if name in request.GET}
        form = self.appoint_form(
            self.model(), request.POST or None, initial=initial, may_enter=enterable_by(request.user)
        )
        term = attempt(form, lambda: form.act(request.user), rehearse=form.rehearses)
        if term and not form.rehearses:
            return self._appointed(request, term)
        words = {"title": _("Appoint: %(office)s") % {"office": self.opts.verbose_name}, "act": _("Appoint")}
        return self.act_page(request, None, form, preview=term and [term], can_preview=True, **words)

    def _appointed(self, request, term):
        self.log_addition(request, term, _("Named."))
        words = {"office": term.office_in_full, "person": term.person, "since": term.since}
        return self.act_done(request, _("%(office)s: %(person)s, %(since)s.") % words, term)
