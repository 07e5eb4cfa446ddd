"""Persons (their contact data, merging two records of one, addresses that redirect) and countries in the admin."""

from babel import Locale
from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.act_pages import PublicActForm, attempt
from iscg_portal.adminkit.base import SOURCE, SOURCE_FIELDS, OnlySeen, PeriodAdmin, RecordAdmin
from iscg_portal.adminkit.inlines import RowsInFull, RowsInTable
from iscg_portal.adminkit.record_form import PeriodForm, RecordForm
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.languages import BABEL_LOCALES
from iscg_portal.tenure.dates import today
from iscg_portal.text_fields import TypedLine
from members.acts.merging import merge_persons
from members.admin.replacing import offer
from members.models import ContactData, Country, FormerAddress, Person, RegionalMembership
from members.models.people import country_names, kinds_of_office

PERIOD = [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]


class ContactDataRows(RowsInFull):
    """How staff reach the person: shown to who may see contact data."""

    model = ContactData
    max_num = 1
    can_delete = False
    show_change_link = False


class MergeForm(PublicActForm):
    """Which record is the duplicate, and why."""

    duplicate = forms.ModelChoiceField(
        Person.objects,
        label=_("The other record"),
        help_text=_("It is removed; its address goes on leading to the record that is kept."),
    )
    reason = TypedLine(
        label=_("Why are they one person?"),
        max_length=1000,
        widget=forms.TextInput(attrs={"size": 60}),
    )
    field_order = ["duplicate", "reason", "public_reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["duplicate"], "person")


class Mergeable:
    """Mixin of the person's ModelAdmin: the page `…/merge/` and its button."""

    def get_urls(self):
        return [*self.act_paths("merge"), *super().get_urls()]

    def may_merge(self, request, obj=None):
        """Merging changes one person and removes another."""
        return self.has_change_permission(request, obj) and self.has_delete_permission(request)

    def object_acts(self, request, obj):
        acts = super().object_acts(request, obj)
        if self.may_merge(request, obj):
            acts.append((gettext("Merge…"), self.act_url("merge", obj)))
        return acts

    def merge_view(self, request, object_id):
        keep = self.object_or_404(request, object_id)
        self.require(self.may_merge(request, keep))
        form = MergeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            duplicate, reason = form.cleaned_data["duplicate"], form.cleaned_data["reason"]
            words = {"duplicate": duplicate, "keep": keep}
            if attempt(form, lambda: merge_persons(keep, duplicate, reason=reason, by=request.user)):
                self.log_change(request, keep, gettext("Merged with “%(duplicate)s”.") % words)
                self.act_done(request, gettext("“%(duplicate)s” is merged into “%(keep)s”.") % words)
                return HttpResponseRedirect(self.change_url(keep))
        lead = gettext(
            "“%(person)s” takes over everything of the other record: offices, nominations, account and contact data."
        )
        title = gettext("Merge another record into %(person)s") % {"person": keep}
        return self.act_page(request, keep, form, title=title, act=gettext("Merge"), lead=lead % {"person": keep})


@admin.register(Person)
class PersonAdmin(ImportExportPages, Mergeable, RecordAdmin):
    """A person who holds or held an office."""

    list_display = ["name", "honorific", "sort_key", "slug", "grade"]
    list_filter = ["grade", ("source", admin.EmptyFieldListFilter)]
    search_fields = ["search_key", "slug"]
    search_help_text = _("By any part of the name, or by the web address.")
    inlines = [ContactDataRows]

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "offices", "addresses"] if obj else []

    def get_fieldsets(self, request, obj=None):
        named = (None, {"fields": ["honorific", "name", "name_in_own_script", "sort_key", "slug"]})
        if obj is None:
            return [named, SOURCE]
        return [
            named,
            (_("Offices"), {"fields": ["offices"]}),
            SOURCE,
            (_("Former addresses"), {"fields": ["addresses"]}),
        ]

    @admin.display(description=_("past and present"))
    def offices(self, person):
        rows = sorted(_offices_of(person), key=lambda row: row.starts_on, reverse=True)
        lines = ((row._meta.verbose_name, self.change_url(row), row, row.until) for row in rows)
        return format_html_join("", '<p>{}: <a href="{}">{}</a> {}</p>', lines) or _("None.")

    @admin.display(description=_("redirect here"))
    def addresses(self, person):
        return ", ".join(person.former_addresses.values_list("slug", flat=True)) or _("None.")


