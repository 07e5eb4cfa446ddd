"""Study units: one with what it was before and what became of it, and all of every period as lists and files (A1)."""

from collections import defaultdict

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table, file_of, read_choice, shown
from iscg_portal.tables.questions import Question
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from studies.models import Confirmation, Ending, MappingLink, StudyPeriod, StudyUnit
from studies.models.endings import is_partly_split
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


@public_page
@takes("on", "page")
def unit_detail(request, slug):
    """One unit with its links. Errors: 404 with a sentence for an unknown address."""
    day = read_day(request)
    unit = StudyUnit.objects.public().join_public("period", "parent__period").filter(slug=slug).first()
    if unit is None:
        raise Http404(_("No study unit with this address is on record."))
    endings = list(Ending.objects.public().with_units().filter(Q(unit=unit) | Q(successor=unit)))
    links = MappingLink.objects.public().filter(Q(first=unit) | Q(second=unit)).with_state(day.on).in_printed_order()
    listed = list(links.values_list("pk", "state", "first", "second", "subject"))
    table = shown(request, unit_links_table(listed, day.on))
    states = {key: state for key, state, *_rest in table.rows}
    ends_of_links = {key for _pk, _state, *ends, _subject in table.rows for key in ends}
    # Units at the ends of links, and those below it, are read together.
    units = StudyUnit.objects.public().with_period().filter(Q(parent=unit) | Q(pk__in=ends_of_links - {None}))
    units = list(units.order_by("-kind", "sort_key", "pk"))
    ends = [ending for ending in endings if ending.unit_id == unit.pk]
    context = {
        "unit": unit,
        "ends": ends,
        "is_partly_split": is_partly_split(ends),
        "origins": [ending for ending in endings if ending.successor_id == unit.pk],
        "below": [one for one in units if one.parent_id == unit.pk],
        "table": table,
        "links": links_of(unit, states, {None: None} | {one.pk: one for one in units}, day.on),
        "subjects": {subject for *_rest, subject in listed if subject},
    }
    return render(request, "studies/unit_detail.html", context | day.context)


def links_of(unit, states, units, on) -> list[MappingLink]:
    """The links of a unit with these keys and `state`s, each with its `other` end and what was `said` of it.

    `units` are those at their ends. One that `is_off` does not stand on the day. Two queries.
    """
    links = MappingLink.objects.public().join_public("subject").in_bulk(states)
    said = defaultdict(list)
    for one in Confirmation.objects.public().filter(link__in=states, said_on__lte=on):
        said[one.link_id].append(one)
    listed = []
    for link in (links[key] for key in states if key in links):
        if link.first_id in units and link.second_id in units:  # not so of what is left out as odd
            link.first, link.second = units[link.first_id], units[link.second_id]
            link.state, link.said = states[link.pk], said[link.pk]
            link.other, link.is_off = link.other_than(unit), not link.stands_on(on)
            listed.append(link)
    return listed


def unit_links_table(links, on) -> Table:
    """The links of one unit, as (key, state, keys of its units and of its subject). It has no files."""
    heads = [("other", _("Unit or subject")), ("topic", _("Topic")), ("subject", _("Subject"))]
    heads += [("kind", _("Kind")), ("state", _("State")), ("source", _("Source"))]
    return Table("links", [Column(key, label) for key, label in heads], links, as_on=on)
