"""The page of changes between two days."""

from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import shown
from iscg_portal.tenure.as_on import a_year_before, read_date
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page
from members import rows, tables
from members.change_log import ChangeLog
from members.change_rows import correction_rows, entry_rows
from members.corrections import corrections


@public_page
def composition_changes(request):
    """Who came, left, was first or last recorded between two days, and which rows were removed as mistakes."""
    now = today()
    to_on = read_date(request, "to", now)
    from_on = read_date(request, "from", a_year_before(to_on))
    if from_on > to_on:
        raise BadRequest(_("The first day lies after the last; turn them round."))
    table = shown(request, tables.changes_table(ChangeLog(from_on, to_on)))
    context = {
        "here": rows.pages_of_composition("changes"),
        "from_on": from_on,
        "to_on": to_on,
        "today": now,
        "asked": bool(request.GET),
        "table": table,
        "rows": entry_rows(table.rows),
        "corrections": list(correction_rows(corrections(from_on, to_on))),
    }
    return render(request, "members/composition_changes.html", context)
