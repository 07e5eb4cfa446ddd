"""What rests on evidence of over a year says so beside the fact, wherever it is shown as today's (rule 17, C2)."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iscg_portal.tenure.dates import today
from members.composition import composition
from members.models import ChairTerm, Representative
from reports.acts import annual_reports
from reports.composing import tree_of
from reports.facts import gather
from subjects.models import Coordinator, FocalPoint
from tests import world as w
from tests.importing.conftest import exported, problems

CONFIRMED = "last confirmed 23 January 2025"
LATER = date(2026, 11, 29)
OLD = date(2024, 2, 11)
PP_26 = "PP-26 was announced for 9–27 November 2026; no appointment after it is on record"


@pytest.fixture
def confirmed(world):
    """The standing ISCG, everything in it confirmed on 23 January 2025."""
    for model in (ChairTerm, Representative, Coordinator, FocalPoint):
        model.objects.filter(starts_on__lte=date(2025, 1, 23)).update(last_confirmed_on=date(2025, 1, 23))
    return world


@pytest.mark.parametrize(
    ("facts", "counts_from", "words"),
    [
        ({"last_confirmed_on": OLD, "source_dated_on": w.DAY}, OLD, "last confirmed 11 February 2024"),
        ({"source_dated_on": OLD}, OLD, "as in a document of 11 February 2024"),
        ({}, date(2018, 4, 1), "not confirmed since April 2018"),
    ],
)
def test_age_counts_from_the_confirmation_else_the_source_else_the_start(facts, counts_from, words):
    term = ChairTerm(starts_on=date(2018, 4, 1), starts_precision="month", **facts)
    assert (term.evidence_on, term.old_evidence(w.DAY)) == (counts_from, words)


def test_evidence_is_old_when_it_is_over_a_year_old():
    term = ChairTerm(starts_on=date(2018, 4, 1), last_confirmed_on=w.DAY)
    assert term.old_evidence(w.DAY + timedelta(days=365)) == ""
    assert term.old_evidence(w.DAY + timedelta(days=366)) == "last confirmed 12 February 2025"


def test_office_that_has_ended_or_is_to_come_has_no_old_evidence():
    over = ChairTerm(starts_on=date(2015, 1, 1), ends_on=date(2019, 3, 1), ends_precision="day")
    assert over.old_evidence(date(2018, 1, 1)) == ""
    assert ChairTerm(starts_on=date(2030, 1, 1)).old_evidence(LATER) == ""


@pytest.mark.parametrize(
    ("path", "times"),
    [
        ("", 3 * 4),  # each of the held seats: drawn in the wide picture, and as the title of a mark in both
        ("composition/", 3 * 4 + 4),
        ("composition/history/", 4 + 4),
        ("people/gus-example/", 1),
        ("subjects/", 1),
        ("subjects/emf/", 3),
        ("coordinators/", 3),
    ],
)
def test_every_page_says_it_beside_the_fact(confirmed, client, path, times):
    page = client.get(f"/en/{path}?on=2026-11-29").content.decode().replace("\u00a0", " ")  # as pictures have it
    assert page.count(f"{CONFIRMED}<") == times
    assert CONFIRMED not in client.get(f"/en/{path}?on=2025-02-12").content.decode()


def test_json_says_it_with_the_day_from_which_the_age_counts(confirmed, client):
    chair = client.get("/en/composition.json?on=2026-11-29").json()["chair"]["holder"]
    assert (chair["evidence_on"], chair["old_evidence"]) == ("2025-01-23", CONFIRMED)
    assert client.get("/en/composition.json?on=2025-02-12").json()["chair"]["holder"]["old_evidence"] is None
    subject = client.get("/en/subjects.json?on=2026-11-29").json()["subjects"][1]
    assert subject["coordinator"]["holder"]["old_evidence"] == CONFIRMED
    assert {each["old_evidence"] for each in subject["focal_points"]} == {CONFIRMED}


@pytest.mark.parametrize("name", ["composition", "composition/history", "coordinators"])
def test_sheets_say_it_in_a_column(confirmed, client, name):
    text = client.get(f"/en/{name}.csv?on=2026-11-29").content.decode("utf-8-sig")
    said = {line["name"]: line["old_evidence"] for line in csv.DictReader(io.StringIO(text))}
    assert set(said.values()) == {CONFIRMED, ""}


def test_sheet_of_the_subjects_says_it_beside_the_names(confirmed, client):
    text = client.get("/en/subjects.csv?on=2026-11-29").content.decode("utf-8-sig")
    [emf] = (line for line in csv.DictReader(io.StringIO(text)) if line["code"] == "EMF")
    assert emf["coordinator"] == f"Ms Ina Sample (Japan), {CONFIRMED}"
    assert f"RAG: Kim Mockup (Lithuania), {CONFIRMED}" in emf["focal_points"]


def test_annex_of_a_report_says_it(confirmed):
    cells = str(tree_of(*report_on(LATER), {}, "en"))
    assert f"Mr Gus Example ({CONFIRMED})" in cells
    assert f"Ms Ina Sample ({CONFIRMED})" in cells
    assert f"RAG: Kim Mockup ({CONFIRMED}); BR: {CONFIRMED}" in cells or f"BR: {CONFIRMED}; RAG: Kim" in cells


def report_on(day):
    """A draft that closes on the day, and its facts."""
    report = annual_reports.open_report(f"{day.year - 1}-12-31..{day}")
    return report, gather(report)


def shown(client, address):
    """The page without the marks that keep a code on one line."""
    return re.sub("</?bdi[^>]*>", "", client.get(address).content.decode())


@pytest.fixture
def announced(confirmed):
    w.conference("PP-26", starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 27), place="Doha")
    return confirmed


def test_a_conference_newer_than_the_evidence_of_the_chair_is_told(announced, client):
    assert composition(LATER).chair_remark == PP_26
    assert composition(date(2026, 11, 27)).chair_remark == ""
    for path in ("", "composition/"):
        assert f"{PP_26}." in shown(client, f"/en/{path}?on=2026-11-29")
    assert client.get("/en/composition.json?on=2026-11-29").json()["chair_remark"] == PP_26
    assert f"{PP_26}." in str(tree_of(*report_on(LATER), {}, "en"))


@pytest.mark.parametrize(("prefix", "stop"), [("en", "."), ("zh", "。")])
def test_the_sentence_has_the_full_stop_of_its_language(announced, client, prefix, stop):
    remark = client.get(f"/{prefix}/composition.json?on=2026-11-29").json()["chair_remark"]
    assert f"{remark}{stop}</p>" in shown(client, f"/{prefix}/composition/?on=2026-11-29")


def test_a_conference_older_than_the_evidence_is_not_told(confirmed):
    assert composition(LATER).chair_remark == ""


@pytest.mark.parametrize("starts_on", [date(2026, 11, 28), date(2027, 1, 1)])
def test_an_appointment_on_record_ends_the_remark(announced, starts_on):
    term = ChairTerm.objects.get(person=announced.gus)
    term.ends_on = starts_on
    w.saved(term)
    w.chair_term(announced.fay, starts_on)
    assert composition(LATER).chair_remark == ""


def test_a_confirmation_after_the_conference_ends_the_remark(announced):
    ChairTerm.objects.filter(person=announced.gus).update(last_confirmed_on=date(2026, 11, 28))
    assert composition(LATER).chair_remark == ""


IMPOSSIBLE = [
    (date(2100, 1, 1), "This day has not come yet; give the day on which it happened."),
    (date(2019, 12, 31), "A term cannot have been confirmed before it began."),
]


@pytest.mark.parametrize(("day", "sentence"), IMPOSSIBLE)
def test_impossible_confirmation_is_refused_by_form_act_import_and_database(world, day, sentence):
    term = Representative.objects.get(person=world.ada)
    term.last_confirmed_on = day
    with pytest.raises(ValidationError, match=sentence):
        term.full_clean()
    [row] = (row for row in exported("representative") if row["person"] == "ada-testperson")
    assert [said for _cell, said in problems("representative", [row | {"last_confirmed_on": str(day)}])] == [sentence]
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.filter(pk=term.pk).update(last_confirmed_on=day)


def test_today_can_be_the_day_of_a_confirmation_and_of_a_source(world):
    term = Representative.objects.get(person=world.ada)
    term.last_confirmed_on = term.source_dated_on = today()
    w.saved(term)
    term.source_dated_on = today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="This day has not come yet"):
        term.full_clean()
