"""What frames the terms: conferences, the Terms of Reference, and addresses that redirect."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.base import SOURCE, RecordAdmin, TranslatedRecordAdmin
from iscg_portal.importing.admin import ImportExportPages
from members.models import Conference, FormerAddress, TermsOfReference


@admin.register(Conference)
class ConferenceAdmin(ImportExportPages, TranslatedRecordAdmin):
    """An assembly or conference; a Chair's term follows a Plenipotentiary Conference (C2)."""

    list_display = ["code", "name", "place", "starts_on", "ends_on"]
    list_filter = ["body"]
    search_fields = ["code", "name", "place"]
    record_fieldsets = [
        (None, {"fields": ["body", "code", "name", "place", "starts_on", "ends_on", "original_language"]}),
        SOURCE,
    ]


@admin.register(TermsOfReference)
class TermsOfReferenceAdmin(RecordAdmin):
    """The day from which the Terms of Reference bind."""

    list_display = ["effective_on", "document"]
    search_fields = ["document"]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "Enter this when the Terms of Reference are adopted. Clause C2 then binds every Chair term that"
                    " starts on or after this day; on older terms it makes remarks."
                ),
                "fields": ["effective_on", "document", "url", "note"],
            },
        ),
        SOURCE,
    ]


@admin.register(FormerAddress)
class FormerAddressAdmin(RecordAdmin):
    """Addresses of persons who were merged into others; made by “Merge…”, and for ever."""

    list_display = ["slug", "person"]
    list_select_related = ["person"]
    search_fields = ["slug", "person__name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
