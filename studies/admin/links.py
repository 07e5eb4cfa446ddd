"""Links of study units in the admin, with what each side says of them (A1)."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, PeriodAdmin, RecordAdmin, TranslatedRecordAdmin
from iscg_portal.adminkit.inlines import RowsInTable
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.tenure.dates import today
from studies.admin.units import DAYS
from studies.models import Confirmation, MappingLink
from studies.models.links import STATES


class ConfirmationRows(RowsInTable):
    """What each side says."""

    model = Confirmation
    fields = ["sector", "stance", "said_on", "turn", "said_by", "because"]
    related = ("link__first__period", "link__second__period")


class LinkStateFilter(SimpleListFilter):
    """Where a link stands today."""

    title = gettext_lazy("state today")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return list(STATES.items())

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in STATES else queryset


@admin.register(MappingLink)
class LinkAdmin(ImportExportPages, TranslatedRecordAdmin, PeriodAdmin):
    """A link between units of different Sectors, or between a unit and a subject."""

    help_at_fields = {
        "first": gettext_lazy("Search by the number or by words of the title."),
        "kind": gettext_lazy("How the two belong together."),
    }
    list_display = ["first", "second", "subject", "topic_in_words", "state_today", "grade"]
    list_filter = [LinkStateFilter, "first__sector", "second__sector", "kind", "grade"]
    list_select_related = ["first__period", "second__period", "subject"]
    search_fields = [
        "first__slug",
        "second__slug",
        "first__title_en",
        "second__title_en",
        "topic_en",
        "subject__code",
        "subject__title_en",
    ]
    autocomplete_fields = ["first", "second", "subject"]
    inlines = [ConfirmationRows]
    record_fieldsets = [
        (None, {"fields": ["first", "second", "subject", "kind", "topic", "original_language"]}),
        (None, {"fields": [*DAYS, "decision", "decision_url"]}),
        SOURCE,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_state(today())

    @admin.display(description=gettext_lazy("topic"), ordering="topic_en")
    def topic_in_words(self, link):
        return link.text("topic")

    @admin.display(description=gettext_lazy("state today"), ordering="state")
    def state_today(self, link):
        return link.state_in_words


@admin.register(Confirmation)
class ConfirmationAdmin(ImportExportPages, RecordAdmin):
    """What a side says of a link; edited on the link's page."""

    help_at_fields = {
        "stance": gettext_lazy("Whether this side agrees with the link."),
        "sector": gettext_lazy("The side that speaks."),
        "said_on": gettext_lazy("The day on which it said so."),
    }
    on_index = False
    list_display = ["link", "sector", "stance", "said_on", "because"]
    list_select_related = ["link__first__period", "link__second__period", "link__subject"]
    list_filter = ["sector", "stance"]
    search_fields = ["link__first__slug", "link__second__slug"]
    autocomplete_fields = ["link"]
