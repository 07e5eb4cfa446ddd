"""Reading the rows of a file into records: django-import-export's steps for a row, without saving any."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource

from iscg_portal.importing.columns import CellRefused, IdColumn, ShownColumn
from iscg_portal.importing.judged import judge_and_save
from iscg_portal.importing.preview import UNCHANGED, RowState
from iscg_portal.importing.progress import row_read
from iscg_portal.importing.sheet import IfNew


class ByKey(BaseInstanceLoader):
    """All records of the table by their id and by their key, as texts, loaded once."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.ids, self.keys, self.by_cells = {}, {}, {}
        resource.on_record = self
        for record in resource.filter_export(resource.get_queryset()):
            self.ids[str(record.pk)] = record
            self.keys.setdefault(resource.key_of(record), record)
        resource.loaded(self)

    def get_instance(self, row):
        return self.resource.find(row, self)

    def with_cells(self, cells):
        """The records with these cells, {column: text}: all records are looked through once, whatever is asked."""
        columns = tuple(cells)
        if columns not in self.by_cells:
            fields, index = [self.resource.fields[name] for name in columns], {}
            for record in self.ids.values():
                index.setdefault(tuple(field.text_of(record) for field in fields), []).append(record)
            self.by_cells[columns] = index
        return self.by_cells[columns].get(tuple(cells.values()), [])


class RowReader(ModelResource):
    """A resource that reads all rows, then judges and saves them together.

    A cell that says what the record says is left alone, so that an export imported again changes nothing.
    """

    def before_import(self, dataset, **kwargs):
        self.states = []
        self.numbers = kwargs.get("numbers") or range(2, len(dataset) + 2)
        for column in self.fields.values():
            column.widget.prepare()

    def get_or_init_instance(self, instance_loader, row):
        state = RowState(number=self.numbers[len(self.states)], row=row)
        self.states.append(state)
        row_read(len(self.states))
        try:
            found = self.get_instance(instance_loader, row)
        except CellRefused as refusal:
            state.refuse(refusal.column, refusal.sentence)
            found = None
        state.instance, state.is_new = found or self.init_instance(row), found is None
        if found is not None:
            state.before, state.known_id, state.label = self.cells_of(found), found.pk, str(found)
        return state.instance, state.is_new

    def import_instance(self, instance, row, **kwargs):
        state = self.states[-1]
        for column in self.fields.values():
            is_left = not state.is_new and isinstance(row.get(column.column_name), IfNew)
            if column.column_name in row and column.column_name not in state.problems and not is_left:
                self._take(column, state)
        state.after = self.cells_of(instance)
        state.label = state.label or self.label_of(instance)
        state.compare()
        own = {column.column_name for column in self.fields.values() if not column.is_child}
        state.record_changes = state.is_new or bool(own & set(state.changed))
        self.complete(state)
        if state.is_new and not state.problems:
            self.propose(state)
        if state.problems:
            raise ValidationError(state.problems)

    def _take(self, column, state):
        pair = (column.column_name, getattr(column, "precision", column.column_name))
        named = {each.column_name: each for each in self.fields.values()}
        try:
            if not state.is_new and all(named[name].says(state.row, state.before[name]) for name in pair):
                return
            if isinstance(column, ShownColumn) and state.before and column.given(state.row):
                remark = _("The column “%(name)s” is for reading only; what it says is not imported.")
                state.remarks.append(remark % {"name": column.column_name})
            column.refuse_lost_letters(state.row, state.before.get(column.column_name, ""))
            column.save(state.instance, state.row)
        except CellRefused as refusal:
            state.refuse(refusal.column, refusal.sentence)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        state = self.states[-1]
        return not import_validation_errors and not state.is_new and not state.changed

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Only what the cells say; the models judge all rows together afterwards."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def save_instance(self, instance, is_create, row, **kwargs):
        """Nothing yet: `after_import` saves the rows together."""

    def after_import(self, dataset, result, **kwargs):
        columns = {column.column_name: column for column in self.fields.values()}
        for state in self.states:
            if not state.problems:
                state.stood = {name: columns[name].stood(state) for name in state.changed}
                if all(state.after[name] == state.stood[name] for name in state.changed):
                    state.changed = []  # an answer that says what stands already
        judge_and_save(self)
        for state in self.states:
            if not state.problems and state.verdict != UNCHANGED:
                self._say_what_stands(state, columns.values())
        for number, (state, row_result) in enumerate(zip(self.states, result.rows, strict=True), start=1):
            if state.problems and row_result.validation_error is None:
                error = ValidationError(state.problems)
                row_result.import_type, row_result.validation_error = row_result.IMPORT_TYPE_INVALID, error
                result.append_invalid_row(number, state.row, error)

    def _say_what_stands(self, state, columns):
        """The record as it was saved: with what it makes for itself, but for the number of a new row."""
        own = [column for column in columns if not (column.is_child or isinstance(column, IdColumn))]
        state.after |= {column.column_name: column.text_of(state.instance) for column in own}
        state.compare()
