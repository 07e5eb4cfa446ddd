"""Filters of lists: in office on a day, and ended or to come as of that day."""

from django.contrib import messages
from django.contrib.admin import ListFilter, SimpleListFilter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from iscg_portal.tenure.typed_dates import read_day


class DayFilter(ListFilter):
    """“In office on …”: a small form for the day, beside the filters that are set already."""

    template = "admin/day_filter.html"
    title = _("in office on")
    parameter_name = "in_office_on"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.request = request
        self.value = (params.pop(self.parameter_name, None) or [""])[-1].strip()
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
        return [{"value": self.value, "name": self.parameter_name, "kept": kept, "without": without}]

    def queryset(self, request, queryset):
        if not self.value:
            return queryset
        try:
            day = read_day(self.value)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return queryset.none()
        return queryset.covering(day)


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
        ("decision", _("the document of the appointment"), lambda rows: rows.filter(starts_decision="")),
        ("source", _("a source"), lambda rows: rows.filter(source="")),
    ]
