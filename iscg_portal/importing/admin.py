"""Import, export and template in the admin: `class PersonAdmin(ImportExportPages, RecordAdmin)` has them all.

Rights, addresses and the export are django-import-export's own. The import has a preview with an address of its own,
kept for the account that uploaded the file (docs/decisions/0005-import-and-export.md).
"""

import datetime

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from iscg_portal.adminkit.act_pages import PublicActForm
from iscg_portal.adminkit.looking_again import load_again, stays
from iscg_portal.adminkit.site import desk_page
from iscg_portal.adminkit.undo_page import undoable
from iscg_portal.importing import staging
from iscg_portal.importing.formats import CSV, FORMATS, XLSX, explained, export_file, file_name, template_file
from iscg_portal.importing.preview import ADDED, CHANGED, REFUSED, VERDICTS
from iscg_portal.importing.progress import rows_read
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.sheet import FILE_BYTES, ROWS, FileRefused
from iscg_portal.signing_in.typed_before import ShowsTypedBefore

ROWS_A_PAGE = 100
WAITS_LONG = datetime.timedelta(minutes=1)
ALL, NEWS = "all", "news"
WITH_CALENDARS = gettext_lazy("An XLSX or CSV file with the columns named below, or a calendar (iCalendar, .ics).")


class UploadForm(ShowsTypedBefore, forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # the reading says it in its own words
        help_text=gettext_lazy("An XLSX or CSV file with the columns named below."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, takes_calendars=False, **kwargs):
        super().__init__(*args, **kwargs)
        if takes_calendars:
            self.fields["file"].help_text = WITH_CALENDARS
            self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.ics"

    def clean_file(self):
        """Refuse by its size what need not be read at all."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            sizes = {"size": file.size / 1_000_000, "limit": FILE_BYTES // 1_000_000}
            raise ValidationError(_("The file has %(size).1f MB; the limit is %(limit)d MB. Split it.") % sizes)
        return file


class ConfirmForm(PublicActForm):
    """Why the rows are written."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class ListButtons:
    """Mixin of a ModelAdmin: buttons above its list that lead to pages of its own."""

    def page_url(self, name, *args):
        """The address of one of these pages, or of the list ("changelist")."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def named_paths(self, pages):
        """Addresses of (route, view, name)."""
        wrap = self.admin_site.admin_view
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return [path(route, wrap(view), name=f"{prefix}_{name}") for route, view, name in pages]

    def list_buttons(self, request):
        """The buttons of the list, as (label, address)."""
        return []

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"list_buttons": self.list_buttons(request), **(extra_context or {})})


class ImportExportPages(ListButtons, ImportExportMixin):
    """Mixin of a ModelAdmin whose model has a resource: buttons on its list, and the pages behind them."""

    import_export_change_list_template = None  # the buttons stand in the list's own template
    export_formats = [XLSX, CSV]
    export_form_class = ExportForm

    def get_resource_classes(self, request):
        return [resource_for(self.model)]

    def get_urls(self):
        pages = [
            ("import/template/<str:format>/", self.template_view, "import_template"),
            ("import/<str:token>/", self.preview_view, "import_preview"),
        ]
        # The library's second step of an import takes the name of a file from the browser.
        rest = [url for url in super().get_urls() if not (url.name or "").endswith("_process_import")]
        return [*self.named_paths(pages), *rest]

    def list_buttons(self, request):
        buttons = []
        if self.has_import_permission(request):
            buttons.append((_("Import…"), self.page_url("import")))
            buttons.append((_("Template"), self.page_url("import_template", "xlsx")))
        if self.has_export_permission(request):
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            buttons.append((_("Export…"), self.page_url("export") + query))
        return [*buttons, *super().list_buttons(request)]

    def get_export_queryset(self, request):
        try:
            return super().get_export_queryset(request)
        except IncorrectLookupParameters:
            raise Http404(_("The list has no such filter.")) from None

    def init_request_context_data(self, request, form):
        counts = {"count": self.get_export_queryset(request).count(), "total": self.get_queryset(request).count()}
        title = _("Export %(records)s") % {"records": self.opts.verbose_name_plural}
        return super().init_request_context_data(request, form) | counts | {"title": title}

    def get_export_data(self, file_format, request, queryset, **kwargs):
        return export_file(resource_for(self.model)(), queryset, file_format)

    def get_export_filename(self, request, queryset, file_format):
        return file_name(resource_for(self.model), file_format.extension)

    def require_import(self, request):
        """Stop with 403 without the right to import."""
        if not self.has_import_permission(request):
            raise PermissionDenied

    def import_page(self, request, name, title, **context):
        """A page of `templates/admin/import_export/`; `title` has a place for the records' name."""
        title %= {"records": self.opts.verbose_name_plural}
        return desk_page(request, f"admin/import_export/{name}.html", opts=self.opts, title=title, **context)

    def import_action(self, request, **kwargs):
        """Upload a file; its preview follows."""
        self.require_import(request)
        resource = resource_for(self.model)()
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent, takes_calendars=resource.takes_calendars)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                staged = staging.stage(request.user, self.model, file.name, file.read())
            except FileRefused as refusal:
                form.add_error("file", refusal)
            else:
                return redirect(self.page_url("import_preview", staged.token))
        context = {
            "form": form,
            "columns": [explained(column) for column in resource.fields.values()],
            "keys": resource.key_columns(),
            "by_id": "id" in resource.fields,
            "limits": {"rows": ROWS, "size": FILE_BYTES // 1_000_000},
            "companions": self.companions(request, resource),
            "also_reads": resource.also_reads,
        }
        return self.import_page(request, "upload", _("Import %(records)s"), **context)

    def companions(self, request, resource):
        """Import pages of the tables whose rows hang on this one's, as (name, address)."""
        admins = [self.admin_site._registry.get(resource_for(label).model()) for label in resource.companions]
        return [
            (capfirst(admin.opts.verbose_name_plural), admin.page_url("import"))
            for admin in admins
            if isinstance(admin, ImportExportPages) and admin.has_import_permission(request)
        ]

    def preview_view(self, request, token):
        """What the import would do; confirming writes it."""
        self.require_import(request)
        staged = staging.staged_for(request.user, self.model, token)
        if staged is None:
            raise Http404(_("There is no such import, or its time is over. Upload the file again."))
        if staged.is_under_way or staged.state == staged.State.REFUSED:
            return self._show_how_far(request, staged)
        reason = _("Imported from %(file)s") % {"file": staged.file_name}
        form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"reason": reason})
        if form.is_valid():
            return self._confirm(request, staged, form.cleaned_data["reason"])
        preview = staging.preview_of(staged)
        shown, rows = _shown(preview, request.GET.get("show", ""))
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context = {"staged": staged, "preview": preview, "form": form, "page": page, "shown": shown}
        if staged.act and undoable([staged.act], request.user):
            context["undo"] = reverse("admin:undo", args=[staged.act])
        context["pager_query"] = f"show={shown}&"
        return self.import_page(request, "preview", _("Import %(records)s: preview"), **context)

    def _confirm(self, request, staged, reason):
        try:
            if staging.is_long(staged):
                staging.ask_for_writing(staged, reason)
                return redirect(self.page_url("import_preview", staged.token))
            written = staging.confirm(staged, self.model, reason=reason)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.error(request, sentence)
            return redirect(self.page_url("import_preview", staged.token))
        sentence = _("Written: %(added)d added, %(changed)d changed, %(unchanged)d left as they were.")
        messages.success(request, sentence % written.counts)
        return redirect(self.page_url("changelist"))

    def _show_how_far(self, request, staged):
        """Of a long import: in the queue, worked on, or refused. The page loads itself again unless asked not to."""
        waits = staged.state in (staged.State.TO_JUDGE, staged.State.TO_WRITE)
        context = {
            "staged": staged,
            "waits": waits,
            "is_written": staged.state in (staged.State.TO_WRITE, staged.State.BEING_WRITTEN),
            "rows_read": min(rows_read(staged.token), staged.rows),
            "waits_long": waits and staged.queued_at < timezone.now() - WAITS_LONG,
            "stays": stays(request),
        }
        response = self.import_page(request, "under_way", _("Import %(records)s: under way"), **context)
        return load_again(request, response) if staged.is_under_way else response

    def template_view(self, request, format):
        """The empty table to fill in."""
        self.require_import(request)
        if format not in FORMATS:
            raise Http404(_("There are files as xlsx and csv only."))
        content = template_file(resource_for(self.model)(), FORMATS[format])
        response = HttpResponse(content, content_type=FORMATS[format].get_content_type())
        name = file_name(resource_for(self.model), format, "template")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _shown(preview, asked):
    """Which rows are shown: of one verdict, all, or at first those that matter."""
    if asked in VERDICTS:
        return asked, [row for row in preview.rows if row.verdict == asked]
    if asked == ALL or not (preview.changes_something or not preview.is_accepted):
        return ALL, preview.rows
    if not preview.is_accepted:
        return _shown(preview, REFUSED)
    return NEWS, [row for row in preview.rows if row.verdict in (ADDED, CHANGED)]
