"""`RecordResource`: one table of the record for import and export, on django-import-export's resources.

Differs from a plain resource in three things: rows are matched on business keys loaded once; a cell that says
what the record says is left alone, so that an export imported again changes nothing; rows are not saved one
by one but judged together once all are read (`iscg_portal.importing.judged`).
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource

from iscg_portal.importing.cells import Reference
from iscg_portal.importing.columns import CellRefused, Column, Shown
from iscg_portal.importing.judged import judge_and_save
from iscg_portal.importing.preview import ADDED, CHANGED, UNCHANGED


@dataclass
class RowState:
    """One row while it is judged. `problems` maps a column ("" for the row) to sentences."""

    number: int
    row: dict
    instance: object = None
    is_new: bool = True
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    changed: list = field(default_factory=list)
    problems: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)
    record_changes: bool = True
    known_id: object = ""
    label: str = ""

    def refuse(self, column, sentence):
        """Note a problem, once."""
        sentences = self.problems.setdefault(column, [])
        if sentence not in sentences:
            sentences.append(sentence)

    @property
    def verdict(self):
        """What would become of the row if nothing refuses it."""
        return ADDED if self.is_new else CHANGED if self.changed else UNCHANGED


class ByKey(BaseInstanceLoader):
    """All records of the table by their id and by their key, as texts, loaded once."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.ids, self.keys = {}, {}
        resource.on_record = self
        for record in resource.get_queryset():
            self.ids[str(record.pk)] = record
            self.keys.setdefault(resource.key_of(record), record)
        resource.loaded(self)

    def get_instance(self, row):
        return self.resource.find(row, self)


class RecordResource(ModelResource):
    """Import and export of one model. Subclasses declare columns and `Meta.model`, `Meta.import_id_fields`."""

    # Models whose files are handled on the same pages of the admin, as their rows hang on this model's.
    companions = ()
    select_related = ()
    prefetch_related = ()

    class Meta:
        instance_loader_class = ByKey
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        skip_diff = True
        use_bulk = False
        use_transactions = True

    def __init__(self, reason="", by=None, **kwargs):
        super().__init__(**kwargs)
        self.reason, self.by, self.states, self.on_record = reason, by, [], None
        # The fields that the library adds for every field of the model are no columns.
        declared = {name: each for name, each in self.fields.items() if isinstance(each, Column)}
        self.fields = dict(sorted(declared.items(), key=lambda item: self._place(*item)))

    def _place(self, name, column):
        """Id and key come first, the others by their place and as they are declared."""
        leading = ("id", *self.key_columns())
        if name in leading and not column.is_date:
            return (0, leading.index(name))
        return (column.place, column.declared)

    # What the table is

    @classmethod
    def model(cls):
        return cls._meta.model

    @classmethod
    def plural(cls):
        """The records' name, as in “representatives”."""
        return str(cls._meta.model._meta.verbose_name_plural)

    @classmethod
    def key_columns(cls):
        """The columns whose values say which record a row is about."""
        return tuple(cls._meta.import_id_fields)

    def get_queryset(self):
        return (
            self.model()._default_manager.select_related(*self.select_related).prefetch_related(*self.prefetch_related)
        )

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related(*self.select_related).prefetch_related(*self.prefetch_related)

    def export_rows(self, queryset=None):
        """The headers, then each record's cells as texts."""
        with override("en"):
            dataset = self.export(queryset)
        return [list(dataset.headers), *(list(row) for row in dataset)]

    def cells_of(self, record):
        """Every cell of a record by its column."""
        return {column.column_name: column.text_of(record) for column in self.fields.values()}

    def key_of(self, record):
        """The key of a record, as texts."""
        return tuple(self.fields[name].text_of(record) for name in self.key_columns())

    def mark_of(self, state):
        """What no two rows of a file have in common: the key."""
        return tuple(state.after.get(name) for name in self.key_columns())

    # Which record a row is about

    def find(self, row, loader):
        """The record that a row is about, or None for a new one. Errors: CellRefused."""
        given_id = str(self.fields["id"].given(row)).strip() if "id" in self.fields else ""
        if given_id:
            if given_id not in loader.ids:
                message = _("There is none of the %(records)s with the id %(id)s. Leave it empty to add a row.")
                raise CellRefused("id", message % {"records": self.plural(), "id": given_id[:20]})
            return loader.ids[given_id]
        return loader.keys.get(tuple(self.fields[name].key_in(row) for name in self.key_columns()))

    def propose(self, state):
        """Add remarks on a new row that may be a record already there. Subclasses know what resembles what."""

    def loaded(self, on_record):
        """Look at the records on file before the first row is read."""

    def label_of(self, instance):
        """How the preview names a new row; what is refused may lack anything."""
        try:
            return str(instance)
        except Exception:  # the text of a record may rest on what is missing here
            return ""

    def complete(self, state):
        """Refuse what no single cell shows."""

    def not_validated(self):
        """Fields of the model that no column sets and that are not validated."""
        return []

    def looked_up(self):
        """The foreign keys whose records the columns have found."""
        return [column.attribute for column in self.fields.values() if isinstance(column.widget, Reference)]

    def in_saving_order(self, states):
        """Rows that other rows refer to come first."""
        return states

    # What a row says

    def before_import(self, dataset, **kwargs):
        self.states = []
        self.numbers = kwargs.get("numbers") or range(2, len(dataset) + 2)
        for column in self.fields.values():
            column.widget.prepare() if hasattr(column.widget, "prepare") else None

    def get_or_init_instance(self, instance_loader, row):
        state = RowState(number=self.numbers[len(self.states)], row=row)
        self.states.append(state)
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
            if column.column_name in row:
                self._take(column, state)
        state.after = self.cells_of(instance)
        state.label = state.label or self.label_of(instance)
        state.changed = [name for name in state.after if state.after[name] != state.before.get(name, "")]
        state.record_changes = state.is_new or any(
            not column.is_child for column in self.fields.values() if column.column_name in state.changed
        )
        self.complete(state)
        if state.is_new and not state.problems:
            self.propose(state)
        if state.problems:
            raise ValidationError(state.problems)

    def _take(self, column, state):
        if column.column_name in state.problems:
            return
        pair = (column.column_name, getattr(column, "precision", column.column_name))
        try:
            if not state.is_new and all(self._by_name(name).says(state.row, state.before[name]) for name in pair):
                return
            if isinstance(column, Shown) and state.before and column.given(state.row):
                remark = _("The column “%(name)s” is for reading only; what it says is not imported.")
                state.remarks.append(remark % {"name": column.column_name})
            column.save(state.instance, state.row)
        except CellRefused as refusal:
            state.refuse(refusal.column, refusal.sentence)

    def _by_name(self, name):
        return next(column for column in self.fields.values() if column.column_name == name)

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
        judge_and_save(self)
        for number, (state, row_result) in enumerate(zip(self.states, result.rows, strict=True), start=1):
            if state.problems and row_result.validation_error is None:
                error = ValidationError(state.problems)
                row_result.import_type, row_result.validation_error = row_result.IMPORT_TYPE_INVALID, error
                result.append_invalid_row(number, state.row, error)
