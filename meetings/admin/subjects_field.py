"""The field “Subjects” of documents and agenda items: chosen together, kept as rows with a history each."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.plain_fields import CHOOSE_AMONG
from iscg_portal.adminkit.record_form import RecordForm
from meetings.acts.register import link_subjects
from meetings.models import Document
from subjects.models import Subject


class SearchOrChooseSome(AutocompleteSelectMultiple):
    """Search as you type; without JavaScript a plain list, unless there are too many."""

    def optgroups(self, name, value, attrs=None):
        if self.choices.queryset.count() > CHOOSE_AMONG:
            return super().optgroups(name, value, attrs)
        return forms.SelectMultiple.optgroups(self, name, value, attrs)


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
            self.initial.setdefault("about", [link.subject_id for link in self.instance.subject_links.all()])

    def save_parts(self, *, reason="", by=None):
        if "about" in self.changed_data:
            link_subjects(self.instance.subject_links, self.cleaned_data["about"], reason=reason, by=by)
