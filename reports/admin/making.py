"""The files of a published report in the admin: how far each of them is, why one failed, and “Make the files…”."""

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.inlines import RowsToSee
from reports.models import Rendition
from reports.rendering import ask_again

State = Rendition.State


class MakeForm(ActForm):
    """Nothing to fill in."""

    reason = None


class RenditionRows(RowsToSee):
    """Which files are made, being made, waiting or failed."""

    model = Rendition
    fields = ["language", "kind", "how_far", "claimed_at", "error"]
    readonly_fields = fields
    show_change_link = False
    verbose_name_plural = gettext_lazy("files made from its text")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("stored", "report")

    @admin.display(description=gettext_lazy("how far"))
    def how_far(self, rendition):
        if rendition.state == State.MADE:
            return format_html('<a href="{}">{}</a>', rendition.url, filesizeformat(rendition.stored.size))
        if rendition.is_stopped(timezone.now()):
            return _("was stopped halfway; the next run takes it up again")
        if rendition.state == State.BEING_MADE:
            return _("being made, %(percent)d %%") % {"percent": rendition.progress}
        return _("in the queue") if rendition.state == State.TO_MAKE else _("failed")


class Making:
    """Mixin of the report's ModelAdmin: the line that sums the files up, and the act that has them made again."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.make_view)
        return [path("<path:object_id>/make/", view, name="reports_annualreport_make"), *super().get_urls()]

    def object_acts(self, request, obj):
        offered = super().object_acts(request, obj)
        if obj.content and request.user.has_perm("reports.change_annualreport") and not _complete(obj):
            offered.append((_("Make the files…"), self.act_url("make", obj)))
        return offered

    @admin.display(description=gettext_lazy("files"))
    def files_made(self, report):
        return summed_up(report.renditions.all())

    def make_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(request.user.has_perm("reports.change_annualreport"))
        if not report.content:
            raise Http404(_("Nothing of this report is frozen that files could be made from."))
        form = MakeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            waiting = attempt(form, lambda: ask_again(report))
            if waiting is not None:
                self.log_change(request, report, _("The files were asked for again."))
                self.act_done(request, summed_up(waiting))
                return HttpResponseRedirect(self.change_url(report))
        lead = f"{summed_up(report.renditions.all())} " + _(
            "What failed is tried again with the next run, what is made stays as it is. Load the page of the report"
            " again to see how far it is."
        )
        title = _("Make the files of %(report)s") % {"report": report}
        return self.act_page(request, report, form, title=title, act=_("Have them made"), lead=lead)


def _complete(report):
    states = {rendition.state for rendition in report.renditions.all()}
    return states == {State.MADE}


def summed_up(renditions):
    """“4 of 9 files are made, 1 failed.”"""
    states = [rendition.state for rendition in renditions]
    made, failed = states.count(State.MADE), states.count(State.FAILED)
    of = {"made": made, "count": len(states), "failed": failed}
    if failed:
        return _("%(made)d of %(count)d files are made; failed: %(failed)d.") % of
    return ngettext("%(made)d of %(count)d file is made.", "%(made)d of %(count)d files are made.", len(states)) % of
