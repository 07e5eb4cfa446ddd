"""Annual reports in the admin: opening one for a period, correcting one, its page."""

from django import forms
from django.contrib import admin
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, PublicActForm, attempt, reason_field
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.inlines import RowsToSee
from iscg_portal.tenure.typed_dates import LONGEST_DATE
from iscg_portal.text_fields import TypedLine
from reports.acts import annual_reports as acts
from reports.admin.answering import Answering, Numbering
from reports.admin.blocks import BlockPages, too_late
from reports.admin.files import Archiving, Making, RenditionRows
from reports.admin.sending import Sending
from reports.admin.steps import Stepping
from reports.models import AnnualReport, ReportComment, ReportStep, Transmission


class StepRows(RowsToSee):
    """Who took which step, when and why."""

    model = ReportStep
    related = ["by"]
    fields = ["state", "by", "at", "reason", "public_reason"]
    show_change_link = False
    verbose_name_plural = gettext_lazy("steps taken")
    classes = ["collapse"]


class CommentRows(RowsToSee):
    """What the Chair says of the draft, in the workspace."""

    model = ReportComment
    related = ["by", "answered_by"]
    fields = ["by", "at", "text", "answer", "answered_by", "answered_at"]
    show_change_link = False


class TransmissionRows(RowsToSee):
    """How far each advisory group is with the report."""

    model = Transmission
    related = ["group", "meeting"]
    fields = ["group", "meeting", "due_on", "state", "sent_on", "answered_on"]


class OpenForm(ActForm):
    """The period."""

    period = TypedLine(
        label=gettext_lazy("Year or period"),
        max_length=LONGEST_DATE,
        help_text=gettext_lazy("A year, as 2025, or two days, as 2025-01-01..2025-06-30; both days are inside."),
    )
    field_order = ["period"]


class CorrectForm(PublicActForm):
    """What the new report is to the one that it corrects, and why."""

    variant = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=AnnualReport.Variant.choices, widget=forms.RadioSelect
    )
    reason = reason_field()
    field_order = ["variant"]


class Opening:
    """Mixin of the report's ModelAdmin: the two pages that open a draft, and their buttons."""

    acts_of_it = ("correct",)

    def get_urls(self):
        view = self.admin_site.admin_view(self.open_view)
        return [path("open/", view, name="reports_annualreport_open"), *super().get_urls()]

    def may_open(self, request):
        """Whether the account may open a report; nobody adds one on the ordinary form."""
        return request.user.has_perm("reports.add_annualreport")

    def list_acts(self, request):
        """The buttons of the list, as (label, address)."""
        return [(_("Open a report…"), reverse("admin:reports_annualreport_open"))] if self.may_open(request) else []

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"list_buttons": self.list_acts(request), **(extra_context or {})})

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        standing = obj.state in ("published", "superseded")
        if self.may_open(request) and standing and not (obj.base_id or obj.is_archive):
            yield _("Correct…"), self.act_url("correct", obj)

    def open_view(self, request):
        self.require(self.may_open(request))
        form = OpenForm(request.POST or None)
        report = attempt(
            form,
            lambda: acts.open_report(form.cleaned_data["period"].strip(), request.user, form.cleaned_data["reason"]),
        )
        if report is not None:
            return self.was_opened(request, report)
        lead = _("The draft is written from the record, and follows it until the report is published.")
        return self.act_page(request, None, form, title=_("Open a report"), act=_("Open it"), lead=lead)

    def correct_view(self, request, object_id):
        base = self.object_or_404(request, object_id)
        self.require(self.may_open(request))
        form = CorrectForm(request.POST or None)
        report = attempt(
            form, lambda: acts.correct(base, form.cleaned_data["variant"], request.user, form.cleaned_data["reason"])
        )
        if report is not None:
            return self.was_opened(request, report)
        title = _("Correct %(report)s") % {"report": base}
        lead = _(
            "This opens a draft with an address of its own. A corrigendum and an addendum list what stood, what should"
            " stand and why; a revision is the whole text, with a list of changes first. The published report stays as"
            " it is, and says what corrects it once that is published."
        )
        return self.act_page(request, base, form, title=title, act=_("Open the draft"), lead=lead)

    def was_opened(self, request, report):
        """To the page of a report that has just been opened."""
        self.log_addition(request, report, _("Opened."))
        return self.act_done(request, _("The draft %(report)s is open.") % {"report": report}, report)


@admin.register(AnnualReport)
class AnnualReportAdmin(Answering, Archiving, Making, Opening, Stepping, Sending, Numbering, BlockPages, RecordAdmin):
    """A report with its steps; what is published is frozen, so its page only shows it."""

    help_at_fields = {
        "dated_on": gettext_lazy("The day that the report bears."),
    }
    list_display = ["code", "kind", "period_in_words", "state"]
    list_filter = ["state", "kind"]
    search_fields = ["code", "number"]
    fields = ["code", "kind", "period_in_words", "number", "dated_on", "place", "original_language", "state"]
    has_add_permission = never

    def frozen_because(self, report):
        return too_late(report) if report.is_public else ""

    def stays_because(self, report):
        """Only a draft can have been opened by mistake."""
        return too_late(report)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_public else None

    def get_fields(self, request, obj=None):
        return [*self.fields, "files_made"] if obj and obj.content else self.fields

    def get_readonly_fields(self, request, obj=None):
        return ["code", "kind", "period_in_words", "number", "state", "files_made"]

    @admin.display(description=gettext_lazy("period"), ordering="period_to")
    def period_in_words(self, report):
        return report.period

    def get_inlines(self, request, obj):
        """Of a page that is sent those that it had while the report could be changed."""
        if obj is None or not obj.is_public or request.method == "POST":
            return [CommentRows, StepRows]
        return [TransmissionRows, CommentRows, StepRows, *([RenditionRows] if obj.content else [])]
