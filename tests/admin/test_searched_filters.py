"""Filters that are typed, help at the field, skipping, and how few queries a form or a picker needs."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from members.models import Nomination
from studies.models import Confirmation, MappingLink, StudyFinding
from subjects.acts import adopt_edition
from subjects.models import Coordinator, FocalPoint, Mandate, Subject
from tests import world
from tests.admin.conftest import list_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def emf():
    return world.coordinator(world.subject("EMF"), world.person("Ada Testperson"), date(2020, 1, 1))


@pytest.mark.parametrize("asked", ["emf", "EMF"])
def test_a_filter_of_subjects_is_typed_and_lists_none(desk, emf, asked):
    world.coordinator(world.subject("OLD"), world.person("Ben Madeup"), date(2020, 1, 1))
    page = desk.get(list_of(Coordinator), {"subject": asked})
    assert list(page.context["cl"].queryset) == [emf]
    assert "subject__id__exact" not in page.content.decode()


def test_a_filter_of_subjects_finds_words_of_the_title_in_any_language(desk, emf):
    Subject.objects.filter(pk=emf.subject_id).update(title_fr="Champs imaginés")
    assert list(desk.get(list_of(Coordinator), {"subject": "imaginés"}).context["cl"].queryset) == [emf]
    assert list(desk.get(list_of(Coordinator), {"subject": "nothing so"}).context["cl"].queryset) == []


@pytest.mark.parametrize("model", [Coordinator, FocalPoint, StudyFinding])
def test_a_filter_is_answered_whatever_is_typed(desk, model):
    for asked in ("%", "x" * 5_000, "<b>", "'"):
        name = "subjects" if model is StudyFinding else "subject"
        assert desk.get(list_of(model), {name: asked}).status_code == 200


def test_an_office_by_the_decision_of_a_group_is_not_without_decision(desk):
    decided = world.coordinator(world.subject("EMF"), world.person("Ada Testperson"), date(2020, 1, 1), groups=["RAG"])
    decided.appointments.update(document="RAG/1")
    without = world.coordinator(world.subject("OLD"), world.person("Ben Madeup"), date(2020, 1, 1), groups=["RAG"])
    without.appointments.update(document="")
    assert list(desk.get(list_of(Coordinator), {"lacking": "decision"}).context["cl"].queryset) == [without]


def test_a_form_is_reached_by_skipping(desk):
    page = desk.get(list_of(Nomination, "add")).content.decode()
    assert 'href="#form-start"' in page and 'id="form-start"' in page
    assert page.index('accesskey="m"') < page.index('id="header"')
    assert 'id="all-lists" open' in desk.get("/admin/?lists").content.decode()


def test_an_edition_is_printed_without_code(desk):
    world.listing(world.subject("EMF"), date(2020, 1, 1))
    edition = adopt_edition(date(2025, 1, 23), "ISCG/99-1/05")
    for address in (
        reverse("admin:subjects_edition_change", args=[edition.pk]),
        reverse("admin:subjects_editionrow_change", args=[edition.rows.get().pk]),
    ):
        page = desk.get(address).content.decode()
        assert "ITU-R" in page
        assert not any(code in page for code in ("[&quot;R", "{&quot;en", "&quot;citation", "<p>[]"))


def test_pickers_and_forms_need_few_queries(desk, django_assert_max_num_queries):
    for number in range(16):
        first = world.study_unit(f"Q{number + 1}/2")
        second = world.study_unit(f"SG{number + 1}", "T 2025-2028", "study group")
        MappingLink.objects.create(first=first, second=second, kind=MappingLink.Kind.values[0])
    for model in (Confirmation, MappingLink, Coordinator, Mandate):
        with django_assert_max_num_queries(15):
            desk.get(list_of(model, "add"))
        for field in admin.site.get_model_admin(model).get_autocomplete_fields(None):
            asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
            with django_assert_max_num_queries(15):
                assert desk.get(reverse("admin:autocomplete"), asked | {"term": "a"}).status_code == 200
