"""Coordinators' reports in the admin; staff enter them (clause A4)."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.importing.admin import ImportExportPages
from reports.models import CoordinatorReport


class ReceivedFilter(OfferedFilter):
    """Handed in, or a draft."""

    title = gettext_lazy("received")
    parameter_name = "received"
    offered = [
        ("yes", gettext_lazy("received"), lambda rows: rows.received()),
        ("no", gettext_lazy("draft"), lambda rows: rows.filter(received_on__isnull=True)),
    ]


@admin.register(CoordinatorReport)
class CoordinatorReportAdmin(ImportExportPages, RecordAdmin):
    """What a Coordinator reports on a subject to a meeting of the group."""

    list_display = ["subject_code", "meeting", "person", "starts_on", "received_on"]
    list_filter = [ReceivedFilter]
    list_select_related = ["subject", "meeting", "person"]
    search_fields = ["subject__code", "meeting__code", "person__search_key"]
    search_help_text = gettext_lazy("By subject, meeting or Coordinator.")
    autocomplete_fields = ["subject", "meeting", "person"]
    fieldsets = [
        (None, {"fields": ["subject", "meeting", "person", "starts_on", "received_on"]}),
        (gettext_lazy("What it says"), {"fields": [*CoordinatorReport.TEXTS]}),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in CoordinatorReport.TEXTS:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 6, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("subject"), ordering="subject__code")
    def subject_code(self, report):
        return report.subject.code
