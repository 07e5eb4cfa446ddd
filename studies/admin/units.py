"""Study periods and units in the admin; what became of a unit stands on its page (A1)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, SOURCE_FIELDS, PeriodAdmin, RecordAdmin, TranslatedRecordAdmin
from iscg_portal.adminkit.formsets import RowsFormSet
from iscg_portal.adminkit.inlines import RowsInTable
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.importing.admin import ImportExportPages
from studies.admin.rollover import RolloverPages
from studies.models import Ending, StudyPeriod, StudyUnit
from studies.models.endings import SPLIT_ALONE, is_split_alone

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


class EndingFormSet(RowsFormSet):
    """The successors of a unit together: of one that was split there is never one alone."""

    def clean(self):
        super().clean()
        gone = self.deleted_forms_of_page()
        kept = [form for form in self.forms if form not in gone and (form.instance.pk or form.has_changed())]
        if self.has_changed() and is_split_alone([form.instance for form in kept]):
            alone = next(form for form in kept if form.instance.kind == Ending.Kind.SPLIT)
            alone.add_error("others_unrecorded", SPLIT_ALONE)


class EndingForm(RecordForm):
    """An ending on its own page, beside the others of its unit."""

    def clean(self):
        cleaned = super().clean()
        if not self.errors and self.has_changed():
            changed = Ending(
                **{name: cleaned.get(name) for name in ("kind", "others_unrecorded")}, unit=cleaned.get("unit")
            )
            others = Ending.objects.filter(unit=changed.unit_id).exclude(pk=self.instance.pk)
            if changed.kind == Ending.Kind.SPLIT and is_split_alone([changed, *others]):
                self.add_error("others_unrecorded", SPLIT_ALONE)
        return cleaned


class EndingRows(RowsInTable):
    """What became of the unit: a row for each successor."""

    model = Ending
    formset = EndingFormSet
    fk_name = "unit"
    related = ["unit__period", "successor__period"]
    fields = ["kind", "successor", "others_unrecorded", "decision", *SOURCE_FIELDS]
    autocomplete_fields = ["successor"]


@admin.register(StudyUnit)
class StudyUnitAdmin(ImportExportPages, TranslatedRecordAdmin, PeriodAdmin):
    """A unit of one period, and what became of it."""

    list_display = ["name", "period", "kind", "title_in_words", "parent", "grade"]
    list_filter = ["sector", "period", "kind", "in_force_unrecorded", "grade"]
    list_select_related = ["period", "parent__period"]
    search_fields = ["number", "slug", "title_en"]
    help_at_fields = {
        "kind": gettext_lazy("What the Sector calls it."),
        "title_en": gettext_lazy("As the Sector prints it."),
        "url": gettext_lazy("Its page on the site of the Sector."),
    }
    autocomplete_fields = ["period", "parent"]
    inlines = [EndingRows]
    record_fieldsets = [
        (
            None,
            {"fields": ["sector", "period", "kind", "number", "slug", "title", "parent", "url", "in_force_unrecorded"]},
        ),
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

    help_at_fields = {
        "kind": gettext_lazy("What became of the unit when its period was over."),
    }
    on_index = False
    form = EndingForm
    list_display = ["unit", "kind", "successor", "decision"]
    list_select_related = ["unit__period", "successor__period"]
    list_filter = ["kind"]
    search_fields = ["unit__slug", "successor__slug"]
    autocomplete_fields = ["unit", "successor"]
