"""What every page of the admin has in common: `RecordAdmin`, the base of each model's admin class."""

from simple_history.admin import SimpleHistoryAdmin


class RecordAdmin(SimpleHistoryAdmin):
    """A model of the record in the admin: its history, and a reason for each change.

    Mixins go before it: `class PersonAdmin(ImportExportPages, RecordAdmin)`.
    """
