"""The files of documents in the admin: adding, reading and deciding on them."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.inlines import RowsToSee
from iscg_portal.files import stored as stored_files
from iscg_portal.files.uploads import CheckedFileField
from iscg_portal.personal_addresses import counts_in_words
from iscg_portal.text_fields import WideLine
from meetings.acts.document_files import add_file, publish_anyway
from meetings.models import DocumentFile
from meetings.numbers import LANGUAGE_LETTERS


def languages_of(files):
    """“E F”; a question mark stands behind the letter of a file that waits for a decision."""
    letters = sorted((LANGUAGE_LETTERS[file.language], "?" if file.waits_for_decision else "") for file in files)
    return " ".join(f"{letter}{mark}" for letter, mark in letters) or "—"


class AddFileForm(ActForm):
    """A file in one language."""

    file = CheckedFileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.xlsx,.pptx"})
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("", "—"), *DocumentFile._meta.get_field("language").choices]
    )
    field_order = ["file", "language"]

    def added_to(self, document, by):
        """The `DocumentFile`."""
        sent = self.cleaned_data["file"]
        return add_file(document, **self.cleaned_data | {"file": sent.file, "kind": sent.kind, "by": by})


class DecideForm(ActForm):
    """Why a file with personal addresses is published."""

    reason = None
    decision = WideLine(
        label=gettext_lazy("Reason for publishing it anyway"),
        max_length=300,
        help_text=gettext_lazy("Look at the file first. The history keeps this reason beside your name."),
    )


class FileToSee:
    """Mixin: how a file is shown."""

    @admin.display(description=gettext_lazy("file"))
    def link(self, file):
        address = reverse("admin:meetings_documentfile_content", args=[file.pk])
        return format_html('<a href="{}">{}</a>', address, file.name)

    @admin.display(description=gettext_lazy("personal addresses"))
    def addresses(self, file):
        if not file.addresses_found:
            return _("none found")
        if file.addresses_decision:
            return _("%(what)s; published because: %(why)s") % {
                "what": counts_in_words(file.addresses_found),
                "why": file.addresses_decision,
            }
        what = _("%(what)s; not public until decided") % {"what": counts_in_words(file.addresses_found)}
        address = reverse("admin:meetings_documentfile_decide", args=[file.pk])
        return format_html('{} <a href="{}">{}</a>', what, address, _("Decide…"))


class FileRows(FileToSee, RowsToSee):
    """The files of a document. They are added and decided on by acts, and never changed in their place."""

    model = DocumentFile
    related = ["stored"]
    fields = ["link", "language", "addresses", "added_at"]


class WaitingFilter(OfferedFilter):
    """Files that wait for a decision."""

    title = gettext_lazy("waiting")
    parameter_name = "waiting"
    offered = [
        ("decision", gettext_lazy("for a decision on personal addresses"), lambda rows: rows.waiting_for_decision()),
    ]


@admin.register(DocumentFile)
class DocumentFileAdmin(FileToSee, RecordAdmin):
    """A file of a document in one language."""

    on_index = False
    list_display = ["link", "document", "language", "addresses", "added_at"]
    list_display_links = None
    list_filter = [WaitingFilter, "language"]
    list_select_related = ["document", "stored"]
    search_fields = ["document__number", "name", "=stored__sha256"]
    fields = ["document", "link", "language", "addresses", "stored", "added_at"]
    readonly_fields = fields
    acts_of_it = ("content", "decide")
    has_add_permission = never
    has_change_permission = never

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if obj.waits_for_decision and self.may_decide(request):
            yield _("Decide…"), self.act_url("decide", obj)

    def may_decide(self, request):
        """Deciding changes a file's row, which nothing else does."""
        return request.user.has_perm("meetings.change_documentfile")

    def content_view(self, request, object_id):
        """The file itself, for staff who may see the document, public or not; nobody else keeps a copy."""
        file = self.object_or_404(request, object_id)
        self.require(self.has_view_permission(request, file) and request.user.has_perm("meetings.view_document"))
        return stored_files.answer(request, file.stored, file.name)

    def decide_view(self, request, object_id):
        file = self.object_or_404(request, object_id)
        self.require(self.may_decide(request))
        form = DecideForm(request.POST or None)
        if attempt(form, lambda: publish_anyway(file, form.cleaned_data["decision"], by=request.user)):
            self.log_change(request, file, _("Published with personal addresses."))
            return self.act_done(
                request,
                _("%(file)s is now as public as its document.") % {"file": file},
                url=reverse("admin:meetings_document_change", args=[file.document_id]),
            )
        title = _("Publish %(file)s with personal addresses?") % {"file": file}
        lead = _(
            "Found in it: %(what)s. If they should not be public, leave this page, remove the file as a mistake and"
            " add it again without them."
        ) % {"what": counts_in_words(self.get_object(request, unquote(object_id)).addresses_found)}
        return self.act_page(request, file, form, title=title, act=_("Publish it"), lead=lead)


class Filing:
    """Mixin of the document's ModelAdmin: “Add a file…”."""

    acts_of_it = ("file",)

    def object_acts(self, request, obj):
        if request.user.has_perm("meetings.add_documentfile"):
            yield _("Add a file…"), self.act_url("file", obj)
        yield from super().object_acts(request, obj)

    def file_view(self, request, object_id):
        document = self.object_or_404(request, object_id)
        self.require(request.user.has_perm("meetings.add_documentfile"))
        form = AddFileForm(request.POST or None, request.FILES or None)
        file = attempt(form, lambda: form.added_to(document, request.user))
        if file is not None:
            return self.was_filed(request, file)
        title = _("Add a file to %(document)s") % {"document": document}
        lead = _("One file for each language. A file with a changed text is a revision and gets its own number.")
        return self.act_page(request, document, form, title=title, act=_("Add the file"), lead=lead)

    def was_filed(self, request, file):
        """Go to the page of the document that has just got a file."""
        self.log_change(request, file.document, _("File %(name)s added.") % {"name": file})
        sentence = _("%(document)s has the file %(name)s.") % {"document": file.document, "name": file}
        answer = self.act_done(request, sentence, file.document)
        if file.waits_for_decision:
            self.say_that_it_waits(request, file)
        return answer

    def say_that_it_waits(self, request, file):
        """A warning that the file is not public yet."""
        sentence = _("%(what)s in it: it is not public until somebody decides.")
        self.message_user(request, sentence % {"what": counts_in_words(file.addresses_found)}, "warning")
