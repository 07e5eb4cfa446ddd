"""All study units of every period, and what became of them, as lists and files (A1)."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import file_of, read_choice, shown
from iscg_portal.tables.questions import Question
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from studies.models import Ending, StudyPeriod, StudyUnit
from studies.models.units import STUDYING
from studies.unit_tables import endings_table, units_table


@public_page
@takes("on", "period", "kind", "sort", "page")
def unit_list(request, format=None):
    """The units of every study period, or of one, or the same as a file."""
    read_day(request)  # a day changes nothing here, but must be one, as in the address of every table
    periods = {period.code: period for period in StudyPeriod.objects.public()}
    period, kind = read_choice(request, "period", periods), read_choice(request, "kind", StudyUnit.Kind.values)
    units = StudyUnit.objects.public().join_public("period", "parent").in_printed_order()
    units = units.filter(period=periods[period]) if period else units
    units = units.filter(kind=kind) if kind else units
    if format:
        return file_of(request, units_table(units), format)
    context = {
        "questions": [
            Question("period", _("Study period"), [(code, str(one)) for code, one in periods.items()], period),
            Question("kind", _("Kind"), StudyUnit.Kind.choices, kind),
        ],
        "table": shown(request, units_table(units)),
    }
    return render(request, "studies/unit_list.html", context)


@public_page
@takes("on", "sector", "kind", "sort", "page")
def ending_list(request, format=None):
    """What became of the units of every study period, or the same as a file."""
    read_day(request)
    sector = read_choice(request, "sector", dict(STUDYING))
    kind = read_choice(request, "kind", Ending.Kind.values)
    endings = (
        Ending.objects.public().with_units().order_by("unit__sector", "unit__period__name", "unit__sort_key", "pk")
    )
    endings = endings.filter(unit__sector=sector) if sector else endings
    endings = endings.filter(kind=kind) if kind else endings
    if format:
        return file_of(request, endings_table(endings), format)
    context = {
        "questions": [
            Question("sector", _("Sector"), STUDYING, sector),
            Question("kind", _("How it ends"), Ending.Kind.choices, kind),
        ],
        "table": shown(request, endings_table(endings)),
    }
    return render(request, "studies/ending_list.html", context)
