"""“Upload a document…”: the file is checked and its header read; it is stored when staff confirm it."""

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.files import waiting as waiting_files
from iscg_portal.files.checks import LARGEST_FILE
from iscg_portal.files.uploads import CheckedFileField
from iscg_portal.personal_addresses import counts_in_words, found_in
from iscg_portal.tenure.dates import print_date
from iscg_portal.text_fields import WideLine
from meetings.acts.document_files import enter_upload
from meetings.admin.entering import DocumentOnRecord, NewDocumentForm, meeting_asked
from meetings.docx_headers import READ, Header, read_header
from meetings.models import Document, DocumentFile, Meeting

PURPOSE = "meetings.document"


class UploadForm(ActForm):
    """The file."""

    reason = None
    file = CheckedFileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.xlsx,.pptx"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "DOCX, PDF, XLSX or PPTX without macros and without a password, at most %(most)d MB."
            " The header is read from a DOCX."
        ) % {"most": LARGEST_FILE // 1_000_000}


class ConfirmForm(NewDocumentForm):
    """What the header says, to be confirmed; what could not be read is marked."""

    belongs_to = DocumentOnRecord(
        label=gettext_lazy("Document on record"),
        help_text=gettext_lazy("Choose it if the file belongs to one: then only the language is needed."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the file"),
        choices=[("", "—"), *DocumentFile._meta.get_field("language").choices],
    )
    decision = WideLine(
        label=gettext_lazy("Reason for publishing it anyway"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Blank: the file is stored, but not public until somebody decides."),
    )
    lay_out = [
        (gettext_lazy("The file"), ["belongs_to", "language", "decision"]),
        (gettext_lazy("Its number"), ["meeting", "number"]),
        *NewDocumentForm.lay_out[1:],
    ]

    def __init__(self, *args, header=None, found=None, **kwargs):
        super().__init__(*args, **kwargs)
        if not found:
            del self.fields["decision"]
            self.fieldsets[0] = (self.fieldsets[0][0], {"fields": ["belongs_to", "language"]})
        for name in header.unread if header else ():
            mark_unread(self.fields["meeting" if name == "meeting_code" else name])
        if header and not header.language:
            mark_unread(self.fields["language"])
        if self.data.get("belongs_to"):
            for name in set(self.fields) - {"belongs_to", "language", "decision", "reason"}:
                self.fields[name].required = False

    def names_its_place(self, cleaned):
        return bool(cleaned.get("belongs_to")) or super().names_its_place(cleaned)

    def document(self):
        """The document on record, or the new one."""
        return self.cleaned_data["belongs_to"] or super().document()

    @staticmethod
    def beginning(header, meeting):
        """What the form shows at first: what was read."""
        known = Document.objects.filter(number=header.number).first() if header.number else None
        found = Meeting.objects.of_the_group().filter(code=header.meeting_code).first() if header.meeting_code else None
        if found is None and header.meets_on:
            on = header.meets_on
            found = Meeting.objects.of_the_group().not_over(on).filter(starts_on__lte=on).first()
        names = ("dated_on", "submitted_by", "title", "purpose", "contact_role")
        return {
            **{name: getattr(header, name) for name in names},
            "number": header.number,
            "belongs_to": known,
            "meeting": found or meeting,
            "language": header.language or header.original_language,
            "original_language": header.original_language or "en",
            **({"type": header.type} if header.type else {}),
        }


def mark_unread(field):
    """Say at the field that the header did not give it."""
    field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} unread".strip()
    field.help_text = format_html("<strong>{}</strong> {}", _("Could not be read from the header."), field.help_text)


class Uploading:
    """Mixin of the document's ModelAdmin: the two pages of an upload, and the button on the list."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "meetings_document_upload"
        return [
            path("upload/", wrap(self.upload_view), name=name),
            path("upload/<str:token>/", wrap(self.confirm_view), name=f"{name}_confirm"),
            *super().get_urls(),
        ]

    def list_buttons(self, request):
        upload = [(_("Upload a document…"), reverse("admin:meetings_document_upload"))]
        return [*(upload if self.has_add_permission(request) else []), *super().list_buttons(request)]

    def upload_view(self, request):
        """Send the file; what was read follows."""
        self.require(self.has_add_permission(request))
        form = UploadForm(request.POST or None, request.FILES or None)
        waiting = attempt(form, lambda: self._let_wait(request.user, form.cleaned_data["file"]))
        if waiting is not None:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            confirm = reverse("admin:meetings_document_upload_confirm", args=[waiting.token])
            return HttpResponseRedirect(confirm + query)
        lead = _("Nothing is stored yet: you first see what was read, and then confirm it.")
        return self.act_page(request, None, form, title=_("Upload a document"), act=_("Read the file"), lead=lead)

    def _let_wait(self, account, upload):
        header = read_header(upload.file) if upload.kind.code == "docx" else Header()
        facts = {"header": header.as_facts(), "found": found_in(upload.file, upload.kind.code)}
        return waiting_files.let_wait(account, PURPOSE, upload.file, upload.name, upload.kind, facts)

    def confirm_view(self, request, token):
        """What was read, for confirmation; the register gives the number when it is confirmed."""
        self.require(self.has_add_permission(request))
        waiting = waiting_files.waiting_for(request.user, PURPOSE, token)
        if waiting is None:
            raise Http404(_("This upload does not exist, was already stored, or has expired. Upload the file again."))
        header, found = Header.from_facts(waiting.facts["header"]), waiting.facts["found"]
        first = ConfirmForm.beginning(header, meeting_asked(request))
        form = ConfirmForm(request.POST or None, initial=first, header=header, found=found)
        file = attempt(form, lambda: self._stored(form, waiting, request.user))
        if file is not None:
            return self.was_filed(request, file)
        title = _("Upload a document: what was read")
        lead = self._summary(waiting, header, found)
        return self.act_page(request, None, form, title=title, act=_("Enter it in the register"), lead=lead)

    def _stored(self, form, waiting, by):
        data = form.cleaned_data
        return enter_upload(
            form.document(),
            waiting,
            data["language"],
            subjects=data["about"],
            decision=data.get("decision", ""),
            reason=data["reason"],
            by=by,
        )

    def _summary(self, waiting, header, found):
        """What the file is, what was read in it, and what in it is not for the public."""
        sentences = [
            _("%(name)s, %(kind)s, %(size)s. Nothing is stored yet.")
            % {"name": waiting.file_name, "kind": waiting.kind.upper(), "size": filesizeformat(waiting.size)}
        ]
        if waiting.kind != "docx":
            sentences.append(_("Only the header of a DOCX can be read; fill in what the document says."))
        elif len(header.unread) == len(READ):
            sentences.append(_("No header was found in it; fill in what the document says."))
        if header.meets_on:
            named = {"place": header.meets_at, "day": print_date(header.meets_on)}
            sentences.append(_("It names a meeting: %(place)s, %(day)s.") % named)
        if found:
            sentences.append(
                _("Found in it: %(what)s. Such a file is public only if somebody decides so.")
                % {"what": counts_in_words(found)}
            )
        return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))
