"""What every page of the admin has in common: `RecordAdmin`, the base of each model's admin class."""

from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten, get_fields_from_path
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404, HttpResponseRedirect
from django.utils.text import capfirst, smart_split, unescape_string_literal
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from modeltranslation.utils import build_localized_fieldname

from iscg_portal.adminkit.act_pages import ActPages
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.filters import DayFilter, StateFilter, UnconfirmedFilter
from iscg_portal.adminkit.history_pages import HistoryPages
from iscg_portal.adminkit.page import RecordPage
from iscg_portal.adminkit.plain_fields import PlainFields, SearchOrChoose
from iscg_portal.adminkit.record_form import PeriodForm
from iscg_portal.adminkit.removal_page import RemovalPage
from iscg_portal.adminkit.site import admin_address
from iscg_portal.adminkit.word_order import WordOrder
from iscg_portal.collation import InWords
from iscg_portal.name_keys import NameKeyField
from iscg_portal.plain_text import cleaned
from iscg_portal.search.in_lists import HasWord
from iscg_portal.translated import columns_of

SOURCE_FIELDS = ["source", "grade", "seen_where"]
SOURCE = (_("Source"), {"fields": SOURCE_FIELDS})


class SeenLookups:
    """Mixin of a ModelAdmin: a list is narrowed down by fields that staff see, and by no others.

    Django takes every field of the model in an address (`?text__startswith=…`), with which a password's hash, or a
    code in a mail, could be guessed letter by letter from how many rows there are.
    """

    def lookup_allowed(self, lookup, value, request):
        seen = {self.opts.pk.name, self.date_hierarchy, *self.get_list_display(request)}
        for _title, options in self.get_fieldsets(request):
            seen.update(flatten(options["fields"]))
        for one in self.get_list_filter(request):
            seen.add(one if isinstance(one, str) else getattr(one, "parameter_name", None) or one[0])
        fields = self.opts.get_fields()
        unseen = {name for field in fields for name in (field.name, getattr(field, "attname", field.name))}
        unseen -= {str(name).partition(LOOKUP_SEP)[0] for name in seen}
        return lookup.partition(LOOKUP_SEP)[0] not in unseen and super().lookup_allowed(lookup, value, request)

    def get_object(self, request, object_id, from_field=None):
        """Django looks for a field without a name where the address says `_to_field=` and nothing."""
        return super().get_object(request, object_id, from_field or None)


class FoldedSearch:
    """Mixin of a ModelAdmin: words of the search are found without case and accents, wherever a text has them."""

    def get_search_results(self, request, queryset, search_term):
        """The rows in which every word stands, in one field or another; each row once."""
        searched = _searched(self.model, tuple(self.get_search_fields(request)))
        words = smart_split(search_term if searched else "")
        return queryset.filter(*(self._has(_unquoted(word), searched) for word in words)), False

    def _has(self, word, searched):
        """The rows that have the word. Of another record it is looked for once, not in each row that leads there."""
        found = Q()
        for path, (model, columns, lookups) in searched.items():
            here = Q(HasWord(word, *columns)) if columns else Q()
            for lookup in lookups:
                here |= Q(**{lookup: word})
            if path:
                here = Q(**{f"{path}__in": QuerySet(model).filter(here)})
            if path and any(step.one_to_many or step.many_to_many for step in get_fields_from_path(self.model, path)):
                here = Q(pk__in=QuerySet(self.model).filter(here).values("pk"))
            found |= here
        return found


def _unquoted(word):
    is_quoted = len(word) > 1 and word[0] in "\"'" and word[0] == word[-1]
    return unescape_string_literal(word) if is_quoted else word


@cache
def _searched(model, names):
    """{path to a record, "" for the row itself: (its model, its columns of text, lookups of other columns)}."""
    found = {}
    for name in names:
        path, _at, last = name.removeprefix("=").rpartition(LOOKUP_SEP)
        field = get_fields_from_path(model, name.removeprefix("="))[-1]
        _model, columns, lookups = found.setdefault(path, (field.model, [], []))
        is_text = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, NameKeyField)
        if is_text and name[0] != "=":
            columns.append(field)
        else:
            lookups.append(f"{last}{LOOKUP_SEP}{'iexact' if name[0] == '=' else 'icontains'}")
    return found


class FixedRows:
    """Mixin of a ModelAdmin: no row is added or removed here, whatever rights there are."""

    has_add_permission = never
    has_delete_permission = never


class OnlySeen(FixedRows):
    """The same, and none is changed."""

    has_change_permission = never


class LookedAt(OnlySeen, FoldedSearch, SeenLookups, admin.ModelAdmin):
    """What the portal writes itself: it can be looked at, not changed."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/looked_at.html"

    def get_changelist(self, request, **kwargs):
        return WordOrder

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.fields if field.name != "id"]

    def changelist_view(self, request, extra_context=None):
        context = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"title": str(obj), "subtitle": capfirst(self.opts.verbose_name)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(self, request, object_id, extra_context=None):
        """It has none; the log of changes tells what was done to it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        raise Http404


