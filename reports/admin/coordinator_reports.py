"""Coordinators' reports in the admin; staff enter them (clause A4)."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.importing.admin import ImportExportPages
from reports.acts.coordinator_reports import make_public
from reports.models import CoordinatorReport


class ReceivedFilter(OfferedFilter):
    """Handed in, or a draft."""

    title = gettext_lazy("received")
    parameter_name = "received"
    offered = [
        ("yes", gettext_lazy("received"), lambda rows: rows.received()),
        ("no", gettext_lazy("draft"), lambda rows: rows.filter(received_on__isnull=True)),
    ]


class PublicFilter(OfferedFilter):
    """Public, or inside the group only."""

    title = gettext_lazy("who reads it")
    parameter_name = "internal"
    offered = [
        ("no", gettext_lazy("public"), lambda rows: rows.received().filter(is_internal=False)),
        ("yes", gettext_lazy("inside the group only"), lambda rows: rows.filter(is_internal=True)),
    ]


@admin.register(CoordinatorReport)
class CoordinatorReportAdmin(ImportExportPages, RecordAdmin):
    """What a Coordinator reports on a subject to a meeting of the group."""

    help_at_fields = {
        "guidance": gettext_lazy("Stays inside the group and the secretariat."),
        "person": gettext_lazy("Who wrote it."),
    }
    list_display = ["subject_code", "meeting", "person", "starts_on", "received_on", "for_whom"]
    list_filter = [ReceivedFilter, PublicFilter]
    list_select_related = ["subject", "meeting", "person"]
    search_fields = ["subject__code", "subject__title_en", "meeting__code", "person__search_key"]
    search_help_text = gettext_lazy("By subject, meeting or Coordinator.")
    actions = ["make_public"]
    autocomplete_fields = ["subject", "meeting", "person"]
    fieldsets = [
        (None, {"fields": ["subject", "meeting", "person", "starts_on", "received_on", "language", "is_internal"]}),
        (gettext_lazy("What it says"), {"fields": [*CoordinatorReport.TEXTS]}),
    ]

    @admin.display(description=gettext_lazy("for whom"), ordering="is_internal")
    def for_whom(self, report):
        return _("inside the group only") if report.is_internal else _("public") if report.received_on else "—"

    @admin.action(description=gettext_lazy("Make public, without the guidance"), permissions=["change"])
    def make_public(self, request, queryset):
        """For the reports that were received before such reports were public."""
        changed = make_public(queryset, by=request.user)
        if changed:
            said = ngettext("%(count)d report is public now.", "%(count)d reports are public now.", changed)
            messages.success(request, said % {"count": changed})
        else:
            messages.warning(request, _("None of them changed: a draft is never public, and the others are already."))

    def response_add(self, request, obj, post_url_continue=None):
        self._ask_whether_meant(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self._ask_whether_meant(request, obj)
        return super().response_change(request, obj)

    def _ask_whether_meant(self, request, report):
        """As a Coordinator is asked: whoever has no account sends the report by mail, and staff enter it."""
        if report.received_on and (last := report.repeated()):
            said = _("It says word for word what the report to %(meeting)s says. If that is not meant, correct it.")
            self.message_user(request, said % {"meeting": last.meeting.name}, messages.WARNING)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in CoordinatorReport.TEXTS:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 6, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("subject"), ordering="subject__code")
    def subject_code(self, report):
        return report.subject.code
