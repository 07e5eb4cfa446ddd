"""What the pages of import and export share."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from iscg_portal.importing.formats import FORMATS
from iscg_portal.importing.permissions import may
from iscg_portal.importing.registry import resource_for


class FilePages:
    """Base of the two mixins: addresses, rights and the frame of a page."""

    def resource(self):
        """The resource of this admin's model."""
        return resource_for(self.model)()

    def page_url(self, name, *args):
        """The address of one of these pages, or of the list ("changelist")."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def named_paths(self, pages):
        """Addresses of (route, view, name)."""
        wrap = self.admin_site.admin_view
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return [path(route, wrap(view), name=f"{prefix}_{name}") for route, view, name in pages]

    def file_tools(self, request):
        """The buttons of the list, as (label, address)."""
        return []

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"file_tools": self.file_tools(request), **(extra_context or {})})

    def require_right(self, request, right):
        """Stop with 403 without the right to "import" or "export"."""
        if not may(request.user, right, self.model):
            raise PermissionDenied

    def file_page(self, request, name, title, **context):
        """A page of `templates/admin/import_export/`; `title` has a place for the records' name."""
        request.current_app = self.admin_site.name
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title % {"records": self.opts.verbose_name_plural},
        }
        return TemplateResponse(request, f"admin/import_export/{name}.html", context)


def known_format(format):
    """The format, or 404 for one that there is not."""
    if format not in FORMATS:
        raise Http404(_("There are files as xlsx and csv only."))
    return format


def download(content, name, format):
    """A file to keep."""
    response = HttpResponse(content, content_type=FORMATS[format].get_content_type())
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