class RecordAdmin(
    HistoryPages, RemovalPage, ActPages, RecordPage, PlainFields, FoldedSearch, SeenLookups, admin.ModelAdmin
):
    """A model of the record in the admin.

    A page is saved as one act with the rows on it, with a reason, and not over a colleague unawares; it has
    its history, from which it can be restored, and is removed with a reason only. Mixins go before it:
    `class PersonAdmin(ImportExportPages, RecordAdmin)`.
    """

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    kept_for_next = ["subject", "meeting", "period", "partner"]  # “Save and add another” keeps what they say
    on_index = True  # off for rows that are edited on another record's page; their own pages stay reachable

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchOrChoose(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changelist(self, request, **kwargs):
        return WordOrder

    def get_search_fields(self, request):
        """A text is found in whichever language it is recorded, that of a related record too."""
        return [each for name in self.search_fields for each in self._in_each_language(name)]

    def _in_each_language(self, name):
        if not name.endswith("_en"):  # others may begin with a sign, as “=number”
            return [name]
        path, _at, column = name.rpartition(LOOKUP_SEP)
        model = get_fields_from_path(self.model, path)[-1].related_model if path else self.model
        text = column.removesuffix("_en")
        columns = columns_of(text) if text in getattr(model, "TRANSLATED", ()) else [column]
        return [f"{path}{_at}{one}" for one in columns]

    def get_search_results(self, request, queryset, search_term):
        """What is searched for is cleaned as what was kept; a picker prints names with no further query."""
        if isinstance(self.list_select_related, list):
            queryset = queryset.select_related(*self.list_select_related)
        return super().get_search_results(request, queryset, cleaned(search_term))

    def _form_for_next(self, obj):
        """Where the next one is entered, about the same subject, meeting or period."""
        names = {field.name: field.attname for field in self.opts.concrete_fields if field.name in self.kept_for_next}
        kept = {name: value for name, attname in names.items() if (value := getattr(obj, attname)) is not None}
        return HttpResponseRedirect(admin_address(self.model, page="add", **kept))

    def _keeping(self, request, obj, response):
        asked = "_addanother" in request.POST and response.status_code == HTTPStatus.FOUND
        return self._form_for_next(obj) if asked else response

    def response_add(self, request, obj, post_url_continue=None):
        return self._keeping(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._keeping(request, obj, super().response_change(request, obj))

    class Media:
        js = ["js/admin_names.js"]

    def has_module_permission(self, request):
        return self.on_index and super().has_module_permission(request)


class TranslatedRecordAdmin(RecordAdmin, TranslationAdmin):
    """A model with fields in six languages: English with the other fields, each further one folded away."""

    @admin.display(description=_("title"), ordering=InWords("title", translated=True))
    def title_in_words(self, record):
        return record.text("title")

    def get_fieldsets(self, request, obj=None):
        names = [field.name for field in self.opts.fields if field.name in self.trans_opts.all_fields]
        english = {name: build_localized_fieldname(name, "en") for name in names}
        first = [
            (title, {**options, "fields": [english.get(name, name) for name in options["fields"]]})
            for title, options in self.record_fieldsets
        ]
        languages = [
            (label, {"classes": ["collapse"], "fields": [build_localized_fieldname(name, code) for name in names]})
            for code, label in settings.LANGUAGES
            if code != "en"
        ]
        return [*first, *languages]


class PeriodAdmin(RecordAdmin):
    """A model with a first and a last day, entered as exactly as they are known."""

    form = PeriodForm

    @admin.display(description=_("from"), ordering="starts_on")
    def begins(self, row):
        return row.since

    @admin.display(description=_("to"), ordering="ends_on")
    def ends(self, row):
        return row.until


def _side(side, *more):
    """The fields of the beginning or the end of a term, with the decision behind it."""
    decision = (f"{side}_decision{part}" for part in ("_body", "", "_url"))
    return {"fields": [(f"{side}_on", f"{side}_precision"), *more, *decision]}


class TenureAdmin(PeriodAdmin):
    """An office held by a person. `office_fields` are those that say which office it is."""

    office_fields = []
    office_filters = []
    help_at_fields = {
        "seat": _("Each advisory group has two seats; the numbers only tell them apart."),
        "body": _("The advisory group, the Bureau or the General Secretariat for which the person stands."),
        "starts_decision_body": _("Who decided the appointment."),
        "starts_decision_url": _("Where the document can be read."),
        "ends_decision_body": _("Who decided the end, where somebody did."),
        "ends_decision": _("Its number; blank where the term simply came to its end."),
        "ends_decision_url": _("Where the document can be read."),
        "how_ended": _("Blank while the office is open."),
    }
    autocomplete_fields = ["person", "country"]
    search_fields = ["person__search_key", "organization", "starts_decision", "ends_decision"]
    list_select_related = ["person", "country"]

    def get_list_display(self, request):
        return [*self.office_fields, "person", "sits_for", "begins", "ends", "last_confirmed_on"]

    def get_list_display_links(self, request, list_display):
        return ["person"]

    def get_list_filter(self, request):
        return [DayFilter, StateFilter, *self.office_filters, UnconfirmedFilter]

    def get_view_on_site_url(self, obj=None):
        return obj and obj.person.get_absolute_url()

    @admin.display(description=_("sits for"))
    def sits_for(self, row):
        return row.for_whom

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": [*self.office_fields, "person", "country", "organization"]}),
            (_("Beginning"), _side("starts")),
            (_("End"), _side("ends", "how_ended")),
            (_("Evidence"), {"fields": ["last_confirmed_on", *SOURCE_FIELDS, "source_dated_on", "note"]}),
        ]


class OnlyToSee(OnlySeen, RecordAdmin):
    """Records that follow from a choice on the page of another one."""

    on_index = False
