"""The import pages of a list in the admin: upload, preview, confirmation, and the template to fill in."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.importing import staging
from iscg_portal.importing.admin_base import FilePages, download, known_format
from iscg_portal.importing.permissions import may
from iscg_portal.importing.preview import ADDED, CHANGED, REFUSED, VERDICTS
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.sheet import FILE_BYTES, ROWS, FileRefused
from iscg_portal.importing.written import explained, file_name, template_file

ROWS_A_PAGE = 100
ALL, NEWS = "all", "news"


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # the reading says it in its own words
        help_text=gettext_lazy("An XLSX or CSV file with the columns named below."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self):
        """Refuse by its size what need not be read at all."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            sizes = {"size": file.size / 1_000_000, "limit": FILE_BYTES // 1_000_000}
            raise ValidationError(_("The file has %(size).1f MB; the limit is %(limit)d MB. Split it.") % sizes)
        return file


class ConfirmForm(forms.Form):
    """Why the rows are written."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=1000,
        help_text=gettext_lazy("Goes into the history of every row that changes."),
        widget=forms.TextInput(attrs={"size": 60}),
    )


class ImportPages(FilePages):
    """Mixin of a ModelAdmin: “Import…”."""

    def get_urls(self):
        pages = [
            ("import/", self.import_view, "import"),
            ("import/template/<str:format>/", self.template_view, "import_template"),
            ("import/<str:token>/", self.preview_view, "import_preview"),
        ]
        return [*self.named_paths(pages), *super().get_urls()]

    def file_tools(self, request):
        tools = []
        if may(request.user, "import", self.model):
            tools.append((_("Import…"), self.page_url("import")))
            tools.append((_("Template"), self.page_url("import_template", "xlsx")))
        return [*tools, *super().file_tools(request)]

    def import_view(self, request):
        """Upload a file; its preview follows."""
        self.require_right(request, "import")
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                staged = staging.stage(request.user, self.model, file.name, file.read())
            except FileRefused as refusal:
                form.add_error("file", refusal)
            else:
                return redirect(self.page_url("import_preview", staged.token))
        resource = self.resource()
        context = {
            "form": form,
            "columns": [explained(column) for column in resource.fields.values()],
            "keys": resource.key_columns(),
            "by_id": "id" in resource.fields,
            "limits": {"rows": ROWS, "size": FILE_BYTES // 1_000_000},
            "companions": _companions(request.user, resource),
        }
        return self.file_page(request, "upload", _("Import %(records)s"), **context)

    def preview_view(self, request, token):
        """What the import would do; confirming writes it."""
        self.require_right(request, "import")
        staged = staging.staged_for(request.user, self.model, token)
        if staged is None:
            raise Http404(_("There is no such import, or its time is over. Upload the file again."))
        reason = _("Imported from %(file)s") % {"file": staged.file_name}
        form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"reason": reason})
        if form.is_valid():
            return self._confirm(request, staged, form.cleaned_data["reason"])
        preview = staging.preview_of(staged)
        shown, rows = _shown(preview, request.GET.get("show", ""))
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context = {"staged": staged, "preview": preview, "form": form, "page": page, "shown": shown}
        context["pager_query"] = f"show={shown}&"
        return self.file_page(request, "preview", _("Import %(records)s: preview"), **context)

    def _confirm(self, request, staged, reason):
        try:
            written = staging.confirm(staged, self.model, reason=reason)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.error(request, sentence)
            return redirect(self.page_url("import_preview", staged.token))
        sentence = _("Written: %(added)d added, %(changed)d changed, %(unchanged)d left as they were.")
        messages.success(request, sentence % written.counts)
        return redirect(self.page_url("changelist"))

    def template_view(self, request, format):
        """The empty table to fill in."""
        self.require_right(request, "import")
        resource = self.resource()
        content = template_file(resource, known_format(format))
        return download(content, file_name(resource, format, "template"), format)


def _shown(preview, asked):
    """Which rows are shown: of one verdict, all, or at first those that matter."""
    if asked in VERDICTS:
        return asked, [row for row in preview.rows if row.verdict == asked]
    if asked == ALL or not (preview.changes_something or not preview.is_accepted):
        return ALL, preview.rows
    if not preview.is_accepted:
        return _shown(preview, REFUSED)
    return NEWS, [row for row in preview.rows if row.verdict in (ADDED, CHANGED)]


def _companions(account, resource):
    """Import pages of the tables whose rows hang on this one's, as (name, address)."""
    found = []
    for model in (resource_for(label).model() for label in resource.companions):
        try:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_import")
        except NoReverseMatch:  # no page of the admin has that table
            continue
        if may(account, "import", model):
            found.append((capfirst(model._meta.verbose_name_plural), address))
    return found
