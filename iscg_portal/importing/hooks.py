"""What a table may add to the common way of importing: the places where a resource of its own says more."""

from iscg_portal.history import save_with_reason


class TableHooks:
    """Mixin of a `RecordResource`; every method here does the plain thing."""

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
