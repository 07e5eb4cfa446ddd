"""Parts of meetings and documents: the field for their subjects, and records that are edited on their pages.

Here those have all fields and their history.
"""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import FixedRows, OnlyToSee, RecordAdmin, TranslatedRecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.plain_fields import SearchOrChooseSome
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.importing.admin import ImportExportPages
from meetings.acts.register import link_subjects
from meetings.models import (
    Addressee,
    AgendaItem,
    AgendaSubject,
    Attendance,
    Deadline,
    Document,
    DocumentSubject,
    RegisterNumber,
)
from subjects.models import Subject


class SubjectsField(forms.ModelMultipleChoiceField):
    """Several subjects."""

    def __init__(self, **options):
        given = {"label": gettext_lazy("Subjects"), "required": False} | options
        super().__init__(Subject.objects.order_by("code"), **given)
        self.widget = SearchOrChooseSome(Document._meta.get_field("subjects"), admin.site)
        self.widget.choices = self.choices

    def label_from_instance(self, subject):
        return f"{subject.code} {subject.text('title')}"


class AboutSubjectsForm(RecordForm):
    """The form of a record with `subject_links`; `about` are its subjects."""

    about = SubjectsField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "about" in self.fields:
            links, field = self.instance.subject_links.all(), self.fields["about"]
            self.initial.setdefault("about", [link.subject_id for link in links])
            read = [link.subject for link in links if link._meta.get_field("subject").is_cached(link)]
            field.widget.known = {str(subject.pk): field.label_from_instance(subject) for subject in read}

    def save_parts(self, *, reason="", by=None):
        if "about" in self.changed_data:
            link_subjects(self.instance.subject_links, self.cleaned_data["about"], reason=reason, by=by)


@admin.register(AgendaItem)
class AgendaItemAdmin(ImportExportPages, TranslatedRecordAdmin):
    """A point of an agenda."""

    on_index = False
    form = AboutSubjectsForm
    list_display = ["meeting", "number", "title_in_words"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__code", "number", "title_en"]
    autocomplete_fields = ["meeting"]
    record_fieldsets = [(None, {"fields": ["meeting", "number", "title", "about", "position", "original_language"]})]

    def history_sources(self, request, obj):
        return [*super().history_sources(request, obj), AgendaSubject.history.filter(item_id=obj.pk)]


@admin.register(Deadline)
class DeadlineAdmin(ImportExportPages, RecordAdmin):
    """A deadline of a meeting."""

    help_at_fields = {
        "kind": gettext_lazy("What is due by then."),
    }
    on_index = False
    list_display = ["meeting", "kind", "days_before", "hour"]
    list_select_related = ["meeting"]
    list_filter = ["kind"]
    search_fields = ["meeting__code"]
    autocomplete_fields = ["meeting"]


@admin.register(Attendance)
class AttendanceAdmin(ImportExportPages, RecordAdmin):
    """How many took part."""

    help_at_fields = {
        "capacity": gettext_lazy("In which role they took part."),
        "count": gettext_lazy("How many persons. Who they were is not kept."),
    }
    on_index = False
    list_display = ["meeting", "country", "capacity", "count"]
    list_select_related = ["meeting", "country"]
    list_filter = ["capacity"]
    search_fields = ["meeting__code"]
    autocomplete_fields = ["meeting", "country"]


@admin.register(AgendaSubject)
class AgendaSubjectAdmin(OnlyToSee):
    """Says that an agenda item is about a subject."""

    list_display = ["item", "subject"]
    list_select_related = ["item__meeting", "subject"]
    search_fields = ["subject__code", "subject__title_en", "item__meeting__code"]


@admin.register(DocumentSubject)
class DocumentSubjectAdmin(OnlyToSee):
    """Says that a document is about a subject."""

    list_display = ["document", "subject"]
    list_select_related = ["document", "subject"]
    search_fields = ["subject__code", "subject__title_en", "document__number"]


@admin.register(Addressee)
class AddresseeAdmin(OnlyToSee):
    """To whom a liaison statement goes."""

    list_display = ["liaison", "body", "purpose"]
    list_select_related = ["liaison__document"]
    search_fields = ["body", "liaison__document__number"]


class UnusedFilter(OfferedFilter):
    """Numbers without a document."""

    title = gettext_lazy("document")
    parameter_name = "document"
    offered = [
        ("none", gettext_lazy("none, explained"), lambda rows: rows.without_document().exclude(unused_because="")),
        ("unexplained", gettext_lazy("none, not explained"), lambda rows: rows.unexplained()),
    ]


@admin.register(RegisterNumber)
class RegisterNumberAdmin(FixedRows, RecordAdmin):
    """A number that was given. It is never given again, so none is removed."""

    list_display = ["number", "document_of_it", "unused_because"]
    list_filter = [UnusedFilter]
    list_select_related = ["meeting", "document"]
    search_fields = ["meeting__code", "document__title_en", "unused_because"]
    fields = ["meeting", "serial", "document_of_it", "unused_because"]

    def get_readonly_fields(self, request, obj=None):
        has_document = obj is not None and (hasattr(obj, "document") or obj.given_to)
        return ["meeting", "serial", "document_of_it", *(["unused_because"] if has_document else [])]

    @admin.display(description=gettext_lazy("number"))
    def number(self, number):
        return str(number)

    @admin.display(description=gettext_lazy("document"))
    def document_of_it(self, number):
        return number.document.text("title") if hasattr(number, "document") else number.given_to or _("none")
