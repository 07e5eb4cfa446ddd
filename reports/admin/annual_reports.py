"""Annual reports in the admin: opening one for a period, and its steps."""

from django import forms
from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.admin_base import RecordAdmin
from iscg_portal.admin_parts.act_pages import ActForm, attempt
from reports import acts
from reports.admin.archiving import Archiving
from reports.admin.blocks import BlockPages
from reports.admin.opening import Opening
from reports.models import AnnualReport

STEPS = {  # the word of the button, from which states, the act
    "submit": (gettext_lazy("Submit for review"), ["draft"], acts.submit),
    "send-back": (gettext_lazy("Send back"), ["in review", "approved"], acts.send_back),
    "approve": (gettext_lazy("Approve"), ["in review"], acts.approve),
    "publish": (gettext_lazy("Publish"), ["approved"], acts.publish),
    "withdraw": (gettext_lazy("Withdraw"), ["published", "superseded"], acts.withdraw),
}


class StepForm(ActForm):
    """Why the step is taken; the public reads why a report was withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Kept with the step. Of a withdrawal the public reads it."),
        widget=forms.TextInput(attrs={"size": 60}),
    )


@admin.register(AnnualReport)
class AnnualReportAdmin(Archiving, Opening, BlockPages, RecordAdmin):
    """A report with its steps; what is published is frozen, so its page only shows it."""

    list_display = ["code", "kind", "period_from", "period_to", "state"]
    list_filter = ["state", "kind"]
    search_fields = ["code", "number"]
    fields = ["code", "kind", "period_from", "period_to", "number", "dated_on", "place", "original_language", "state"]

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        fixed = ["code", "kind", "period_from", "period_to", "state"]
        return self.fields if obj is not None and obj.is_public else fixed

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        name = "reports_annualreport_step"
        return [path("<path:object_id>/step/<slug:step>/", view, name=name), *super().get_urls()]

    def object_acts(self, request, obj):
        offered = super().object_acts(request, obj)
        if self.has_change_permission(request, obj):
            for step, (word, states, _act) in STEPS.items():
                if obj.state in states:
                    offered.append((f"{word}…", f"{self.change_url(obj).removesuffix('change/')}step/{step}/"))
        return offered

    def step_view(self, request, object_id, step):
        report = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, report))
        if step not in STEPS:
            raise Http404(_("There is no such step."))
        word, _states, act = STEPS[step]
        form = StepForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if attempt(form, lambda: (act(report, request.user, form.cleaned_data["reason"]), True)):
                self.log_change(request, report, str(word))
                self.act_done(request, _("%(report)s: done.") % {"report": report})
                return HttpResponseRedirect(self.change_url(report))
        title = _("%(step)s: %(report)s") % {"step": word, "report": report}
        return self.act_page(request, self.get_object(request, object_id), form, title=title, act=word)
