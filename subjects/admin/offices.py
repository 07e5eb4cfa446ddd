"""Coordinators and Focal Points in the admin (clauses A0, A3)."""

from django import forms
from django.contrib import admin
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import SOURCE_FIELDS, RecordAdmin, TenureAdmin
from iscg_portal.adminkit.filters import BY_SUBJECT
from iscg_portal.adminkit.inlines import RowsInTable
from iscg_portal.adminkit.plain_fields import SearchOrChoose
from iscg_portal.importing.admin import ImportExportPages
from members.admin.appointing import AppointForm, Appointing, asking
from members.admin.replacing import Replaceable
from subjects.admin.letter import ForALetter
from subjects.admin.naming import Naming, ReplaceCoordinatorForm
from subjects.models import Appointment, Coordinator, FocalPoint, Subject


class AppointmentRows(RowsInTable):
    """The advisory groups' decisions to appoint."""

    model = Appointment
    fields = ["group", "decided_on", "document", "document_url", *SOURCE_FIELDS]
    max_num = 3


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


class AppointFocalPointForm(AppointForm):
    """Of which subject and for which body, too."""

    subject = forms.ModelChoiceField(Subject.objects.all(), label=gettext_lazy("Subject"))
    facts = ["subject", "body", "name_is_public", *AppointForm.facts]
    fieldsets = asking("subject", "body", "name_is_public")
    vars().update(fields_for_model(FocalPoint, ["body", "name_is_public"]))

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

    on_index = False
    list_display = ["coordinator", "group", "decided_on", "document"]
    list_select_related = ["coordinator__person", "coordinator__subject"]
    list_filter = ["group"]
    search_fields = ["document", "coordinator__person__search_key"]
    autocomplete_fields = ["coordinator"]
