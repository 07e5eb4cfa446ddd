"""The list of the States that may take part in the admin: their names, of today and before, regions and marks."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.base import SOURCE, SOURCE_FIELDS, PeriodAdmin, RecordAdmin
from iscg_portal.adminkit.inlines import RowsInFull, RowsInTable
from iscg_portal.adminkit.record_form import NearForm, PeriodForm
from iscg_portal.collation import InOrder, collated
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.languages import in_a_row
from iscg_portal.tenure.dates import today
from members.models import Country, FormerName, RegionalMembership
from members.models.countries import SHORT_NAMES

DAYS = [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]


class FormerNameRows(RowsInFull):
    """What the country was called before."""

    model = FormerName
    form = PeriodForm
    fields = [*SHORT_NAMES, *DAYS, *SOURCE_FIELDS]


@admin.register(FormerName)
class FormerNameAdmin(PeriodAdmin):
    """What a country was called up to a day; edited on the country's page."""

    on_index = False
    list_display = ["printed", "country", "begins", "ends"]
    list_select_related = ["country"]
    search_fields = ["country__code", *SHORT_NAMES]
    autocomplete_fields = ["country"]
    fieldsets = [(None, {"fields": ["country", *SHORT_NAMES, *DAYS]}), SOURCE]

    @admin.display(description=_("name"), ordering=InOrder())
    def printed(self, former):
        return former.name


class MembershipRows(RowsInTable):
    """The regional organizations to which the country belongs or belonged."""

    model = RegionalMembership
    form = PeriodForm
    fields = ["organization", *DAYS, *SOURCE_FIELDS]


@admin.register(RegionalMembership)
class RegionalMembershipAdmin(ImportExportPages, PeriodAdmin):
    """A country's time in a regional organization; edited on the country's page."""

    on_index = False
    list_display = ["country", "organization", "begins", "ends"]
    list_filter = ["organization"]
    list_select_related = ["country"]
    search_fields = ["country__code"]
    autocomplete_fields = ["country"]
    fieldsets = [(None, {"fields": ["country", "organization", *DAYS]}), SOURCE]


class CountryForm(NearForm):
    """A State; one of nearly the same name is asked about."""

    named_by, question = "short_name_en", _("Is it a State that is on record?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_new"].label = _("No, another one")


@admin.register(Country)
class CountryAdmin(ImportExportPages, RecordAdmin):
    """A country with its regions and marks (C1, F2)."""

    help_at_fields = {
        "council_region": _("The regional balance is counted by it."),
    }
    form = CountryForm
    list_display = ["printed", "code", "standing", "council_region", "organizations", "is_ldc", "is_sids", "is_lldc"]
    list_filter = ["standing", "council_region", "is_ldc", "is_sids", "is_lldc", "is_transition"]
    search_fields = ["code", *SHORT_NAMES]
    search_help_text = _("By name in any of the six languages, or by ISO code.")
    inlines = [FormerNameRows, MembershipRows]

    def get_ordering(self, request):
        return [collated(), "pk"]

    def get_fieldsets(self, request, obj=None):
        marks = ["is_ldc", "is_sids", "is_lldc", "is_transition", "marks_source"]
        described = _("A mark stays “unknown” until its source is given.")
        names = _("Official short names. Where they change, keep the old ones below, with the day on which they ended.")
        asked = [] if obj else ["is_new"]
        return [
            (None, {"fields": ["code", "standing"]}),
            (_("Names"), {"description": names, "fields": [*SHORT_NAMES, *asked, "names_source"]}),
            (_("Regions"), {"fields": ["council_region"]}),
            (_("Marks"), {"description": described, "fields": marks}),
            SOURCE,
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    @admin.display(description=_("name"), ordering=InOrder())
    def printed(self, country):
        return country.name

    @admin.display(description=_("regional organizations"))
    def organizations(self, country):
        return in_a_row(row.organization for row in country.memberships.all() if row.covers(today()))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships")
