"""subjects.json is the contract's, and CSV and XLSX say the same for the same day and filter."""

import csv
import io

import pytest
from openpyxl import load_workbook

from iscg_portal.bodies import FocalPointBody
from tests import world as build

pytestmark = pytest.mark.django_db

HOLDER = {
    "honorific",
    "name",
    "slug",
    "country",
    "starts_on",
    "starts_precision",
    "ends_on",
    "ends_precision",
    "last_confirmed_on",
    "source",
    "grade",
    "indicative",
}


def subjects_of(client, query="?on=2025-02-12"):
    document = client.get(f"/en/subjects.json{query}").json()
    return {subject["code"]: subject for subject in document["subjects"]}


def lines_of(client, name, query="?on=2025-02-12"):
    text = client.get(f"/en/{name}.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_document_has_the_day_and_the_subjects_only(world, client):
    document = client.get("/en/subjects.json?on=2025-02-12").json()
    assert (list(document), document["as_on"]) == (["$schema", "as_on", "subjects"], "2025-02-12")


def test_subject_has_the_fields_of_the_contract_in_their_order(world, client):
    keys = "code slug title scope state listed_on listed_precision delisted_on delisted_precision mandates".split()
    keys += (
        "mandates_recorded_from theme_rule coordinator appointed_by focal_points focal_point_states wikidata".split()
    )
    assert list(subjects_of(client)["EMF"]) == [*keys, "source", "grade", "indicative"]


def test_subject_says_when_it_was_listed_and_delisted(world, client):
    found = subjects_of(client)
    assert (found["EMF"]["listed_on"], found["EMF"]["delisted_on"]) == ("2020-05-01", None)
    assert (found["OLD"]["listed_on"], found["OLD"]["delisted_on"]) == (None, "2023-01-01")


def test_scope_is_letters_in_the_order_of_the_sectors(world, client):
    assert subjects_of(client)["ACC"]["scope"] == ["R", "T", "D", "GS"]


def test_mandates_and_theme_rule(world, client):
    world.subjects["EMF"].mandate_set.filter(resolution__slug="wtsa-18").update(source="A list", grade="inferred")
    subject = subjects_of(client)["EMF"]
    not_stated = {"source": "", "grade": "", "indicative": False}
    inferred = {"source": "A list", "grade": "inferred", "indicative": True}
    assert subject["mandates"] == [
        {"slug": "pp-191", "citation": "PP Res. 191", "body": "PP", "number": 191, **not_stated},
        {"slug": "wtsa-18", "citation": "WTSA Res. 18", "body": "WTSA", "number": 18, **inferred},
    ]
    assert subject["theme_rule"] == {"verdict": "met", "sentence": "PP Res. 191 calls for coordination on it"}


def test_coordinator_is_a_seat_in_its_three_states(world, client):
    found = {code: subject["coordinator"] for code, subject in subjects_of(client).items()}
    assert set(found["EMF"]["holder"]) >= HOLDER
    assert (found["EMF"]["state"], found["EMF"]["holder"]["name"]) == ("held", "Ina Sample")
    assert found["ACC"] == {
        "state": "vacant",
        "holder": None,
        "vacant_since": "2023-05-01",
        "vacant_since_precision": "day",
    }
    assert (found["IOT"]["state"], found["IOT"]["vacant_since"]) == ("not recorded", None)


def test_focal_point_is_a_holder_with_the_body(world, client):
    kim, _jon = subjects_of(client)["EMF"]["focal_points"]
    assert set(kim) >= HOLDER | {"for"}
    assert (kim["for"], kim["name"], kim["country"]) == ("RAG", "Kim Mockup", {"code": "LT", "name": "Lithuania"})


def test_name_of_a_focal_point_is_null_where_it_is_not_public(world, client):
    _kim, jon = subjects_of(client)["EMF"]["focal_points"]
    hidden = ("honorific", "name", "slug", "country")
    assert {jon["for"], *(jon[field] for field in hidden), jon["source"]} == {"BR", None, ""}
    assert jon["starts_on"] == "2022-04-01"


def test_name_of_a_secretariat_focal_point_is_there_where_that_was_decided(world, client):
    build.focal_point(world.subjects["EMF"], world.lea, "TSB", world.day, name_is_public=True)
    names = {row["for"]: row["name"] for row in subjects_of(client)["EMF"]["focal_points"]}
    assert names == {"RAG": "Kim Mockup", "BR": None, "TSB": "Lea Nobody"}


def test_handover_day_belongs_to_the_successor(world, client):
    build.coordinator(world.subjects["ACC"], world.lea, world.day)
    assert subjects_of(client, "?on=2025-02-11")["ACC"]["coordinator"]["state"] == "vacant"
    assert subjects_of(client)["ACC"]["coordinator"]["holder"]["name"] == "Lea Nobody"


@pytest.mark.parametrize("name", ["subjects", "coordinators", "resolutions"])
def test_the_three_formats_hold_the_same_rows(world, client, name):
    as_json = client.get(f"/en/{name}.json?on=2025-02-12").json()
    lines = lines_of(client, name)
    sheet = load_workbook(io.BytesIO(client.get(f"/en/{name}.xlsx?on=2025-02-12").content)).active
    key = "citation" if name == "resolutions" else "code"
    assert {row[key] for row in as_json[name]} == {line[key] for line in lines}
    assert [[str(cell or "") for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        list(line.values()) for line in lines
    ]


def test_files_hold_every_row_of_the_filter_beyond_one_page(world, client):
    for number in range(110):
        build.subject(f"X{number}", "RD")
    assert len(lines_of(client, "subjects", "?sector=R&on=2025-02-12")) == 113


def test_files_and_page_keep_the_same_filter(world, client):
    query = "?sector=GS&on=2025-02-12"
    assert list(subjects_of(client, query)) == [line["code"] for line in lines_of(client, "subjects", query)] == ["ACC"]
    page = client.get(f"/en/subjects/{query}").content.decode()
    assert "Subject ACC" in page and "Subject EMF" not in page


def test_offices_stand_one_a_line_with_the_vacancy_at_the_coordinator(world, client):
    lines = [
        (row["code"], row["office"], row["for"], row["state"], row["name"]) for row in lines_of(client, "coordinators")
    ]
    assert lines == [
        ("ACC", "Coordinator", "", "vacant", ""),
        *(("ACC", "Focal Point", body, "not recorded", "") for body in FocalPointBody.values),
        ("EMF", "Coordinator", "", "held", "Ina Sample"),
        ("EMF", "Focal Point", "RAG", "held", "Kim Mockup"),
        *(("EMF", "Focal Point", body, "not recorded", "") for body in ("TSAG", "TDAG")),
        ("EMF", "Focal Point", "BR", "held", ""),
        *(("EMF", "Focal Point", body, "not recorded", "") for body in ("TSB", "BDT")),
        ("IOT", "Coordinator", "", "not recorded", ""),
        *(("IOT", "Focal Point", body, "not recorded", "") for body in ("TSAG", "TDAG", "TSB", "BDT")),
    ]


def test_resolution_has_revisions_replacement_and_subjects(world, client):
    found = {row["slug"]: row for row in client.get("/en/resolutions.json?on=2025-02-12").json()["resolutions"]}
    assert found["itu-r-6"]["replaced_by"] == "itu-r-75"
    assert found["itu-r-6"]["revisions"][0]["citation"] == "ITU-R 6-3 (Testville, 2019)"
    assert found["wtsa-18"]["subjects"] == ["ACC", "EMF"]
    assert found["pp-191"]["calls_for_coordination"] is True
