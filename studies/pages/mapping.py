"""The mapping of studies: Tables 1, 2 and 3 as matrix, list and sheet, and all links together (A1)."""

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import Sector
from iscg_portal.tables import file_of, read_choice, shown
from iscg_portal.tables.files import CONTENT_TYPES, guarded, xlsx_of
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from studies.matrix import matrix_of
from studies.matrix_sheet import lines_of
from studies.models import MappingLink, StudyUnit
from studies.models.links import STATES
from studies.pictures import draw_links
from studies.shown_periods import ShownPeriods, shown_periods
from studies.tables import links_table
from subjects.models import Subject
from subjects.pages.subject_list import Select


class SectorPair(NamedTuple):
    """One of the three tables: the Sectors of its lines and of its columns, and its number in the papers."""

    rows: str
    columns: str
    number: int
    title: str

    @property
    def sectors(self):
        """Both, in the order in which a link is stored."""
        return sorted((self.rows, self.columns))

    @property
    def turned(self):
        """Whether its lines are of the Sector that a link has second."""
        return self.rows > self.columns

    @property
    def page(self):
        """The name of its address."""
        return f"studies:mapping-{self.code}"

    @property
    def sheet(self):
        """The name of the address of its own form."""
        return f"{self.page}-sheet"

    @property
    def code(self):
        """As in its address: d-r."""
        return f"{self.rows}-{self.columns}".lower()


PAIRS = {
    pair.code: pair
    for pair in (
        SectorPair("D", "R", 1, _("ITU-D Questions and ITU-R Working Parties")),
        SectorPair("T", "R", 2, _("ITU-T Questions and ITU-R Working Parties")),
        SectorPair("D", "T", 3, _("ITU-D and ITU-T Questions")),
    )
}
PARAMETERS = ("on", "period", "group", "subject", "state", "sort", "page")


class MappingFilters(NamedTuple):
    """What the address asks for; blank where it asks for everything."""

    periods: ShownPeriods
    units: list
    codes: list
    group: str
    subject: str
    state: str

    def applied_to(self, links):
        """The links that they let through, with their names and states."""
        links = links.filter(self.periods.links()).with_state(self.periods.on)
        links = links.of_group(self.group) if self.group else links
        links = links.about(self.subject) if self.subject else links
        return links.filter(state=self.state) if self.state else links

    def picture_of(self, table):
        """The links of the one subject or group that is asked for, where one page of the table has them all."""
        if not (self.group or self.subject) or table.page.has_other_pages():
            return None
        sector = next((unit.sector for unit in self.units if unit.slug == self.group), "")
        return draw_links(table.rows, lambda unit: unit.sector == sector, rtl=get_language_bidi())

    def has_too_many_links(self, table):
        """Whether there is no picture because the subject or group that is asked for has more links than one page."""
        return bool(self.group or self.subject) and table.page.has_other_pages()

    @property
    def selects(self):
        """The form above the list."""
        periods = [(period.code, str(period)) for period in self.periods.every]
        groups = [(unit.slug, unit.name) for unit in groups_of(self.units)]
        return [
            Select("period", _("Study period"), self.periods.chosen, periods),
            Select("group", _("Study group"), self.group, groups),
            Select("subject", _("Subject"), self.subject, [(code, code) for code in self.codes]),
            Select("state", _("State"), self.state, STATES.items()),
        ]


def groups_of(units):
    """The study groups among units."""
    return [unit for unit in units if unit.kind == StudyUnit.Kind.GROUP]


def read_filters(request, on, sectors, units) -> MappingFilters:
    """The filters of the address; `units` selects those of the periods shown, with their periods. Three queries.

    Errors: BadRequest with a sentence for a value that is not offered.
    """
    periods = shown_periods(on)
    offered = [period for period in periods.every if period.sector in sectors]
    chosen = read_choice(request, "period", [period.code for period in offered])
    periods = ShownPeriods(on, offered, chosen)
    units = list(units.filter(periods.units(), sector__in=sectors).in_printed_order())
    known = {None: None} | {period.pk: period for period in offered}
    for unit in units:
        unit.period = known[unit.period_id]
    codes = list(
        Subject.objects.filter(study_links__isnull=False).distinct().order_by("code").values_list("code", flat=True)
    )
    return MappingFilters(
        periods,
        units,
        codes,
        read_choice(request, "group", [unit.slug for unit in groups_of(units)]),
        read_choice(request, "subject", codes),
        read_choice(request, "state", STATES),
    )


@public_page
@takes(*PARAMETERS)
def mapping(request, format=None):
    """All links, with the way to the three tables and to the study groups; or the links as a file."""
    day = read_day(request)
    groups = StudyUnit.objects.public().filter(kind__in=[StudyUnit.Kind.GROUP, StudyUnit.Kind.JOINT])
    filters = read_filters(request, day.on, ["", *Sector.values], groups)
    links = filters.applied_to(MappingLink.objects.public())
    if format:
        return file_of(request, links_table(links.with_shared_names().in_printed_order(), day.on), format)
    counts = links.order_by().values_list("first__sector", "second__sector").annotate(Count("pk"))
    numbers = {(first, second): number for first, second, number in counts}
    described = links_table(links.with_names().in_printed_order(), day.on)
    table = shown(request, replace(described, number=sum(numbers.values())))
    context = {
        "tables": [(pair, numbers.get(tuple(pair.sectors), 0)) for pair in PAIRS.values()],
        "units": filters.units,
        "past": filters.periods.past,
        "waiting": list(filters.periods.not_carried_over),
        "selects": filters.selects,
        "table": table,
        "picture": filters.picture_of(table),
        "too_many_links": filters.has_too_many_links(table),
    }
    return render(request, "studies/mapping.html", context | day.context)


