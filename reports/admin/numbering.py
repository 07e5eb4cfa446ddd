"""“Number…”: the register of documents gives a report its number, and no other paper gets it."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from iscg_portal.adminkit.act_pages import attempt
from meetings.admin.entering import NumberForm
from reports.acts.annual_reports import give_number

CHANGE = "reports.change_annualreport"


class ReportNumberForm(NumberForm):
    """The next number of a meeting, or one that the report has already."""

    field_order = ["meeting", "number"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _(
            "Only where it has one, as in ISCG/25-1/03; it must not be that of a document."
        )

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("meeting")) == bool(cleaned.get("number")):
            self.add_error("meeting", _("Choose the meeting, or give the number that the report has already."))
        return cleaned


class Numbering:
    """Mixin of the report's ModelAdmin: the page that gives a number, and its button."""

    def get_urls(self):
        return [*self.act_paths("number"), *super().get_urls()]

    def object_acts(self, request, obj):
        offered = super().object_acts(request, obj)
        if not obj.is_public and request.user.has_perm(CHANGE):
            offered.append((_("Number…"), self.act_url("number", obj)))
        return offered

    def number_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(request.user.has_perm(CHANGE))
        form = ReportNumberForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            options = {"meeting": data["meeting"], "number": data["number"], "reason": data["reason"]}
            if attempt(form, lambda: give_number(report, by=request.user, **options)):
                self.log_change(request, report, _("Number %(number)s given.") % {"number": report.number})
                words = {"report": report, "number": report.number}
                self.act_done(request, _("%(report)s has the number %(number)s.") % words)
                return HttpResponseRedirect(self.change_url(report))
        lead = _("The number is given when you press the button, and is never given again.")
        title = _("Number of %(report)s") % {"report": report}
        report = self.get_object(request, object_id)
        return self.act_page(request, report, form, title=title, act=_("Give the number"), lead=lead)
