"""Judging the rows of a file and writing them: the one way in for the admin, the terminal and scripts."""

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal.importing.cells import Nearest, did_you_mean
from iscg_portal.importing.preview import REFUSED, CellChange, Preview, PreviewRow, Problem, digest
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.sheet import FileRefused, address, letter
from iscg_portal.record_version import bump
from iscg_portal.search.following import made_anew_together


class RowsRefused(ValidationError):
    """Nothing was written. `preview` has every row's verdict."""

    def __init__(self, preview):
        self.preview = preview
        super().__init__(
            [
                _("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": problem.sentence}
                for row in preview.rows
                for problem in row.problems
            ]
        )


class ChangedMeanwhile(ValidationError):
    """Nothing was written: the records concerned are not as they were in the preview. `preview` is the new one."""

    def __init__(self, preview):
        self.preview = preview
        super().__init__(
            _("Somebody changed the records concerned since the preview. Nothing was written; look at it again.")
        )


def judge(model, sheet):
    """The `Preview` of a sheet; nothing stays written. Errors: FileRefused for the first row of the file."""
    return _run(model, sheet, write=False)


def write(model, sheet, *, reason="", by=None, state=None):
    """Write a sheet, all or nothing, and give its `Preview`.

    `state` is the `state` of the preview that was confirmed; `reason` and `by` go into each record's history.
    Errors: FileRefused, RowsRefused, ChangedMeanwhile.
    """
    with transaction.atomic():
        bump()  # from here on every other writer waits
        preview = _run(model, sheet, write=True, reason=reason, by=by)
        if state is not None and preview.state != state:
            raise ChangedMeanwhile(preview)
        if not preview.is_accepted:
            raise RowsRefused(preview)
    return preview


def _run(model, sheet, *, write, reason="", by=None):
    resource = resource_for(model)(reason=reason, by=by)
    sheet = resource.unfolded(sheet)
    places = columns_of(sheet, resource)
    dataset = tablib.Dataset(headers=list(places))
    for row in sheet.rows:
        dataset.append([row.cells[index] for index in places.values()])
    numbers = [row.number for row in sheet.rows]
    with transaction.atomic(), made_anew_together():
        # The library's own transactions set a savepoint for every row; one around all of them is enough.
        result = resource.import_data(dataset, use_transactions=False, numbers=numbers)
        for error in [*result.base_errors, *(error for row in result.rows for error in row.errors)]:
            raise error.error
        if not write or result.has_validation_errors():
            transaction.set_rollback(True)
    return _preview(resource, places, sheet)


def _preview(resource, places, sheet):
    rows = [_preview_row(state, {} if sheet.is_calendar or sheet.is_unfolded else places) for state in resource.states]
    parts = [
        [state.verdict, str(state.known_id), state.before, state.stood, state.after, state.problems]
        for state in resource.states
    ]
    return Preview(rows, digest([resource.model()._meta.label, parts]), list(sheet.remarks))


def _preview_row(state, places):
    problems = [
        Problem(address(places[column], state.number) if column in places else "", column, sentence)
        for column, sentences in state.problems.items()
        for sentence in sentences
    ]
    stood = state.before | state.stood
    changes = [CellChange(name, stood.get(name, ""), state.after[name]) for name in state.changed]
    verdict = REFUSED if problems else state.verdict
    return PreviewRow(state.number, verdict, state.label, str(state.known_id), changes, problems, state.remarks)


def columns_of(sheet, resource):
    """The index of each column of the file by its name. Errors: FileRefused with every problem of the first row."""
    if sheet.is_calendar and not resource.takes_calendars:
        message = _("A calendar cannot be read as %(records)s. Upload an XLSX or CSV file.")
        raise FileRefused(message % {"records": resource.plural()})
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
