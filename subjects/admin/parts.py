"""The pages of what belongs to a subject and is edited on its page; partner organizations (A0, A2, A3, F1)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, SOURCE_FIELDS, PeriodAdmin, RecordAdmin, TranslatedRecordAdmin
from iscg_portal.importing.admin import ImportExportPages
from subjects.admin.rows import PERIOD
from subjects.models import FocalPointRecord, Listing, Mandate, Partner, Partnership


@admin.register(Partner)
class PartnerAdmin(TranslatedRecordAdmin):
    """An external organization (A2)."""

    list_display = ["abbreviation", "name", "url"]
    search_fields = ["abbreviation", "name_en"]
    record_fieldsets = [(None, {"fields": ["abbreviation", "name", "url", "original_language"]}), SOURCE]


class OnTheSubjectsPage(RecordAdmin):
    """Rows that are edited on the subject's page; here are their histories and all their fields."""

    on_index = False
    search_fields = ["subject__code", "subject__title_en"]
    autocomplete_fields = ["subject"]


@admin.register(Listing)
class ListingAdmin(ImportExportPages, OnTheSubjectsPage, PeriodAdmin):
    """A subject's time on the list (F1)."""

    list_display = ["subject", "begins", "ends", "document"]
    list_select_related = ["subject"]
    fieldsets = [
        (None, {"fields": ["subject", *PERIOD, "document", "document_url"]}),
        (SOURCE[0], {"fields": [*SOURCE_FIELDS, "source_dated_on"]}),
    ]


@admin.register(FocalPointRecord)
class FocalPointRecordAdmin(ImportExportPages, OnTheSubjectsPage):
    """Since when it is known who stands for a body on a subject (A0, A3)."""

    help_at_fields = {
        "body": gettext_lazy("The advisory group, the Bureau or the General Secretariat for which the person stands."),
    }
    list_display = ["subject", "body", "recorded_from"]
    list_select_related = ["subject"]
    list_filter = ["body", ("recorded_from", admin.EmptyFieldListFilter)]


@admin.register(Mandate)
class MandateAdmin(ImportExportPages, OnTheSubjectsPage, PeriodAdmin):
    """A resolution behind a subject."""

    list_display = ["subject", "resolution", "begins", "ends"]
    list_select_related = ["subject", "resolution"]
    autocomplete_fields = ["subject", "resolution"]
    fieldsets = [(None, {"fields": ["subject", "resolution", *PERIOD]}), SOURCE]


@admin.register(Partnership)
class PartnershipAdmin(OnTheSubjectsPage):
    """That a partner organization works on a subject (A2)."""

    list_display = ["subject", "partner"]
    list_select_related = ["subject", "partner"]
    autocomplete_fields = ["subject", "partner"]
