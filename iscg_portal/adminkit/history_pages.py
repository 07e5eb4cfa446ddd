"""Pages on what was: a record's history, one old version of it, and the rows that were removed."""

import datetime

from django.contrib.admin.utils import flatten_fieldsets, quote, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.adminkit import history
from iscg_portal.adminkit.site import desk_page
from iscg_portal.adminkit.undo_page import newest_marks, undoable
from iscg_portal.tenure.dates import print_date, print_moment
from iscg_portal.web.errors import WasRemoved

PER_PAGE = 50


class HistoryPages:
    """Mixin of a ModelAdmin. Who may see a record may see its history; who may change it may restore it."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("removed/", wrap(self.removed_view), name=f"{name}_removed"),
            path("<path:object_id>/history/<int:version>/", wrap(self.version_view), name=f"{name}_simple_history"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """The list leads to the rows that were removed."""
        leads = hasattr(self.model, "history") and self.has_view_or_change_permission(request)
        context = {"title": capfirst(self.opts.verbose_name_plural), "keeps_history": leads}
        return super().changelist_view(request, context | (extra_context or {}))

    def history_view(self, request, object_id, extra_context=None):
        """Who, when, what from what to what, and why, of the record and of the rows on its page."""
        if not self.has_history():
            return super().history_view(request, object_id, extra_context)
        stored = self.get_object(request, unquote(object_id))
        removed = None if stored else self._last_version(unquote(object_id))
        obj = stored or removed.instance
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        loaded = history.load(self.history_sources(request, obj))
        page = Paginator(loaded, PER_PAGE).get_page(request.GET.get("p"))
        name = str(stored) if stored else history.name_of(removed)
        newest = next((row for row in loaded if stored and row.instance_type is self.model), None)
        context = {
            "title": _("History of %(record)s") % {"record": name},
            "object": obj,
            "name": name,
            "page": page,
            "entries": [
                (
                    entry,
                    "" if entry.about or entry.record == newest else self.restore_url(request, stored, entry.record),
                )
                for entry in history.entries(page.object_list, loaded, self.model)
            ],
            "is_restorable": self.is_restorable(),
            "undoable": undoable(newest_marks(loaded), request.user),
        }
        return self._history_page(request, "admin/record_history.html", context | (extra_context or {}))

    def not_here(self, request, pk):
        """Of a record that was removed it says by whom, when and why, to who may see it."""
        last = self._last_version(pk) if hasattr(self.model, "history") else None
        if last is None or last.history_type != "-" or not self.has_view_or_change_permission(request, last.instance):
            return super().not_here(request, pk)
        words = {"record": history.name_of(last), "when": print_moment(last.history_date)}
        words["who"] = last.history_user or _("a command or a mailed link")
        said = [_("“%(record)s” was removed on %(when)s by %(who)s.") % words]
        if last.history_change_reason:
            said.append(_("Why: %(reason)s") % {"reason": last.history_change_reason})
        values = [getattr(last, field.attname) for field in history.tracked_fields(self.model)]
        texts = {*map(str, values), *(print_date(one) for one in values if isinstance(one, datetime.date))}
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[quote(pk)])
        return WasRemoved(" ".join(said), texts, address)

    def has_history(self):
        """Whether `history_sources` has something to tell of a record."""
        return hasattr(self.model, "history")

    def _last_version(self, pk):
        record = self._versions(pk).first()
        if record is None:
            raise Http404(_("There is no such record, and there never was."))
        return record

    def _versions(self, pk):
        try:
            return self.model.history.filter(pk_of(self.model, self.opts.pk.to_python(pk)))
        except Exception as error:
            raise Http404(_("There is no such record, and there never was.")) from error

    def version_view(self, request, object_id, version):
        """Every field of one old version, and a way to bring it back."""
        record = self._versions(unquote(object_id)).filter(history_id=version).select_related("history_user").first()
        if record is None:
            raise Http404(_("There is no such version of this record."))
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            "title": history.name_of(record),
            "object": obj or record.instance,
            "name": str(obj) if obj else history.name_of(record),
            "record": record,
            "values": history.values(record, flatten_fieldsets(self.get_fieldsets(request, obj))),
            "restore_url": self.restore_url(request, obj, record),
        }
        return self._history_page(request, "admin/record_version.html", context)

    def removed_view(self, request):
        """The rows that are no more, with who removed them and why."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if not hasattr(self.model, "history"):
            raise Http404(_("No rows of this kind are ever removed."))
        key = self.opts.pk.attname
        gone = self.model.history.filter(history_type="-").exclude(
            **{f"{key}__in": self.model._base_manager.values("pk")}
        )
        newest = {getattr(row, key): row for row in reversed(history.load([gone]))}
        rows = sorted(newest.values(), key=lambda row: row.history_id, reverse=True)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "title": _("Removed: %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "page": page,
            "rows": [(row, history.name_of(row), self.restore_url(request, None, row)) for row in page.object_list],
        }
        return self._history_page(request, "admin/removed_rows.html", context)

    def _history_page(self, request, template, context):
        return desk_page(request, template, opts=self.opts, **context)


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
        if not self.may_restore(request, obj):
            return ""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        address = reverse(f"{name}_change", args=[quote(obj.pk)]) if obj else reverse(f"{name}_add")
        return f"{address}?version={record.history_id}"

    def may_restore(self, request, obj):
        """Whether this account may bring old versions of the record back; without `obj`, of one that was removed."""
        allowed = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return allowed and self.is_restorable()

    def reason_of_restoring(self, request, obj):
        """The words that the history gets; empty if nothing is being restored."""
        record = self.restored_version(request, obj)
        if record is None:
            return ""
        when = print_moment(record.history_date)
        return _("Restored as it stood on %(when)s.") % {"when": when}


def pk_of(model, pk):
    """A filter on a history: the versions of one row."""
    return Q(**{model._meta.pk.attname: pk})
