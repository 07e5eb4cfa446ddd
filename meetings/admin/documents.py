"""The register in the admin: a document with its files, subjects, revisions and liaison statement."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE, TranslatedRecordAdmin
from iscg_portal.importing.admin import ImportExportPages
from meetings.admin.about_subjects import AboutSubjectsForm
from meetings.admin.document_fields import AgendaItemField
from meetings.admin.entering import Entering
from meetings.admin.files import FileRows, Filing
from meetings.admin.languages import languages_of
from meetings.admin.liaison import LiaisonRows
from meetings.admin.uploading import Uploading
from meetings.admin.withdrawing import Withdrawing
from meetings.models import Document, DocumentFile, DocumentSubject
from meetings.register import put_variants_in_place


class DocumentForm(AboutSubjectsForm):
    """A document on record."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title_en" in self.fields:
            self.fields["title_en"].required = False  # the title that it needs is that in its original language
        if "agenda_item" in self.fields and self.instance.meeting_id:
            self.fields["agenda_item"] = AgendaItemField(self.instance.meeting)

    def save_parts(self, *, reason="", by=None):
        super().save_parts(reason=reason, by=by)
        if "dated_on" in self.changed_data:
            put_variants_in_place(self.instance, reason, by)


class StandingFilter(SimpleListFilter):
    """What stands out: withdrawn ones, those whose file waits, those without a file."""

    title = gettext_lazy("state")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [
            ("withdrawn", _("withdrawn")),
            ("waiting", _("a file waits for a decision")),
            ("without", _("without a file")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "withdrawn":
            return queryset.filter(withdrawn_on__isnull=False)
        if self.value() == "waiting":
            return queryset.filter(pk__in=DocumentFile.objects.waiting_for_decision().values("document"))
        return queryset.filter(files__isnull=True) if self.value() == "without" else queryset


@admin.register(Document)
class DocumentAdmin(Uploading, ImportExportPages, Withdrawing, Entering, Filing, TranslatedRecordAdmin):
    """A document, or a revision, corrigendum or addendum of one."""

    form = DocumentForm
    list_display = ["number_in_list", "title_in_words", "type", "visibility", "languages", "standing"]
    list_filter = ["visibility", "type", StandingFilter]
    search_fields = ["number", "title_en", "title_fr", "submitted_by", "subjects__code"]
    search_help_text = gettext_lazy("By number as in 25-1/03, by words of the title, source or subject.")
    autocomplete_fields = ["meeting"]
    record_fieldsets = [
        (None, {"fields": ["number", "related", "type", "purpose", "title", "original_language"]}),
        (gettext_lazy("From whom and when"), {"fields": ["submitted_by", "contact_role", "dated_on"]}),
        (gettext_lazy("In the register"), {"fields": ["meeting", "agenda_item", "about", "visibility"]}),
        (gettext_lazy("Withdrawal"), {"fields": ["withdrawn_on", "withdrawn_because"]}),
        (gettext_lazy("For staff"), {"fields": ["note"]}),
        SOURCE,
    ]

    def get_fieldsets(self, request, obj=None):
        withdrawn = obj is not None and obj.withdrawn_on
        return [
            one for one in super().get_fieldsets(request, obj) if withdrawn or "withdrawn_on" not in one[1]["fields"]
        ]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["number", "related", "withdrawn_on", "withdrawn_because"]
        bound = obj is not None and (obj.register_number_id or obj.base_id)
        return [*fixed, *(["meeting"] if bound else [])]

    def get_inlines(self, request, obj):
        is_liaison = obj is not None and obj.type == Document.Type.LIAISON
        return [FileRows, *([LiaisonRows] if is_liaison else [])]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("meeting", "base").prefetch_related("files")

    def get_view_on_site_url(self, obj=None):
        is_public = obj is not None and obj.visibility == Document.Visibility.PUBLIC
        return obj.get_absolute_url() if is_public else None

    def history_sources(self, request, obj):
        return [*super().history_sources(request, obj), DocumentSubject.history.filter(document_id=obj.pk)]

    @admin.display(description=gettext_lazy("number"), ordering="sort_key")
    def number_in_list(self, document):
        return document.number

    @admin.display(description=gettext_lazy("title"), ordering="title_en")
    def title_in_words(self, document):
        return document.text("title")

    @admin.display(description=gettext_lazy("files"))
    def languages(self, document):
        return languages_of(document.files.all())

    @admin.display(description=gettext_lazy("state"))
    def standing(self, document):
        return _("withdrawn") if document.withdrawn_on else ""

    @admin.display(description=gettext_lazy("revisions and what it belongs to"))
    def related(self, document):
        family = Document.objects.filter(sort_key__startswith=document.original.sort_key).exclude(pk=document.pk)
        links = (
            (reverse("admin:meetings_document_change", args=[one.pk]), one.number)
            for one in family.order_by("sort_key")
        )
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "—"
