"""Activities in the admin: a whole one on one page, with its subjects and partners (F2)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import OnlyToSee, TranslatedRecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.inlines import RowsInTable
from iscg_portal.adminkit.scheduled import ScheduledActs, ScheduledForm, WhenFilter
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.languages import in_a_row
from studies.models import Activity, ActivityPartner, ActivitySubject
from studies.models.activity_words import COUNCIL, INTERESTS, ORGANIZATIONS, REGION_LABELS, REGIONS, SECTORS


class SubjectRows(RowsInTable):
    """The subjects of the activity."""

    model = ActivitySubject
    fields = ["subject"]
    autocomplete_fields = ["subject"]
    related = ("subject",)


class PartnerRows(RowsInTable):
    """Its partner organizations."""

    model = ActivityPartner
    fields = ["partner"]
    autocomplete_fields = ["partner"]
    related = ("partner",)


class RegionFilter(OfferedFilter):
    """A Council region or a regional organization."""

    title = gettext_lazy("region")
    parameter_name = "region"
    offered = [(code, REGION_LABELS[code], lambda rows, code=code: rows.in_region(code)) for code in REGIONS]


class SectorFilter(OfferedFilter):
    """Who holds it."""

    title = gettext_lazy("Sector")
    parameter_name = "sector"
    offered = [(letter, letter, lambda rows, letter=letter: rows.of_sector(letter)) for letter in SECTORS]


@admin.register(Activity)
class ActivityAdmin(ImportExportPages, ScheduledActs, TranslatedRecordAdmin):
    """A workshop, seminar, symposium, joint study or other event."""

    help_at_fields = {
        "web_url": gettext_lazy("Its page on the site of whoever holds it."),
    }
    form = ScheduledForm
    cancel_button = gettext_lazy("Cancel the activity")
    list_display = ["code", "title_in_words", "dates", "place", "about", "state"]
    list_filter = [WhenFilter, "kind", "state", SectorFilter, RegionFilter]
    search_fields = ["code", "title_en", "place", "office", "subjects__code", "subjects__title_en"]
    search_help_text = gettext_lazy("By code, title, place, regional office or subject.")
    inlines = [SubjectRows, PartnerRows]
    record_fieldsets = [
        (None, {"fields": ["kind", "code", "title", "original_language"]}),
        (
            gettext_lazy("When and where"),
            {"fields": [("starts_on", "precision"), "ends_on", "place", "languages", "web_url"]},
        ),
        (gettext_lazy("Who holds it"), {"fields": [tuple(SECTORS.values()), "office"]}),
        (
            gettext_lazy("For which region"),
            {
                "description": gettext_lazy("The Council region in which it is held, or for which it is."),
                "fields": [tuple(COUNCIL.values()), tuple(ORGANIZATIONS.values())],
            },
        ),
        (gettext_lazy("Of interest to"), {"fields": list(INTERESTS.values())}),
        (gettext_lazy("Whether it takes place"), {"fields": ["state", "state_note"]}),
        (gettext_lazy("Source"), {"fields": ["source", "grade", "seen_where", "source_dated_on", "uid"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_names()

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_view_on_site_url(self, obj=None):
        return obj and obj.get_absolute_url()

    @admin.display(description=gettext_lazy("dates"), ordering="starts_on")
    def dates(self, activity):
        return activity.dates

    @admin.display(description=gettext_lazy("subjects"))
    def about(self, activity):
        return in_a_row(activity.subject_codes)


@admin.register(ActivitySubject)
class ActivitySubjectAdmin(OnlyToSee):
    """Says that an activity is about a subject."""

    list_display = ["activity", "subject"]
    list_select_related = ["activity", "subject"]
    search_fields = ["subject__code", "subject__title_en", "activity__code"]


@admin.register(ActivityPartner)
class ActivityPartnerAdmin(OnlyToSee):
    """Says that a partner organization takes part in an activity."""

    list_display = ["activity", "partner"]
    list_select_related = ["activity", "partner"]
    search_fields = ["partner__abbreviation", "activity__code"]
