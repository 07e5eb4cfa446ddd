"""people/<slug>.json: the offices of a person as JSON-LD, in the terms of schema.org and Popolo."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from front.schemas import schema_of_person
from iscg_portal.identifiers import wikidata_address
from members.acts.merging import merge_persons
from subjects.models import Subject
from tests import world as build

pytestmark = pytest.mark.django_db
DAY = "?on=2025-02-12"


def data_of(client, slug, query=DAY, language="en"):
    answer = client.get(f"/{language}/people/{slug}.json{query}")
    assert answer.status_code == 200
    return answer.json()


def test_it_tells_the_offices_of_the_page(world, client):
    told = data_of(client, "ada-testperson")
    assert (told["name"], told["as_on"], told["@type"]) == ("Ada Testperson", "2025-02-12", "Person")
    assert told["url"] == f"{settings.SITE_URL}/en/people/ada-testperson/"
    (office,) = told["offices"]
    assert (office["office"], office["group"], office["state"]) == ("representative", "RAG", "in office")
    assert (office["starts_on"], office["ends_on"], office["last_day"]) == ("2020-01-01", None, None)


def test_offices_for_a_subject_name_it(world, client):
    (coordinator,) = data_of(client, "ina-sample")["offices"]
    assert (coordinator["office"], coordinator["subject"]["code"]) == ("Coordinator", "EMF")
    (focal_point,) = data_of(client, "kim-mockup")["offices"]
    assert (focal_point["office"], focal_point["for"]) == ("Focal Point", "RAG")


def test_the_last_day_is_the_one_before_the_end(world, client):
    (office,) = data_of(client, "ben-madeup")["offices"]
    assert (office["ends_on"], office["last_day"], office["state"]) == ("2024-03-01", "2024-02-29", "ended")


def test_identifiers_stand_where_they_are_recorded(world, client):
    assert data_of(client, "ada-testperson")["identifiers"] == []
    world.ada.wikidata = "Q42"
    build.saved(world.ada)
    told = data_of(client, "ada-testperson")
    assert (told["wikidata"], told["same_as"]) == ("Q42", [wikidata_address("Q42")])
    assert told["identifiers"][0]["scheme"] == "Wikidata"
    assert client.get(f"/en/composition.json{DAY}").json()["groups"][0]["seats"][0]["holder"]["wikidata"] == "Q42"
    assert "https://www.wikidata.org/wiki/Q42" in client.get("/en/people/ada-testperson/").content.decode()
    Subject.objects.filter(code="EMF").update(wikidata="Q1")
    assert "https://www.wikidata.org/wiki/Q1" in client.get("/en/subjects/emf/").content.decode()


@pytest.mark.parametrize("text", ["42", "Q0", "q42", "Q42 ", "http://x/Q42", "Q42\n<b>"])
def test_what_is_no_item_is_refused_with_a_sentence(text):
    person = build.person("New Nobody")
    person.wikidata = text
    if text == "Q42 ":  # spaces around it are no fault
        person.full_clean()
        assert person.wikidata == "Q42"
        return
    with pytest.raises(ValidationError, match="as in Q42"):
        person.full_clean()


def test_each_key_is_in_the_schema_and_has_a_meaning_or_none(world, client):
    told = data_of(client, "ben-madeup")
    schema = schema_of_person()["properties"]
    assert set(told) == set(schema) and set(told["offices"][0]) == set(schema["offices"]["items"]["properties"])
    context = told["@context"]
    assert context["schema"] == "https://schema.org/" and context["@language"] == "en"
    assert context["offices"]["@context"]["starts_on"]["@id"] == "schema:validFrom"
    composition = client.get(f"/fr/composition.json{DAY}").json()
    assert (composition["@type"], composition["@context"]["@language"]) == ("Organization", "fr")


def test_who_may_not_be_seen_is_not_found_and_who_was_merged_leads_on(world, client):
    assert client.get("/en/people/jon-dummy.json").status_code == 404
    assert "error" in client.get("/en/people/nobody-here.json").json()
    merge_persons(world.ada, world.lea, reason="Made up")
    answer = client.get("/en/people/lea-nobody.json")
    assert (answer.status_code, answer["Location"]) == (301, "/en/people/ada-testperson.json")
