"""A person's page: offices past, present and to come, and nothing that is not public (rule 5)."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from members.acts.merging import merge_persons
from members.models import Person
from subjects.models import FocalPoint
from tests import world as build

pytestmark = pytest.mark.django_db


def page(client, slug, query=""):
    return client.get(f"/en/people/{slug}/{query}")


def text(client, slug, query=""):
    return page(client, slug, query).content.decode()


def merge(kept, duplicate):
    both = (Person.objects.get(slug=slug) for slug in (kept, duplicate))
    merge_persons(*both, reason="The same person, made up twice.")


@pytest.mark.parametrize(
    ("slug", "office"),
    [
        ("gus-example", "Chair"),
        ("ada-testperson", "Representative of RAG"),
        ("ina-sample", "Coordinator"),
        ("kim-mockup", "Focal Point for RAG"),
    ],
)
def test_every_kind_of_office_is_shown(world, client, db, slug, office):
    assert f'<th scope="row">{office}' in text(client, slug)


def test_office_for_a_subject_leads_to_it(world, client, db):
    assert 'href="/en/subjects/emf/"' in text(client, "ina-sample")


def test_past_present_and_future_are_told_apart(world, client, db):
    assert "ended</td>" in text(client, "ben-madeup")
    assert "in office</td>" in text(client, "ben-madeup", "?on=2024-02-29")
    assert "upcoming</td>" in text(client, "fay-imaginary", "?on=2025-02-12")


def test_name_carries_honorific_and_country(world, client, db):
    shown = text(client, "ada-testperson")
    assert "<h1>Ms Ada Testperson</h1>" in shown and "<td>France</td>" in shown


@pytest.mark.parametrize("slug", ["lea-nobody", "jon-dummy", "nobody-at-all"])
def test_person_without_a_public_office_has_no_page(world, client, db, slug):
    response = page(client, slug)
    assert response.status_code == 404
    assert "No office of a person with this address is on record." in response.content.decode()


def test_nominated_person_stays_unknown(world, client, db):
    build.nomination(world.lea, world.pp22)
    assert page(client, "lea-nobody").status_code == 404


def test_staff_see_the_same_as_everyone(world, client, db):
    client.force_login(world.staff)
    assert page(client, "jon-dummy").status_code == 404


def test_secretariat_focal_point_is_named_where_that_was_decided(world, client, db):
    FocalPoint.objects.filter(person=world.jon).update(name_is_public=True)
    assert "Secretariat focal point for BR" in text(client, "jon-dummy")


def test_office_that_is_not_public_does_not_show_beside_others(world, client, db):
    build.representative("TDAG2", world.jon, date(2025, 1, 1))
    shown = text(client, "jon-dummy")
    assert "Representative of TDAG" in shown and "focal point" not in shown.lower().split("words on this page")[0]


def test_contact_data_never_shows(world, client, db):
    build.contact_data(world.ada, "ada@personal.example", "+41 22 000 11 22")
    shown = text(client, "ada-testperson")
    assert "personal.example" not in shown and "000 11 22" not in shown


def test_visible_are_those_with_a_public_office(world, db):
    unseen = Person.objects.exclude(pk__in=Person.objects.visible_to(AnonymousUser()))
    assert {person.slug for person in unseen} == {"lea-nobody", "jon-dummy"}


def test_staff_see_every_person(world, db):
    assert Person.objects.visible_to(world.staff).count() == Person.objects.count()


def test_former_address_leads_to_the_merged_person(world, client, db):
    merge("cleo-invented", "ben-madeup")
    response = page(client, "ben-madeup")
    assert (response.status_code, response["Location"]) == (301, "/en/people/cleo-invented/")


def test_former_address_does_not_reveal_who_is_not_public(world, client, db):
    merge("jon-dummy", "lea-nobody")
    assert page(client, "lea-nobody").status_code == 404
