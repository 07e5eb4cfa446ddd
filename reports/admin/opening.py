"""“Open a report…” and “Correct…”: a draft for a period, or one that corrects a published report."""

from django import forms
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from reports import acts
from reports.models import AnnualReport


class OpenForm(ActForm):
    """The period."""

    period = forms.CharField(
        label=gettext_lazy("Year or period"),
        max_length=40,
        help_text=gettext_lazy("A year, as 2025, or two days, as 2025-01-01..2025-06-30; events come after the first."),
    )
    field_order = ["period"]


class CorrectForm(ActForm):
    """What the new report is to the one that it corrects, and why."""

    variant = forms.ChoiceField(
        label=gettext_lazy("It is a"), choices=AnnualReport.Variant.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=1000, widget=forms.TextInput(attrs={"size": 60})
    )  # fmt: skip
    field_order = ["variant"]


class Opening:
    """Mixin of the report's ModelAdmin: the two pages that open a draft, and their buttons."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "reports_annualreport"
        return [
            path("open/", wrap(self.open_view), name=f"{name}_open"),
            path("<path:object_id>/correct/", wrap(self.correct_view), name=f"{name}_correct"),
            *super().get_urls(),
        ]

    def may_open(self, request):
        """Whether the account may open a report; nobody adds one on the ordinary form."""
        return request.user.has_perm("reports.add_annualreport")

    def list_acts(self, request):
        """The buttons of the list, as (label, address)."""
        return [(_("Open a report…"), reverse("admin:reports_annualreport_open"))] if self.may_open(request) else []

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"list_buttons": self.list_acts(request), **(extra_context or {})})

    def object_acts(self, request, obj):
        offered = super().object_acts(request, obj)
        standing = obj.state in ("published", "superseded")
        if self.may_open(request) and standing and not (obj.base_id or obj.is_archive):
            offered.append((_("Correct…"), self.act_url("correct", obj)))
        return offered

    def open_view(self, request):
        self.require(self.may_open(request))
        form = OpenForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            report = attempt(form, lambda: acts.open_report(data["period"].strip(), request.user, data["reason"]))
            if report is not None:
                return self.was_opened(request, report)
        lead = _("The draft is written from the record, and follows it until the report is published.")
        return self.act_page(request, None, form, title=_("Open a report"), act=_("Open it"), lead=lead)

    def correct_view(self, request, object_id):
        base = self.object_or_404(request, object_id)
        self.require(self.may_open(request))
        form = CorrectForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            report = attempt(form, lambda: acts.correct(base, data["variant"], request.user, data["reason"]))
            if report is not None:
                return self.was_opened(request, report)
        title = _("Correct %(report)s") % {"report": base}
        lead = _(
            "A draft is opened, with an address of its own. What was published stays as it is; once a revision is"
            " published, it says so."
        )
        return self.act_page(request, base, form, title=title, act=_("Open the draft"), lead=lead)

    def was_opened(self, request, report):
        """To the page of a report that has just been opened."""
        self.log_addition(request, report, _("Opened."))
        self.act_done(request, _("The draft %(report)s is open.") % {"report": report})
        return HttpResponseRedirect(self.change_url(report))