def page_of(pair):
    """The view of one of the three tables."""

    @public_page
    @takes(*PARAMETERS)
    def mapping_table(request, format=None):
        """One of the three tables of the mapping on a day, or its links as a file."""
        return show_table(request, pair, format)

    return mapping_table


# Of ITU-R the tables name working parties: its Questions are a layer below.
FINER = {"sector": Sector.R, "kind": StudyUnit.Kind.QUESTION}


def units_of_tables():
    """The units of every table, with that layer."""
    return StudyUnit.objects.public().exclude(kind=StudyUnit.Kind.JOINT)


def filtered(request, day, pair, units):
    """The filters of a table of these units, and the links that they let through. Three queries."""
    filters = read_filters(request, day.on, pair.sectors, units)
    first, second = pair.sectors
    return filters, filters.applied_to(MappingLink.objects.public().filter(first__sector=first, second__sector=second))


def show_table(request, pair, format):
    """A table as matrix and as list, or the list as a file."""
    day = read_day(request)
    units = units_of_tables()
    filters, links = filtered(request, day, pair, units.exclude(**FINER))
    name = f"mapping-{pair.code}"
    ordered = links.in_printed_order(turned=pair.turned)
    if format:
        described = links_table(ordered.with_shared_names(), day.on, name, turned=pair.turned)
        return file_of(request, described, format)
    rows, columns = ([unit for unit in filters.units if unit.sector == one] for one in (pair.rows, pair.columns))
    opened = filters.group if filters.group in {unit.slug for unit in groups_of(rows)} else ""
    listed = ListedLinks(ordered, filters.units, pair.turned)
    table = shown(request, links_table(listed, day.on, name, turned=pair.turned))
    context = {
        "pair": pair,
        "matrix": matrix_of(rows, columns, table.table.rows.cells, opened),
        "periods": [filters.periods.by_sector.get(letter) for letter in (pair.rows, pair.columns)],
        "past": filters.periods.past,
        "waiting": list(filters.periods.not_carried_over),
        "selects": filters.selects,
        "table": table,
        "picture": filters.picture_of(table),
        "too_many_links": filters.has_too_many_links(table),
        "has_finer_layer": Sector.R in pair.sectors and units.filter(filters.periods.units(), **FINER).exists(),
    }
    return render(request, "studies/mapping_table.html", context | day.context)


class ListedLinks:
    """The links of a table: `read` says of all where they lead and stand, a slice gives those of a page, `with_names`.

    `units` are those of the page: only others are read.
    """

    def __init__(self, links, units, turned):
        self.links, self.units, self.turned = links, units, turned

    def order_by(self, *order):
        """The same in another order."""
        return ListedLinks(self.links.order_by(*order), self.units, self.turned)

    @cached_property
    def read(self):
        """Each link as (key, keys of the first unit and of that above it, of the second likewise, state). One query."""
        ends = ("first_id", "first__parent_id", "second_id", "second__parent_id")
        return list(self.links.values_list("pk", *ends, "state"))

    @property
    def cells(self):
        """Of each link (first, second, state) for the matrix: one to a unit without a place counts with that above."""
        known = {unit.pk for unit in self.units}
        for _pk, first, over, second, other, state in self.read:
            yield first if first in known else over, second if second in known else other, state

    def __len__(self):
        return len(self.read)

    def __getitem__(self, wanted):
        part = self.read[wanted]
        units = {None: None} | {unit.pk: unit for unit in self.units}
        others = {end for _pk, first, _over, second, *_rest in part for end in (first, second)} - units.keys()
        if others:
            units |= StudyUnit.objects.public().with_period().in_bulk(others)
        found = MappingLink.objects.public().join_public("subject").in_bulk([pk for pk, *_rest in part])
        listed = []
        for pk, first, _over, second, _other, state in part:
            if pk in found and first in units and second in units:  # not so of what is left out as odd
                listed.append(link := found[pk])
                link.first, link.second, link.state, link.turned = units[first], units[second], state, self.turned
        return listed


def sheet_of(pair):
    """The view of a table in its own form: a spreadsheet with units in its lines and in its columns."""

    @public_page
    @takes("on", "period", "group", "subject", "state")
    def mapping_sheet(request):
        """One of the three tables of the mapping as a spreadsheet in its own form."""
        return table_as_sheet(request, pair)

    return mapping_sheet


def table_as_sheet(request, pair):
    """A table in its own form."""
    day = read_day(request)
    filters, links = filtered(request, day, pair, units_of_tables())
    periods = [filters.periods.by_sector.get(letter) for letter in (pair.rows, pair.columns)]
    named = set()
    links = list(links.with_shared_names().in_printed_order())
    for link in links:
        named |= {link.first_id, link.second_id}
    units = [unit for unit in filters.units if unit.pk in named or [unit.sector, unit.kind] != [*FINER.values()]]
    rows, columns = ([unit for unit in units if unit.sector == letter] for letter in (pair.rows, pair.columns))
    cells = [(link.first_id, link.second_id, str(link.topic_in_original)) for link in links]
    title = str(_("Table %(number)s") % {"number": pair.number})
    lines = ([cell and guarded(cell) for cell in line] for line in lines_of(rows, columns, cells, periods))
    content = xlsx_of(title, lines)
    response = HttpResponse(content, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="iscg-table-{pair.number}-{day.on.isoformat()}.xlsx"'
    if "on" in request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response
