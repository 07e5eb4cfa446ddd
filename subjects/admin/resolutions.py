"""Resolutions in the admin, with their revisions (B1)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, SOURCE_FIELDS, TranslatedRecordAdmin
from iscg_portal.adminkit.inlines import RowsInTable
from iscg_portal.importing.admin import ImportExportPages
from subjects.admin.mandate_looks import MandateChangesPage
from subjects.models import Resolution, Revision

ENDS = ["replaced_by", "suppressed_in"]


class RevisionRows(RowsInTable):
    """Every text of the resolution."""

    model = Revision
    fields = ["number", "revised", "place", "year", "title_en", "url", *SOURCE_FIELDS]


@admin.register(Resolution)
class ResolutionAdmin(MandateChangesPage, ImportExportPages, TranslatedRecordAdmin):
    """A resolution by its number, with every revision and what replaced it (B1)."""

    list_display = ["citation", "title_in_words", "calls_for_coordination", "replaced_by"]
    list_filter = ["body", "calls_for_coordination", *((name, admin.EmptyFieldListFilter) for name in ENDS)]
    list_select_related = ["replaced_by"]
    search_fields = ["slug", "=number", "title_en", "revisions__title_en"]
    search_help_text = gettext_lazy("By number, by address as in pp-191, or by words of the title.")
    autocomplete_fields = ["replaced_by"]
    help_at_fields = {
        "body": gettext_lazy("The conference or assembly that adopts it."),
        "replaced_by": gettext_lazy("The resolution that took its place."),
    }
    inlines = [RevisionRows]
    record_fieldsets = [
        (
            None,
            {"fields": ["body", "number", "title", "calls_for_coordination", *ENDS, "original_language"]},
        ),
        SOURCE,
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["body", "number"] if obj else []

    @admin.display(description=gettext_lazy("resolution"), ordering="body")
    def citation(self, resolution):
        return resolution.cited


@admin.register(Revision)
class RevisionAdmin(ImportExportPages, TranslatedRecordAdmin):
    """One text of a resolution with its title; edited on the resolution's page."""

    on_index = False
    list_display = ["cited", "place", "year"]
    record_fieldsets = [
        (None, {"fields": ["resolution", "number", "revised", "place", "year", "title", "url", "original_language"]}),
        SOURCE,
    ]
    list_select_related = ["resolution"]
    search_fields = ["resolution__slug", "place"]
    autocomplete_fields = ["resolution"]

    @admin.display(description=gettext_lazy("resolution"), ordering="resolution")
    def cited(self, revision):
        return revision.cited
