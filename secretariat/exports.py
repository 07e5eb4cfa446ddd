"""The lists that an account may take along as files: what an auditor looks for on the desk."""

from django.contrib import admin
from django.utils.text import capfirst

from iscg_portal.adminkit.admin_rights import right
from iscg_portal.adminkit.site import admin_address
from iscg_portal.collation import in_order
from secretariat.record_lists import DeskEntry


def exports(user) -> list[DeskEntry]:
    """The page of the export of each list, by its name; costs no query beside that of the rights."""
    models = (model for model, its in admin.site._registry.items() if hasattr(its, "export_action"))
    found = [model for model in models if user.has_perm(right("export", model))]
    entries = [
        DeskEntry(capfirst(model._meta.verbose_name_plural), admin_address(model, page="export")) for model in found
    ]
    return in_order(entries, lambda entry: entry.text)
