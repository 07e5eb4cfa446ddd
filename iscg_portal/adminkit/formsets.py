"""Rows on a page of the admin: judged together with all other rows of the page."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, BaseModelFormSet
from django.utils.translation import gettext as _

from iscg_portal.adminkit.plain_fields import tell_what_is_known
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.joint_validation import judge_together
from iscg_portal.tenure.models import Period


class FormPage:
    """All formsets of one page of the admin, as they were sent, with the reason given for saving it."""

    def __init__(self, formsets, reason=""):
        self.formsets, self.reason = formsets, reason
        saved = frozenset(
            (type(form.instance), form.instance.pk) for form in self.forms() if form.instance.pk is not None
        )
        for form in self.forms():
            form.instance.judged_with = saved

    def forms(self):
        return (form for formset in self.formsets for form in formset.forms)

    @cached_property
    def problems(self):
        """{id of a row: sentences} for every row that cannot stand beside the others; writes nothing."""
        gone = {id(form) for formset in self.formsets for form in formset.deleted_forms_of_page()}
        kept = [form for form in self.forms() if id(form) not in gone and _says_something(form)]
        rows = [form.instance for form in kept if isinstance(form.instance, Period)]
        removed = [form.instance for form in self.forms() if id(form) in gone and form.instance.pk is not None]
        found = judge_together(rows, [row for row in removed if isinstance(row, Period)])
        return {id(rows[index]): sentences for index, sentences in found.items()}


def _says_something(form):
    return form.is_valid() and (form.has_changed() or form.instance.pk is not None)


class JudgedWithPage(ShowsTypedBefore):
    """Mixin of a formset: each clash with another row of the page is a sentence at the later row."""

    page = None

    @cached_property
    def empty_form(self):
        """Made once; Django makes it anew for each question about the formset."""
        return super().empty_form

    def deleted_forms_of_page(self):
        """The saved rows ticked for removal; reading a form's errors is what cleans it."""
        ticked = (form for form in self.initial_forms if self.can_delete and form.errors is not None)
        return [form for form in ticked if self._should_delete_form(form)]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Remove as entered by mistake")

    def clean(self):
        super().clean()
        if self.page and not self.page.reason and self.deleted_forms_of_page():
            raise ValidationError(_("Say below, under “Why?”, why the rows to be removed were a mistake."))
        for form in self.forms if self.page else ():
            if id(form.instance) in self.page.problems:
                form.add_error(None, ValidationError(self.page.problems[id(form.instance)]))


class RowsFormSet(JudgedWithPage, BaseInlineFormSet):
    """Rows that belong to the page's record. Each sees that record as it is on the page, not as stored."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        tell_what_is_known(form)
        setattr(form.instance, self.fk.name, self.instance)
        return form


class DistantRowsFormSet(JudgedWithPage, BaseModelFormSet):
    """Rows that belong to a part of the page's record, as a term in a seat belongs to the group of the seat."""

    def __init__(self, *args, instance=None, save_as_new=False, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        tell_what_is_known(form)
        return form

    @classmethod
    def get_default_prefix(cls):
        return cls.model._meta.model_name
