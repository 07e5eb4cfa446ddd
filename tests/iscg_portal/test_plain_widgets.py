"""The plainest widgets, and the fields of a form of the admin, print the same as Django's templates of them."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.forms.renderers import DjangoTemplates
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from iscg_portal.web.plain_widgets import PlainWidgets
from meetings.models import Meeting
from subjects.models import Coordinator, Edition, EditionRow, Subject
from tests.admin.conftest import page_of

ODD = "<\"'& é"
SAFE, LAZY = mark_safe("&amp;"), gettext_lazy("Save")
ATTRS = {"id": "one", "lang": ODD, "required": True, "hidden": False, "size": 3, "aria-label": LAZY, "title": SAFE}
CHOICES = [("", "—"), (ODD, ODD), (1, 1), ("group", [("two", LAZY), ("three", SAFE)])]
WIDGETS = [
    *(widget(ATTRS) for widget in (forms.TextInput, forms.HiddenInput, forms.NumberInput, forms.EmailInput)),
    *(widget(ATTRS) for widget in (forms.URLInput, forms.DateInput, forms.CheckboxInput, forms.Textarea)),
    forms.SplitDateTimeWidget(ATTRS),
    *(widget(ATTRS, choices=CHOICES) for widget in (forms.Select, forms.SelectMultiple)),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_plain_widget_prints_what_its_template_prints(widget):
    one, several = (None, "", ODD, SAFE, 1, "two", True), (None, [ODD, "two"])
    for value in several if isinstance(widget, forms.MultiWidget) else one:
        mine, djangos = (widget.render("name", value, renderer=each()) for each in (PlainWidgets, DjangoTemplates))
        assert mine.split() == djangos.split()


def test_labels_and_lists_of_errors_print_what_their_templates_print():
    class Form(forms.Form):
        one = forms.CharField(label=ODD)
        two = forms.CharField(required=False, label=SAFE)

    printed = []
    for renderer in (PlainWidgets, DjangoTemplates):
        form = Form({}, renderer=renderer())
        labels = [field.label_tag(attrs={"class": "inline"}) for field in form]
        printed.append([part for field in form for part in (field.errors.as_ul(), field.label_tag())] + labels)
    assert printed[0] == printed[1]


def test_what_is_not_plain_has_its_template():
    widget = forms.RadioSelect(choices=CHOICES)
    assert widget.render("name", "two", renderer=PlainWidgets()) == widget.render(
        "name", "two", renderer=DjangoTemplates()
    )


FIELDSET = "admin/includes/fieldset.html"
DJANGOS = Engine(dirs=[Path(admin.__file__).parent / "templates"])


def tight(html):
    """Without the spaces around tags, which nobody sees there."""
    return re.sub(r"\s*([<>])\s*", r"\1", " ".join(html.split()))


@pytest.mark.parametrize("sent", [None, {"starts_on": "no day", "in_r": "on"}], ids=["opened", "refused"])
@pytest.mark.parametrize("model", [Subject, Meeting, Coordinator, EditionRow], ids=lambda model: model.__name__)
def test_fields_of_a_form_print_what_their_template_prints(rf, roles, model, sent):
    request, pages = rf.get("/"), admin.site._registry[model]
    request.user, obj = roles.staff, model.objects.first() if model in (Meeting, EditionRow) else None
    form = pages.get_form(request, obj, change=obj is not None)(sent, instance=obj)
    fieldsets = AdminForm(form, pages.get_fieldsets(request, obj), {}, pages.get_readonly_fields(request, obj), pages)
    assert bool(form.errors) == bool(sent and form.fields)  # all of a row of an edition is only read
    for fieldset in fieldsets:
        context = {"fieldset": fieldset, "prefix": "one", "id_prefix": 1, "id_suffix": 2, "heading_level": 3}
        mine = render_to_string(FIELDSET, context)
        assert tight(mine) == tight(DJANGOS.get_template(FIELDSET).render(Context(context)))


def test_cells_of_rows_are_named_by_their_columns(client, roles, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(roles.staff)
    cells = re.findall('<td class="field-([^"]*)"', client.get(page_of(Edition.objects.first())).content.decode())
    assert {"code", "title_as_adopted"} <= {*cells} and all(map(str.isidentifier, cells))