def _offices_of(person):
    for kind in kinds_of_office():
        to_name = [name for name in ("seat", "subject") if hasattr(kind, name)]
        yield from kind.objects.filter(person=person).select_related("person", *to_name)


@admin.register(ContactData)
class ContactDataAdmin(RecordAdmin):
    """Only for staff with the right to see it; the history keeps who changed it and when, not the values."""

    list_display = ["person", "email", "phone"]
    list_select_related = ["person"]
    search_fields = ["person__search_key", "email"]
    autocomplete_fields = ["person"]
    fieldsets = [
        (
            None,
            {
                "description": _("Never public. The history keeps who changed this and when, not the values."),
                "fields": ["person", "email", "phone", "note"],
            },
        )
    ]


class CountryForm(RecordForm):
    """A country chosen by name."""

    code = forms.ChoiceField(label=_("Country"), help_text=_("Names come from CLDR, in the six languages."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].choices = [("", "—"), *choices_of_countries()]


def choices_of_countries():
    """The countries that CLDR names and the record does not hold yet, sorted by name in the active language."""
    known = set(Country.objects.values_list("pk", flat=True))
    names = sorted(country_names(get_language()).items(), key=lambda pair: pair[1])
    return [(code, f"{name} ({code})") for code, name in names if code not in known]


def codes_by_name(words):
    """The codes of the countries whose name in one of the six languages contains every word."""
    words = words.casefold().split()
    return {
        code
        for language, _name in settings.LANGUAGES
        for code, name in Locale.parse(BABEL_LOCALES[language]).territories.items()
        if words and all(word in name.casefold() for word in words)
    }


@admin.register(FormerAddress)
class FormerAddressAdmin(OnlySeen, RecordAdmin):
    """Web addresses of persons who were merged into others: made by “Merge…”, kept for ever."""

    list_display = ["slug", "person"]
    list_select_related = ["person"]
    search_fields = ["slug", "person__search_key"]


class MembershipRows(RowsInTable):
    """The regional organizations to which the country belongs or belonged."""

    model = RegionalMembership
    form = PeriodForm
    fields = ["organization", *PERIOD, *SOURCE_FIELDS]


@admin.register(RegionalMembership)
class RegionalMembershipAdmin(ImportExportPages, PeriodAdmin):
    """A country's time in a regional organization; edited on the country's page."""

    on_index = False
    list_display = ["country", "organization", "begins", "ends"]
    list_filter = ["organization"]
    list_select_related = ["country"]
    search_fields = ["country__code"]
    autocomplete_fields = ["country"]
    fieldsets = [(None, {"fields": ["country", "organization", *PERIOD]}), SOURCE]


@admin.register(Country)
class CountryAdmin(ImportExportPages, RecordAdmin):
    """A country with its regions and marks (C1, F2)."""

    form = CountryForm
    inlines = [MembershipRows]
    list_display = ["name", "code", "council_region", "organizations", "is_ldc", "is_sids", "is_lldc", "is_transition"]
    list_filter = ["council_region", "is_ldc", "is_sids", "is_lldc", "is_transition"]
    search_fields = ["code", "official_name_en"]
    search_help_text = _("By name in any of the six languages, or by ISO code.")

    def get_search_results(self, request, queryset, search_term):
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if search_term:
            found = found | queryset.filter(pk__in=codes_by_name(search_term))
        return found, duplicates

    def get_fieldsets(self, request, obj=None):
        marks = ["is_ldc", "is_sids", "is_lldc", "is_transition", "marks_source"]
        described = _("A mark stays “unknown” until its source is given.")
        return [
            (None, {"fields": [*(["names"] if obj else []), "code", "official_name_en"]}),
            (_("Regions"), {"fields": ["council_region"]}),
            (_("Marks"), {"description": described, "fields": marks}),
            SOURCE,
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "names"] if obj else []

    @admin.display(description=_("name"))
    def name(self, country):
        return country.name

    @admin.display(description=_("names"))
    def names(self, country):
        lines = ((name, country.name_in(code)) for code, name in settings.LANGUAGES)
        return format_html("<p>{}</p>", format_html_join("; ", "{}: {}", lines))

    @admin.display(description=_("regional organizations"))
    def organizations(self, country):
        return ", ".join(row.organization for row in country.memberships.all() if row.covers(today()))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships")
