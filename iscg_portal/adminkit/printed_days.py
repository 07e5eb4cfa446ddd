"""Read-only days and moments on the forms of the admin print as everywhere in the portal: “1er juin 2026”."""

from django.contrib.admin import helpers

from iscg_portal.adminkit.word_order import as_printed
from iscg_portal.tenure.dates import Dated

AS_KNOWN = {"starts_on": "since", "ends_on": "until"}  # of rows with a precision


class PrintedReadonlyField(helpers.AdminReadonlyField):
    """A field that is shown and not edited."""

    def contents(self):
        name, row = self.field["field"], self.form.instance
        if name in AS_KNOWN and isinstance(row, Dated):
            return getattr(row, AS_KNOWN[name]) or self.empty_value_display
        column = as_printed(type(row), name)
        return super().contents() if column is name else column(row) or self.empty_value_display


def connect():
    """The lines of Django's forms take the class from their module, and ask nobody else."""
    helpers.AdminReadonlyField = PrintedReadonlyField
