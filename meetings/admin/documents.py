"""Documents in the admin: with files, subjects, revisions and liaison statement; withdrawing them."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.base import SOURCE, TranslatedRecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.languages import in_a_row
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedText, WideLine
from meetings.acts.register import put_variants_in_place, reinstate, withdraw
from meetings.admin.entering import AgendaItemField, Entering
from meetings.admin.files import FileRows, Filing, languages_of
from meetings.admin.liaison import LiaisonRows
from meetings.admin.parts import AboutSubjectsForm
from meetings.admin.uploading import Uploading
from meetings.models import Document, DocumentFile, DocumentSubject


class WithdrawForm(ActForm):
    """From which day, and why."""

    on = DayInput(label=gettext_lazy("Withdrawn on"), has_happened=True)
    because = TypedText(
        label=gettext_lazy("Withdrawn because"),
        max_length=500,
        help_text=gettext_lazy("Public: the document's page says it."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
    field_order = ["on", "because"]


class ReinstateForm(ActForm):
    """Why the withdrawal was a mistake."""

    reason = WideLine(label=gettext_lazy("Why was it a mistake?"), max_length=500)


class Withdrawing:
    """Mixin of the document's ModelAdmin."""

    acts_of_it = ("withdraw", "reinstate")

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.has_change_permission(request, obj):
            if obj.withdrawn_on:
                yield _("Take the withdrawal back…"), self.act_url("reinstate", obj)
            else:
                yield _("Withdraw…"), self.act_url("withdraw", obj)

    def withdraw_view(self, request, object_id):
        document = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, document))
        form = WithdrawForm(request.POST or None, initial={"on": today()})
        if attempt(form, lambda: withdraw(document, by=request.user, **form.cleaned_data)):
            self.log_change(request, document, _("Withdrawn."))
            sentence = _("%(document)s is withdrawn; its page stays and says so.") % {"document": document}
            return self.act_done(request, sentence, document)
        title = _("Withdraw %(document)s") % {"document": document}
        lead = _("Its page and files stay, and from now on say that it was withdrawn and why.")
        return self.act_page(
            request, self.get_object(request, object_id), form, title=title, act=_("Withdraw"), lead=lead
        )

    def reinstate_view(self, request, object_id):
        document = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, document))
        form = ReinstateForm(request.POST or None)
        if attempt(form, lambda: reinstate(document, form.cleaned_data["reason"], by=request.user)):
            self.log_change(request, document, _("The withdrawal was taken back."))
            return self.act_done(request, _("%(document)s is no longer withdrawn.") % {"document": document}, document)
        title = _("Take back the withdrawal of %(document)s") % {"document": document}
        lead = _("Only where it was withdrawn by mistake; the history keeps both.")
        return self.act_page(
            request, self.get_object(request, object_id), form, title=title, act=_("Take it back"), lead=lead
        )


class DocumentForm(AboutSubjectsForm):
    """A document on record."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "agenda_item" in self.fields and self.instance.meeting_id:
            self.fields["agenda_item"] = AgendaItemField(self.instance.meeting)

    def save_parts(self, *, reason="", by=None):
        super().save_parts(reason=reason, by=by)
        if "dated_on" in self.changed_data:
            put_variants_in_place(self.instance, reason, by)


class StandingFilter(OfferedFilter):
    """Documents that are withdrawn, have a file that waits for a decision, or have no file."""

    title = gettext_lazy("state")
    parameter_name = "standing"
    offered = [
        ("withdrawn", pgettext_lazy("document", "withdrawn"), lambda rows: rows.filter(withdrawn_on__isnull=False)),
        (
            "waiting",
            gettext_lazy("a file waits for a decision"),
            lambda rows: rows.filter(pk__in=DocumentFile.objects.waiting_for_decision().values("document")),
        ),
        ("without", gettext_lazy("without a file"), lambda rows: rows.filter(files__isnull=True)),
    ]


@admin.register(Document)
class DocumentAdmin(Uploading, ImportExportPages, Withdrawing, Entering, Filing, TranslatedRecordAdmin):
    """A document, or a revision, corrigendum or addendum of one."""

    form = DocumentForm
    list_display = ["number_in_list", "title_in_words", "type", "visibility", "languages", "standing"]
    list_filter = ["visibility", "type", StandingFilter]
    search_fields = ["number", "title_en", "submitted_by", "subjects__code", "subjects__title_en"]
    search_help_text = gettext_lazy("By number as in 25-1/03, by words of the title, source or subject.")
    autocomplete_fields = ["meeting"]
    help_at_fields = {
        "type": gettext_lazy("What kind of paper it is."),
        "purpose": gettext_lazy("As the paper itself says."),
        "title_en": gettext_lazy("As the paper prints it."),
        "dated_on": gettext_lazy("The day that stands on the paper."),
        "meeting": gettext_lazy("The meeting for which it was written; search by code or title."),
        "visibility": gettext_lazy("Who may read it."),
    }
    record_fieldsets = [
        (None, {"fields": ["number", "related", "type", "purpose", "title", "original_language"]}),
        (gettext_lazy("Source and date"), {"fields": ["submitted_by", "contact_role", "dated_on"]}),
        (
            gettext_lazy("In the register"),
            {"fields": ["meeting", "agenda_item", "about", "visibility", "withheld_because", "itu_url"]},
        ),
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

    @admin.display(description=gettext_lazy("files"))
    def languages(self, document):
        return languages_of(document.files.all())

    @admin.display(description=gettext_lazy("state"))
    def standing(self, document):
        return pgettext("document", "withdrawn") if document.withdrawn_on else ""

    @admin.display(description=gettext_lazy("revisions and what it belongs to"))
    def related(self, document):
        family = Document.objects.filter(sort_key__startswith=document.original.sort_key).exclude(pk=document.pk)
        links = (
            (reverse("admin:meetings_document_change", args=[one.pk]), one.number)
            for one in family.order_by("sort_key")
        )
        return mark_safe(in_a_row(format_html('<a href="{}">{}</a>', *link) for link in links)) or "—"
