"""Coordinators and Focal Points in the admin (clauses A0, A3); those of today in a file for people, for a letter."""

from django import forms
from django.contrib import admin
from django.forms.models import fields_for_model
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE_FIELDS, RecordAdmin, TenureAdmin
from iscg_portal.adminkit.filters import BY_SUBJECT
from iscg_portal.adminkit.inlines import RowsInTable
from iscg_portal.adminkit.plain_fields import SearchOrChoose
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.tables.files import CONTENT_TYPES, guarded, xlsx_of
from iscg_portal.tenure.dates import today
from members.admin.appointing import AppointForm, Appointing, asking
from members.admin.replacing import Replaceable
from members.models import ContactData
from subjects.admin.naming import Naming, ReplaceCoordinatorForm
from subjects.models import Appointment, Coordinator, FocalPoint, Subject


class AppointmentRows(RowsInTable):
    """The advisory groups' decisions to appoint."""

    model = Appointment
    fields = ["group", "decided_on", "document", "document_url", *SOURCE_FIELDS]
    max_num = 3


EXPORT, SEES_ADDRESSES = "subjects.export_coordinator", "members.view_contactdata"


class ForALetter:
    """Mixin of the Coordinator's ModelAdmin: the file, and its button on the list."""

    def get_urls(self):
        return [*self.named_paths([("for-a-letter/", self.letter_view, "for-a-letter")]), *super().get_urls()]

    def list_buttons(self, request):
        address = reverse("admin:subjects_coordinator_for-a-letter")
        letter = [(_("Coordinators for a letter"), address)] if request.user.has_perm(EXPORT) else []
        return [*super().list_buttons(request), *letter]

    def letter_view(self, request):
        """An XLSX of today's Coordinators in the order of their subjects; addresses for who may see them."""
        self.require(request.user.has_perm(EXPORT))
        lines = [[guarded(str(cell)) for cell in line] for line in _lines(request.user.has_perm(SEES_ADDRESSES))]
        response = HttpResponse(xlsx_of(_("Coordinators"), lines), content_type=CONTENT_TYPES["xlsx"])
        response["Content-Disposition"] = f'attachment; filename="coordinators-{today().isoformat()}.xlsx"'
        return response


def _lines(with_addresses):
    """The heads in words, then a line a Coordinator. Two queries at most, one more for former names of countries."""
    heads = [_("Title"), _("Name"), _("Country or organization"), _("Subject"), _("Title of the subject")]
    yield [*heads, _("E-mail address")] if with_addresses else heads
    rows = Coordinator.objects.in_office(today()).select_related("person", "country", "subject")
    addresses = dict(ContactData.objects.values_list("person_id", "email")) if with_addresses else {}
    for row in rows.order_by("subject__code"):
        person, subject = row.person, row.subject
        line = [person.honorific, person.name, row.for_whom, subject.code, capfirst(subject.text("title"))]
        yield [*line, addresses.get(person.pk, "")] if with_addresses else line


@admin.register(Coordinator)
class CoordinatorAdmin(ForALetter, Naming, ImportExportPages, Replaceable, TenureAdmin):
    """The one Coordinator of a subject, from the membership (A0)."""

    office_fields = ["subject"]
    office_filters = ["appointments__group", BY_SUBJECT]
    autocomplete_fields = [*TenureAdmin.autocomplete_fields, "subject"]
    list_select_related = ["person", "country", "subject"]
    search_fields = [*TenureAdmin.search_fields, "subject__code", "subject__title_en"]
    inlines = [AppointmentRows]
    replace_form = ReplaceCoordinatorForm

    def get_view_on_site_url(self, obj=None):
        return obj and obj.subject.get_absolute_url()


FOR_WHICH_BODY = {"body": TenureAdmin.help_at_fields["body"]}


class AppointFocalPointForm(AppointForm):
    """Of which subject and for which body, too."""

    subject = forms.ModelChoiceField(Subject.objects.all(), label=gettext_lazy("Subject"))
    facts = ["subject", "body", "name_is_public", *AppointForm.facts]
    fieldsets = asking("subject", "body", "name_is_public")
    vars().update(fields_for_model(FocalPoint, ["body", "name_is_public"], help_texts=FOR_WHICH_BODY))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        subject = self.fields["subject"]
        subject.widget = SearchOrChoose(FocalPoint._meta.get_field("subject"), admin.site)
        subject.widget.choices = subject.choices


@admin.register(FocalPoint)
class FocalPointAdmin(ImportExportPages, Appointing, Replaceable, TenureAdmin):
    """A Focal Point of a subject for an advisory group, or the secretariat's own (A0, A3)."""

    appoint_form = AppointFocalPointForm
    office_fields = ["subject", "body", "name_is_public"]
    office_filters = ["body", "name_is_public", BY_SUBJECT]
    autocomplete_fields = [*TenureAdmin.autocomplete_fields, "subject"]
    list_select_related = ["person", "country", "subject"]
    search_fields = [*TenureAdmin.search_fields, "subject__code", "subject__title_en"]

    def get_list_display(self, request):
        return ["subject", "body", "person", "sits_for", "begins", "ends", "name_is_public"]

    def get_view_on_site_url(self, obj=None):
        return obj and obj.subject.get_absolute_url()


@admin.register(Appointment)
class AppointmentAdmin(RecordAdmin):
    """One advisory group's decision to appoint a Coordinator; edited on the Coordinator's page."""

    help_at_fields = {
        "decided_on": gettext_lazy("The day of the decision."),
    }
    on_index = False
    list_display = ["coordinator", "group", "decided_on", "document"]
    list_select_related = ["coordinator__person", "coordinator__subject"]
    list_filter = ["group"]
    search_fields = ["document", "coordinator__person__search_key"]
    autocomplete_fields = ["coordinator"]
