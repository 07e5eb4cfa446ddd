"""Liaison statements in the admin: on the page of their document, with those to whom they go."""

from django.contrib import admin
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.inlines import RowsInFull
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.importing.cells import split
from iscg_portal.languages import with_semicolons
from iscg_portal.text_fields import TypedLine
from meetings.acts.register import address_to
from meetings.models import Addressee, LiaisonStatement

FIELDS = {purpose.value: f"for_{purpose.value}" for purpose in Addressee.Purpose}


class LiaisonForm(RecordForm):
    """The addressees by what is asked of them, as lists of names."""

    for_action = TypedLine(label=gettext_lazy("For action, to"), required=False)
    for_comment = TypedLine(label=gettext_lazy("For comment, to"), required=False)
    for_information = TypedLine(label=gettext_lazy("For information, to"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        there = list(self.instance.addressees.all()) if self.instance.pk else []
        for purpose, name in FIELDS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["size"] = 60
                self.initial[name] = "; ".join(one.body for one in there if one.purpose == purpose)
        if "for_action" in self.fields:
            self.fields["for_action"].help_text = pgettext(
                "code", "Groups or organizations, with semicolons: ITU-T SG5; ITU-R WP 1A."
            )

    def save_parts(self, *, reason="", by=None):
        if not {*FIELDS.values()} & set(self.changed_data):
            return
        wanted = {body: purpose for purpose, name in FIELDS.items() for body in split(self.cleaned_data[name])}
        address_to(self.instance, wanted, reason=reason, by=by)


class LiaisonRows(RowsInFull):
    """What makes the document a liaison statement."""

    model = LiaisonStatement
    form = LiaisonForm
    max_num = 1
    extra = 1
    autocomplete_fields = ["in_reply_to"]
    fields = ["for_action", "for_comment", "for_information", "deadline_on", "in_reply_to"]
    verbose_name_plural = gettext_lazy("liaison statement")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("in_reply_to__document").prefetch_related("addressees")


class AnsweredFilter(OfferedFilter):
    """Whether something is still to come."""

    title = gettext_lazy("answer")
    parameter_name = "answer"
    offered = [
        ("overdue", gettext_lazy("overdue"), lambda rows: rows.overdue()),
        ("none", gettext_lazy("none on record"), lambda rows: rows.filter(replies__isnull=True)),
    ]


@admin.register(LiaisonStatement)
class LiaisonStatementAdmin(ImportExportPages, RecordAdmin):
    """A liaison statement; its number, title and files are on its document's page."""

    help_at_fields = {
        "in_reply_to": gettext_lazy("The liaison statement that this one answers."),
        "for_action": gettext_lazy("Their abbreviations, with commas."),
        "for_comment": gettext_lazy("Their abbreviations, with commas."),
        "for_information": gettext_lazy("Their abbreviations, with commas."),
    }
    form = LiaisonForm
    list_display = ["document", "title", "addressees", "deadline_on", "in_reply_to"]
    list_filter = [AnsweredFilter]
    list_select_related = ["document", "in_reply_to__document"]
    search_fields = ["document__number", "document__title_en", "addressees__body"]
    search_help_text = gettext_lazy("By number, by words of the title, or by an addressee.")
    autocomplete_fields = ["in_reply_to"]
    fields = ["document", "for_action", "for_comment", "for_information", "deadline_on", "in_reply_to"]
    readonly_fields = ["document"]
    has_add_permission = never

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("addressees")

    @admin.display(description=gettext_lazy("title"))
    def title(self, liaison):
        return liaison.document.text("title")

    @admin.display(description=pgettext_lazy("addressee", "to"))
    def addressees(self, liaison):
        return with_semicolons(liaison.addressees.all())
