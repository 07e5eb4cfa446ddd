"""The export page of a list in the admin: the records that the list shows, with its search and filters."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iscg_portal.importing.admin_base import FilePages, download, known_format
from iscg_portal.importing.formats import CellTooLong
from iscg_portal.importing.permissions import may
from iscg_portal.importing.written import export_file, file_name


class ExportPages(FilePages):
    """Mixin of a ModelAdmin: “Export…”."""

    def get_urls(self):
        pages = [
            ("export/", self.export_view, "export"),
            ("export/<str:format>/", self.export_file_view, "export_file"),
        ]
        return [*self.named_paths(pages), *super().get_urls()]

    def file_tools(self, request):
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        tools = [(_("Export…"), self.page_url("export") + query)] if may(request.user, "export", self.model) else []
        return [*super().file_tools(request), *tools]

    def export_view(self, request):
        """Choose the format; the list's search and filters stay."""
        self.require_right(request, "export")
        context = {
            "count": self._chosen(request).count(),
            "total": self.get_queryset(request).count(),
            "query": request.GET.urlencode(),
        }
        return self.file_page(request, "export", _("Export %(records)s"), **context)

    def export_file_view(self, request, format):
        """The file."""
        self.require_right(request, "export")
        resource = self.resource()
        try:
            content = export_file(resource, self._chosen(request), known_format(format))
        except CellTooLong as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(self.page_url("changelist"))
        return download(content, file_name(resource, format, ""), format)

    def _chosen(self, request):
        try:
            return self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            raise Http404(_("The list has no such filter.")) from None
