"""Rows shown on the page of the record to which they belong."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.forms.models import _get_foreign_key, modelformset_factory
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.formsets import DistantRowsFormSet, RowsFormSet
from iscg_portal.adminkit.page import refusals_of
from iscg_portal.adminkit.plain_fields import KnownOrSearched, PlainFields
from iscg_portal.adminkit.record_form import RecordForm


class Rows(PlainFields):
    """Mixin of an inline: judged and saved with its page; each row leads to its own page and history."""

    form = RecordForm
    formset = RowsFormSet
    extra = 0
    show_change_link = True
    related = ()  # what is read together with each row

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What is not searched is asked once for all rows."""
        searched = db_field.name in self.get_autocomplete_fields(request)
        if searched:
            kwargs["widget"] = KnownOrSearched(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        # Nobody chooses the record of the page itself: its choices would be all records of the kind.
        if not (searched or db_field == _get_foreign_key(self.parent_model, self.model, self.fk_name, can_fail=True)):
            field.choices = [choice for choice in field.choices]  # noqa: C416 - list() would count them first
        return field

    def acts_of(self, row):
        """What its own page offers to do with the row, as (label, address) pairs."""
        pages = self.admin_site._registry.get(self.model)
        return pages.row_acts(self.request, row) if pages and row.pk else []

    @admin.display(description=gettext_lazy("More"))
    def acts(self, row):
        """The same, as a field to be read."""
        links = format_html_join(" · ", '<a href="{1}">{0}</a>', self.acts_of(row))
        return links or "—"

    def get_formset(self, request, obj=None, **kwargs):
        self.request = request  # an inline is made for each request
        formset = self.make_formset(request, obj, **kwargs)
        formset.form.refusals = refusals_of(request)
        formset.form.judged_as_page = True
        return formset

    def make_formset(self, request, obj, **kwargs):
        """The class of the formset, as Django makes it."""
        return super().get_formset(request, obj, **kwargs)

    def history_of(self, obj):
        """The history of the rows on the page of `obj`, or None where none is kept."""
        if not hasattr(self.model, "history"):
            return None
        field = _get_foreign_key(self.parent_model, self.model, fk_name=self.fk_name)
        return self.model.history.filter(**{field.attname: obj.pk})


class RowsInTable(Rows, admin.TabularInline):
    """One row a line, for few short fields; fields of one tuple share a column. Inputs carry their names."""

    template = "admin/rows_in_table.html"

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            getattr(field.widget, "widget", field.widget).attrs["aria-label"] = str(capfirst(field.label))
        return formset


class RowsInFull(Rows, admin.StackedInline):
    """One row under the other, with all its fields."""


class RowsToSee(RowsInTable):
    """Rows that are shown and not edited here."""

    can_delete = False
    has_add_permission = never
    has_change_permission = never

    def get_readonly_fields(self, request, obj=None):
        return self.fields


class _DistantChecks(InlineModelAdminChecks):
    def _check_relation(self, obj, parent_model):
        return []

    def _check_exclude_of_parent_model(self, obj, parent_model):
        return []


class DistantRowsInTable(RowsInTable):
    """Rows of a part of the record, as terms in the seats of a group. `through` leads to the record."""

    checks_class = _DistantChecks
    formset = DistantRowsFormSet
    through = None

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        record = getattr(request, "resolver_match", None) and request.resolver_match.kwargs.get("object_id")
        return rows.filter(**{self.through: record}) if record else rows.none()

    def make_formset(self, request, obj, **kwargs):
        return modelformset_factory(
            self.model,
            form=self._form_with_permissions(request, obj),
            formset=self.formset,
            fields=flatten_fieldsets(self.get_fieldsets(request, obj)),
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
            extra=self.get_extra(request, obj),
            max_num=self.get_max_num(request, obj),
            can_delete=self.can_delete and self.has_delete_permission(request, obj),
        )

    def _form_with_permissions(self, request, obj):
        can_change = self.has_change_permission(request, obj)

        class Form(self.form):
            def has_changed(self):
                return (can_change or self.instance._state.adding) and super().has_changed()

        return Form

    def history_of(self, obj):
        return self.model.history.filter(**{self.through: obj.pk})
