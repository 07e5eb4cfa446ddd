"""Import, export and template in the admin: `class PersonAdmin(ImportExportPages, RecordAdmin)` has them all."""

from iscg_portal.importing.admin_export import ExportPages
from iscg_portal.importing.admin_import import ImportPages


class ImportExportPages(ImportPages, ExportPages):
    """Mixin of a ModelAdmin whose model has a resource: buttons on its list, and the pages behind them."""
