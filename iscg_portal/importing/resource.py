"""`RecordResource`: one table of the record for import and export, on django-import-export's resources.

Differs from a plain resource in three things: rows are matched on business keys loaded once; a cell that says
what the record says is left alone (`reading`); rows are not saved one by one but judged together (`judged`).
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.history import save_with_reason
from iscg_portal.importing.cells import Reference
from iscg_portal.importing.columns import CellRefused, Column
from iscg_portal.importing.reading import ByKey, RowReader


class RecordResource(RowReader):
    """Import and export of one model. Subclasses declare columns and `Meta.model`, `Meta.import_id_fields`.

    `companions` are labels of models whose rows hang on this one's. `reason` and the account `by` go into the
    history of what is written.
    """

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
        return self.filter_export(self.model()._default_manager.all())

    def filter_export(self, queryset, **kwargs):
        queryset = queryset.prefetch_related(*self.prefetch_related)
        return queryset.select_related(*self.select_related) if self.select_related else queryset

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

    def find(self, row, loader):
        """The record that a row is about, or None for a new one. Errors: CellRefused."""
        given_id = str(self.fields["id"].given(row)).strip() if "id" in self.fields else ""
        if given_id:
            if given_id not in loader.ids:
                message = _("There is none of the %(records)s with the id %(id)s. Leave it empty to add a row.")
                raise CellRefused("id", message % {"records": self.plural(), "id": given_id[:20]})
            return loader.ids[given_id]
        return loader.keys.get(tuple(self.fields[name].key_in(row) for name in self.key_columns()))

    def looked_up(self):
        """The foreign keys whose records the columns have found."""
        return [column.attribute for column in self.fields.values() if isinstance(column.widget, Reference)]

    # What a table may say of itself: each of these does the plain thing.

    def loaded(self, on_record):
        """Look at the records on file before the first row is read."""

    def mark_of(self, state):
        """What no two rows of a file have in common: the key."""
        return tuple(state.after.get(name) for name in self.key_columns())

    def label_of(self, instance):
        """How the preview names a new row; what is refused may lack anything."""
        try:
            return str(instance)
        except Exception:  # the text of a record may rest on what is missing here
            return ""

    def complete(self, state):
        """Refuse what no single cell shows."""

    def propose(self, state):
        """Add remarks on a new row that may be a record already there."""

    def not_validated(self):
        """Fields of the model that no column sets and that are not validated."""
        return []

    def in_saving_order(self, states):
        """Rows that other rows refer to come first."""
        return states

    def save_record(self, record):
        """Judge a record as a form would, and save it. Errors: ValidationError, IntegrityError."""
        record.full_clean(exclude=self.not_validated())
        save_with_reason(record, self.reason, self.by)
