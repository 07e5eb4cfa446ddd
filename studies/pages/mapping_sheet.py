"""Tables 1, 2 and 3 in their own form: a spreadsheet with units in its lines and in its columns (A1)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from iscg_portal.tables.files import CONTENT_TYPES, guarded, xlsx_of
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from studies.matrix_sheet import lines_of
from studies.pages.mapping import filtered, is_finer


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
    filters, links = filtered(request, day, pair)
    periods = [filters.periods.by_sector.get(letter) for letter in (pair.rows, pair.columns)]
    named = set()
    links = list(links.with_shared_names().in_printed_order())
    for link in links:
        named |= {link.first_id, link.second_id}
    units = [unit for unit in filters.units if unit.pk in named or not is_finer(unit)]
    rows, columns = ([unit for unit in units if unit.sector == letter] for letter in (pair.rows, pair.columns))
    cells = [(link.first_id, link.second_id, str(link.topic_in_original)) for link in links]
    title = _("Table %(number)s") % {"number": pair.number}
    lines = ([cell and guarded(cell) for cell in line] for line in lines_of(rows, columns, cells, periods))
    content = xlsx_of(title, lines)
    response = HttpResponse(content, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="iscg-table-{pair.number}-{day.on.isoformat()}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    if "on" in request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response
