"""Study periods and units in the admin; what became of a unit stands on its page (A1)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, SOURCE_FIELDS, PeriodAdmin, RecordAdmin, TranslatedRecordAdmin
from iscg_portal.adminkit.inlines import RowsInTable
from iscg_portal.importing.admin import ImportExportPages
from studies.admin.rollover import RolloverPages
from studies.models import Ending, StudyPeriod, StudyUnit

DAYS = [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]


@admin.register(StudyPeriod)
class StudyPeriodAdmin(RolloverPages, ImportExportPages, PeriodAdmin):
    """The study periods of a Sector."""

    list_display = ["__str__", "begins", "ends", "grade"]
    list_filter = ["sector"]
    search_fields = ["name"]
    fieldsets = [(None, {"fields": ["sector", "name", *DAYS]}), SOURCE]

    def get_readonly_fields(self, request, obj=None):
        return ["sector"] if obj else []


class EndingRows(RowsInTable):
    """What became of the unit: a row for each successor."""

    model = Ending
    fk_name = "unit"
    related = ["unit__period", "successor__period"]
    fields = ["kind", "successor", "decision", *SOURCE_FIELDS]
    autocomplete_fields = ["successor"]


@admin.register(StudyUnit)
class StudyUnitAdmin(ImportExportPages, TranslatedRecordAdmin, PeriodAdmin):
    """A unit of one period, and what became of it."""

    list_display = ["name", "period", "kind", "title_in_words", "parent", "grade"]
    list_filter = ["sector", "period", "kind", "grade"]
    list_select_related = ["period", "parent__period"]
    search_fields = ["number", "slug", "title_en"]
    autocomplete_fields = ["period", "parent"]
    inlines = [EndingRows]
    record_fieldsets = [
        (None, {"fields": ["sector", "period", "kind", "number", "slug", "title", "parent", "url"]}),
        (
            gettext_lazy("Days of its own"),
            {
                "description": gettext_lazy("Only where they are not those of its study period."),
                "fields": DAYS,
            },
        ),
        (None, {"fields": ["original_language"]}),
        SOURCE,
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["sector", "period", "kind", "slug"] if obj else []

    @admin.display(description=gettext_lazy("unit"), ordering="sort_key")
    def name(self, unit):
        return unit.name


@admin.register(Ending)
class EndingAdmin(ImportExportPages, RecordAdmin):
    """What became of a unit; edited on the unit's page."""

    on_index = False
    list_display = ["unit", "kind", "successor", "decision"]
    list_select_related = ["unit__period", "successor__period"]
    list_filter = ["kind"]
    search_fields = ["unit__slug", "successor__slug"]
    autocomplete_fields = ["unit", "successor"]
