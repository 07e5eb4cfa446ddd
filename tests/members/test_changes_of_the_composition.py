"""What changed between two days: who came, who left, who was first or last recorded, and what was a mistake."""

import random
from datetime import date, timedelta

import pytest

from iscg_portal.history import remove_with_reason
from members.change_log import ChangeLog
from members.changes import changes_between
from members.models import Representative
from tests import world as build

pytestmark = pytest.mark.django_db

ADDRESS = "/en/composition/changes/"


def told(client, query):
    return client.get(f"{ADDRESS}{query}").content.decode()


def entries(from_on, to_on):
    return [(entry.seat_id, entry.kind) for entry in ChangeLog(from_on, to_on)[:50]]


def test_first_day_is_outside_and_last_day_inside(world, db):
    handover = [("RAG2", "ended"), ("RAG2", "began")]
    assert entries(date(2024, 2, 29), date(2024, 3, 1)) == handover
    assert entries(date(2024, 3, 1), date(2024, 3, 2)) == []


def test_by_is_no_appointment(world, db):
    assert entries(date(2025, 1, 1), date(2025, 2, 1)) == [("TSAG1", "first recorded")]


def test_record_of_an_empty_seat_begins(world, db):
    assert entries(date(2023, 12, 1), date(2024, 1, 15)) == [("TDAG1", "record begins")]


def test_term_that_came_and_went_is_told(world, db):
    build.representative("TDAG2", world.lea, date(2024, 5, 2), date(2024, 5, 9))
    assert entries(date(2024, 5, 1), date(2024, 5, 31)) == [("TDAG2", "ended"), ("TDAG2", "began")]


def test_beginning_of_a_record_is_told_with_what_happens_that_day(world, db):
    entry = next(iter(ChangeLog(date(2014, 12, 31), date(2015, 1, 1))[:1]))
    assert (entry.seat_id, entry.kind, entry.record_begins) == ("CHAIR", "first recorded", True)


def test_log_tells_what_the_changes_are(world, db):
    chance = random.Random(2025)
    for _ in range(20):
        first = date(2014, 1, 1) + timedelta(days=chance.randrange(5000))
        last = first + timedelta(days=chance.randrange(3000))
        events = changes_between(first, last)
        told_once = {(e.on, e.seat.pk) for e in events if e.kind != "record begins"}
        expected = [
            (e.on, e.seat.pk, e.kind) for e in events if e.kind != "record begins" or (e.on, e.seat.pk) not in told_once
        ]
        assert sorted((e.on, e.seat_id, e.kind) for e in ChangeLog(first, last)[:50]) == sorted(expected)


def test_page_says_who_and_how(world, client, db):
    text = told(client, "?from=2024-02-29&to=2024-07-01")
    assert "Ms Eve Pretended" in text and "resigned" in text
    assert "June 2024" in text and "30 June 2024" not in text
    assert "took office" in text and "left office" in text


def test_last_recorded_names_the_last_day_in_office(world, client, db):
    build.representative(
        "TDAG2", world.lea, date(2024, 5, 2), date(2024, 5, 9), ends_precision="after", source="ISCG/99-1/04"
    )
    text = told(client, "?from=2024-05-03&to=2024-06-01")
    assert "last recorded in office" in text and "8 May 2024" in text


def test_without_days_the_last_year_is_told(world, client, db):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert "noindex" not in response.content.decode()


def test_page_with_days_is_not_for_search_engines(world, client, db):
    assert '<meta name="robots" content="noindex">' in told(client, "?from=2024-01-01&to=2024-06-01")


@pytest.mark.parametrize(
    "query", ["?from=2025-01-02&to=2025-01-01", "?from=x", "?to=2025-02-30", "?from=", "?to=2025-01-01&to=2025-01-02"]
)
def test_days_that_make_no_sense_are_refused_with_a_sentence(client, query):
    response = client.get(f"{ADDRESS}{query}", headers={"accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["error"].endswith((".", "2025-02-12"))


def test_removed_mistake_is_listed_with_its_reason(world, client, db):
    row = Representative.objects.get(person=world.eve)
    build.representative("TDAG2", world.eve, date(2021, 1, 1), date(2022, 1, 1))
    remove_with_reason(row, "She sat for another group.")
    text = told(client, "")
    assert "Ms Eve Pretended</a>" in text
    assert "since 1 January 2020" in text and "Reason: She sat for another group." in text


def test_correction_does_not_name_who_is_not_public(world, client, db):
    row = build.representative("TDAG2", world.jon, date(2021, 1, 1))
    remove_with_reason(row, "Wrong person.")
    text = told(client, "")
    assert "a person whose name is not public" in text
    assert "Jon" not in text and "jon-dummy" not in text
