"""Filters of lists: in office on a day, and ended or to come as of that day."""

from django.contrib import messages
from django.contrib.admin import ListFilter, SimpleListFilter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from iscg_portal.tenure.dates import parse_date, today


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
            day, _precision = parse_date(self.value, "day")
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return queryset.none()
        return queryset.covering(day)


class StateFilter(SimpleListFilter):
    """Where a term stands today: in office, ended, to come."""

    title = _("today")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("in office", _("in office")), ("ended", _("ended")), ("upcoming", _("to come"))]

    def queryset(self, request, queryset):
        on = today()
        asked = {"in office": queryset.covering, "ended": queryset.ended, "upcoming": queryset.upcoming}
        return asked[self.value()](on) if self.value() in asked else queryset


class UnconfirmedFilter(SimpleListFilter):
    """What a term's record lacks."""

    title = _("lacking")
    parameter_name = "lacking"

    def lookups(self, request, model_admin):
        return [("decision", _("the document of the appointment")), ("source", _("a source"))]

    def queryset(self, request, queryset):
        field = {"decision": "starts_decision", "source": "source"}.get(self.value())
        return queryset.filter(**{field: ""}) if field else queryset
