"""Bringing an old version back: it opens in the ordinary form, and is saved and judged like any change."""

from django.contrib.admin.utils import quote
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iscg_portal.adminkit import history


class Restorable:
    """Mixin of a ModelAdmin: `?version=` on a record's page, or on the page for a new one if it was removed."""

    def restored_version(self, request, obj=None):
        """The old version that `?version=` asks to bring back onto this page, or None."""
        version = request.GET.get("version", "")
        if not (version.isascii() and version.isdigit() and len(version) < 18 and self.is_restorable()):
            return None
        records = self.model.history.filter(history_id=version)
        if obj is not None:
            records = records.filter(pk_of(self.model, obj.pk))
        record = records.first()
        return record if record and (obj is not None or not self._exists(record)) else None

    def _get_preserved_qsl(self, request, preserved_filters):
        """Once saved, the old version is asked for no more."""
        return [pair for pair in super()._get_preserved_qsl(request, preserved_filters) if pair[0] != "version"]

    def is_restorable(self):
        """Whether the history of this model says enough to bring an old version back."""
        return hasattr(self.model, "history") and history.is_restorable(self.model)

    def _exists(self, record):
        key = getattr(record, self.opts.pk.attname)
        return self.model._base_manager.filter(pk=key).exists()

    def restore_url(self, request, obj, record):
        """Where the old version can be looked over and saved again; empty if this account may not."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        allowed = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if not (allowed and self.is_restorable()):
            return ""
        address = reverse(f"{name}_change", args=[quote(obj.pk)]) if obj else reverse(f"{name}_add")
        return f"{address}?version={record.history_id}"

    def reason_of_restoring(self, request, obj):
        """The words that the history gets; empty if nothing is being restored."""
        record = self.restored_version(request, obj)
        if record is None:
            return ""
        when = date_format(timezone.localtime(record.history_date), "DATETIME_FORMAT")
        return _("Restored as it stood on %(when)s.") % {"when": when}


def pk_of(model, pk):
    """A filter on a history: the versions of one row."""
    return Q(**{model._meta.pk.attname: pk})
