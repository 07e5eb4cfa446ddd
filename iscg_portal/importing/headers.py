"""The first row of a file: which columns there are, and which are missing, doubled or unknown."""

from django.utils.translation import gettext as _

from iscg_portal.importing.cells import did_you_mean
from iscg_portal.importing.nearest import Nearest
from iscg_portal.importing.sheet import FileRefused, address, letter


def columns_of(sheet, resource):
    """The index of each column of the file by its name. Errors: FileRefused with every problem of the first row."""
    known = {column.column_name.casefold(): column.column_name for column in resource.fields.values()}
    places, problems = {}, []
    for index, header in enumerate(sheet.headers):
        name = known.get(header.casefold())
        if not header:
            problems += _nameless(sheet, index)
        elif name is None:
            message = _("Column %(letter)s: “%(header)s” is not a column of %(records)s.")
            values = {"letter": letter(index), "header": header[:60], "records": resource.plural()}
            problems.append(message % values + did_you_mean(Nearest((n, n) for n in known.values()).to(header)))
        elif name in places:
            message = _("“%(header)s” is the name of two columns, %(first)s and %(second)s.")
            values = {"header": name, "first": letter(places[name]), "second": letter(index)}
            problems.append(message % values)
        else:
            places[name] = index
    problems += _missing(places, resource)
    if problems:
        raise FileRefused([*problems, _("The template to download has the names of all columns.")])
    return places


def _nameless(sheet, index):
    filled = next((row for row in sheet.rows if row.cells[index] != ""), None)
    if filled is None:
        return []
    message = _("Cell %(cell)s is filled, but its column has no name in the first row.")
    return [message % {"cell": address(index, filled.number)}]


def _missing(places, resource):
    needed = [column.column_name for column in resource.fields.values() if column.required]
    for column in resource.fields.values():
        partner = getattr(column, "precision", None) or getattr(column, "day", None)
        if partner and column.column_name in places:
            needed.append(partner)
    needed += [name for name in resource.key_columns() if name not in needed]
    missing = [name for name in dict.fromkeys(needed) if name not in places]
    return [_("The column “%(name)s” is missing.") % {"name": name} for name in missing]
