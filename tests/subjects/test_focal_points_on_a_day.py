"""Focal Points are held, vacant or not recorded, body by body, on every page and in every file (clauses A0, A3)."""

import csv
import io
from datetime import date

import pytest
from django.utils.html import strip_tags

from reports.acts.annual_reports import open_report
from reports.composing import generated
from reports.facts import gather
from secretariat.attention import attention
from subjects.models import FocalPointRecord
from tests import world as w

pytestmark = pytest.mark.django_db

DAY = "?on=2025-02-12"


@pytest.fixture
def recorded(world):
    """EMF (R, T, D): Kim for RAG and Jon for BR hold; TSAG is complete and left empty; the rest is not recorded."""
    emf = world.subjects["EMF"]
    w.saved(FocalPointRecord(subject=emf, body="TSAG", recorded_from=date(2023, 1, 1)))
    w.focal_point(emf, world.lea, "TSAG", date(2022, 1, 1), date(2024, 3, 1), ends_precision="month")
    return emf


def words(page):
    return " ".join(strip_tags(page.content.decode().replace("<", " <")).split())


def test_page_of_the_subject_says_the_state_of_each_body(recorded, client):
    page = words(client.get(recorded.get_absolute_url() + DAY))
    for said in (
        "RAG Kim Mockup Lithuania since 1 April 2022",
        "TSAG vacant since March 2024",
        "TDAG not recorded",
        "BR of the secretariat; shown by body since 1 April 2022",
        "TSB not recorded BDT not recorded",
    ):
        assert said in page


def test_page_of_coordinators_says_the_same(recorded, client):
    page = words(client.get(f"/en/coordinators/{DAY}"))
    for said in (
        "RAG: Kim Mockup Lithuania",
        "TSAG: vacant since March 2024 TDAG: not recorded BR",
        "TSB, BDT: not recorded",
    ):
        assert said in page


def test_json_gives_state_and_precision_of_each_body(recorded, client):
    for name in ("subjects", "coordinators"):
        document = client.get(f"/en/{name}.json{DAY}").json()
        [emf] = [
            one for one in next(each for each in document.values() if isinstance(each, list)) if one["code"] == "EMF"
        ]
        states = {one.pop("for"): one for one in emf["focal_point_states"]}
        assert {body: one["state"] for body, one in states.items()} == {
            "RAG": "held",
            "TSAG": "vacant",
            "TDAG": "not recorded",
            "BR": "held",
            "TSB": "not recorded",
            "BDT": "not recorded",
        }
        since = states["TSAG"]["vacant_since"], states["TSAG"]["vacant_since_precision"]
        assert since == ("2024-03-01", "month")


def lines_of(client, name):
    text = client.get(f"/en/{name}.csv{DAY}").content.decode("utf-8-sig")
    return [line for line in csv.DictReader(io.StringIO(text)) if line["code"] == "EMF"]


def test_csv_has_a_line_for_a_body_without_a_focal_point(recorded, client):
    lines = {line["for"]: line for line in lines_of(client, "coordinators") if line["office"] == "Focal Point"}
    vacant = lines["TSAG"]
    assert (vacant["state"], vacant["name"], vacant["vacant_since_precision"]) == ("vacant", "", "month")
    assert (lines["TDAG"]["state"], lines["TDAG"]["vacant_since"]) == ("not recorded", "")
    [subject] = lines_of(client, "subjects")
    assert "TSAG: vacant" in subject["focal_points"] and "TDAG: not recorded" in subject["focal_points"]


def test_report_lists_the_three_states(recorded):
    report = open_report("2024")
    block = generated(report, gather(report))["list"]
    [row] = [row for row in block["rows"] if row[0] == "EMF"]
    rag, tsag, _br, others = row[4].split("; ")
    assert rag.startswith("RAG: Kim Mockup")
    assert (tsag, others) == ("TSAG: vacant since March 2024", "TDAG, TSB, BDT: not recorded")


def test_attention_tells_a_vacancy_from_a_gap_in_the_record(recorded):
    said = [finding.sentence for finding in attention(date(2025, 2, 12)) if finding.topic.clause in ("A0", "A3")]
    assert "EMF: no Focal Point for TSAG." in said
    assert "EMF: who is Focal Point for TDAG is not recorded." in said
    assert "EMF: who is secretariat focal point for TSB or BDT is not recorded." in said


def test_body_is_not_vacant_before_its_record_begins(recorded, client):
    page = words(client.get(recorded.get_absolute_url() + "?on=2021-12-31"))
    assert "TSAG not recorded" in page


def test_body_that_the_scope_does_not_ask_for_is_shown_once_it_is_recorded(recorded, client):
    w.saved(FocalPointRecord(subject=recorded, body="GS", recorded_from=date(2023, 1, 1)))
    assert "GS vacant since 1 January 2023" in words(client.get(recorded.get_absolute_url() + DAY))


def test_subject_off_the_list_says_so_beside_its_offices(world, client):
    w.coordinator(world.subjects["OLD"], world.lea, date(2022, 1, 1))
    assert "Subject OLD, made up taken off in 2023" in words(client.get(f"/en/coordinators/{DAY}"))
    assert "Subject EMF, made up Ms Ina Sample" in words(client.get(f"/en/coordinators/{DAY}"))
    states = {
        one["code"]: one["list_state"] for one in client.get(f"/en/coordinators.json{DAY}").json()["coordinators"]
    }
    assert (states["OLD"], states["EMF"]) == ("delisted", "listed")
    text = client.get(f"/en/coordinators.csv{DAY}").content.decode("utf-8-sig")
    assert {line["list_state"] for line in csv.DictReader(io.StringIO(text)) if line["code"] == "OLD"} == {"delisted"}


def test_json_says_who_decided_and_in_which_document(world, client):
    [emf] = [one for one in client.get(f"/en/subjects.json{DAY}").json()["subjects"] if one["code"] == "EMF"]
    decision = {"group": "RAG", "decided_on": "2022-04-01", "document": "RAG/99", "document_url": ""}
    assert emf["appointed_by"][0] == decision
    assert [one["group"] for one in emf["appointed_by"]] == ["RAG", "TSAG"]


def test_json_of_a_vacant_seat_says_how_exactly_its_day_is_known(world, client):
    groups = client.get(f"/en/composition.json{DAY}").json()["groups"]
    [tsag] = [group for group in groups if group["code"] == "TSAG"]
    assert tsag["seats"][1]["vacant_since_precision"] == "month"


def test_office_says_for_whom_its_holder_sits_or_that_this_is_not_recorded(world, client):
    w.representative("TDAG2", world.lea, date(2025, 1, 1))
    w.representative("TDAG1", world.max, date(2025, 1, 1), date(2026, 1, 1), organization="Made-up Company")
    assert "Ms Lea Nobody State or organization not recorded" in words(client.get(f"/en/composition/{DAY}"))
    groups = client.get(f"/en/composition.json{DAY}").json()["groups"]
    [tdag] = [group for group in groups if group["code"] == "TDAG"]
    holders = [seat["holder"] for seat in tdag["seats"]]
    assert [(one["sits_for"], one["organization"]) for one in holders] == [
        ("organization", "Made-up Company"),
        ("not recorded", ""),
    ]
    said = [finding.sentence for finding in attention(date(2025, 2, 12))]
    assert "Ms Lea Nobody, TDAG2, since 1 January 2025: for which State or organization is not recorded." in said
    assert not [sentence for sentence in said if "Jon Dummy" in sentence and "for which State" in sentence]
