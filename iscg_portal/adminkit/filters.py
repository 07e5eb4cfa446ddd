"""Filters of lists: what is typed, as a day or a subject, and where a term stands on that day."""

from django.contrib import messages
from django.contrib.admin import ListFilter, SimpleListFilter, site
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from iscg_portal.plain_text import cleaned
from iscg_portal.tenure.typed_dates import read_day


class TypedFilter(ListFilter):
    """A small form for what is looked for, beside the filters that are set already."""

    template = "admin/typed_filter.html"
    any_words = _("show all")
    most = 200  # characters

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.request = request
        self.value = cleaned((params.pop(self.parameter_name, None) or [""])[-1])[: self.most]
        if self.value:
            self.used_parameters[self.parameter_name] = self.value

    def expected_parameters(self):
        return [self.parameter_name]

    def has_output(self):
        return True

    def choices(self, changelist):
        """One entry, from which the template makes the form."""
        kept = [
            (name, value)
            for name, values in changelist.filter_params.items()
            for value in values
            if name != self.parameter_name
        ]
        if changelist.query:
            kept.append(("q", changelist.query))
        without = changelist.get_query_string(remove=[self.parameter_name])
        words = {"any_words": self.any_words, "help_text": getattr(self, "help_text", "")}
        return [{"value": self.value, "name": self.parameter_name, "kept": kept, "without": without, **words}]


class DayFilter(TypedFilter):
    """“In office on …”."""

    title = _("in office on")
    parameter_name = "in_office_on"
    any_words = _("any day")

    def queryset(self, request, queryset):
        if not self.value:
            return queryset
        try:
            day = read_day(self.value)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return queryset.none()
        return queryset.covering(day)


class SearchedFilter(TypedFilter):
    """Rows about records that are found by words or a code, as their own list finds them.

    They may be thousands, so none is listed: `("subject", SearchedFilter)` would be one link for each.
    """

    help_text = _("By a code or words of the title.")

    def queryset(self, request, queryset):
        if not self.value:
            return queryset
        field = queryset.model._meta.get_field(self.parameter_name)
        related = field.related_model
        rows, _doubled = site.get_model_admin(related).get_search_results(
            request, related._base_manager.all(), self.value
        )
        about = queryset.model._base_manager.filter(**{f"{field.name}__in": rows.order_by().values("pk")})
        return queryset.filter(pk__in=about.values("pk"))


def searched_by(field, title):
    """The filter of rows by the records in one of their fields: `searched_by("subject", _("subject"))`."""
    return type("SearchedBy", (SearchedFilter,), {"title": title, "parameter_name": field})


BY_SUBJECT = searched_by("subject", _("subject"))


class OfferedFilter(SimpleListFilter):
    """A few words, of which one may be chosen: value, label, and what it makes of the rows."""

    offered = []

    def lookups(self, request, model_admin):
        return [(value, label) for value, label, _narrowed in self.offered]

    def queryset(self, request, queryset):
        return next((narrowed(queryset) for value, _l, narrowed in self.offered if value == self.value()), queryset)


class StateFilter(OfferedFilter):
    """Where a term stands today: in office, ended, to come."""

    title = _("today")
    parameter_name = "state"
    offered = [
        ("in office", _("in office"), lambda rows: rows.covering()),
        ("ended", _("ended"), lambda rows: rows.ended()),
        ("upcoming", _("to come"), lambda rows: rows.upcoming()),
    ]


class UnconfirmedFilter(OfferedFilter):
    """What a term's record lacks."""

    title = _("lacking")
    parameter_name = "lacking"
    offered = [
        ("decision", _("the document of the appointment"), lambda rows: rows.without_decision()),
        ("source", _("a source"), lambda rows: rows.filter(source="")),
    ]
