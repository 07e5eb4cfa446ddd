"""Which terms end and which appointments are asked for, by quarter, with what each does to the balance."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iscg_portal.tenure.dates import today
from secretariat.forecast import first_day_of_quarter, forecast
from tests import world as w

pytestmark = pytest.mark.django_db

ON = date(2027, 2, 12)
REGIONS = {"CM": "D", "FR": "B"}


def said(told, name):
    return [entry for quarter in told.quarters if quarter.name == name for entry in quarter.entries]


def in_seat(code, who, country, starts_on, ends_on=None, **fields):
    where = w.country(country, council_region=REGIONS[country])
    return w.representative(code, w.person(who), starts_on, ends_on, country=where, **fields)


def test_a_quarter_begins_with_its_first_month_and_the_forecast_reaches_two_years():
    assert [first_day_of_quarter(date(2027, month, 9)).month for month in (1, 3, 4, 12)] == [1, 1, 4, 10]
    assert first_day_of_quarter(date(2027, 11, 30), 1) == date(2028, 1, 1)
    names = [quarter.name for quarter in forecast(ON).quarters]
    assert (names[0], names[-1], len(names)) == ("First quarter of 2027", "First quarter of 2029", 9)


def test_a_term_that_ends_asks_for_an_appointment_and_says_what_becomes_of_the_balance():
    in_seat("RAG1", "Lea Nobody", "CM", date(2023, 1, 1), date(2027, 5, 1))
    [entry] = said(forecast(ON), "Second quarter of 2027")
    assert "Lea Nobody" in entry.sentence and "Clause C1 asks RAG to appoint one." in entry.sentence
    assert entry.printed == "1 May 2027"
    assert entry.effects == ("D: Africa: 1 before, 0 after",)


def test_a_handover_is_one_entry_and_counts_the_successor():
    in_seat("RAG1", "Lea Nobody", "CM", date(2023, 1, 1), date(2027, 5, 1))
    in_seat("RAG1", "Gus Example", "FR", date(2027, 5, 1))
    [entry] = said(forecast(ON), "Second quarter of 2027")
    assert entry.sentence.endswith("ends, and Gus Example (France) follows.")
    assert set(entry.effects) == {"B: Western Europe: 0 before, 1 after", "D: Africa: 1 before, 0 after"}


def test_what_has_no_day_is_not_told():
    in_seat("RAG1", "Lea Nobody", "CM", date(2023, 1, 1))
    in_seat("RAG2", "Gus Example", "FR", date(2023, 1, 1), date(2027, 5, 1), ends_precision="after")
    assert not any(quarter.entries for quarter in forecast(ON).quarters)


def test_a_chair_is_due_after_a_plenipotentiary_conference_until_one_is_on_record():
    w.chair_term(w.person("Gus Example"), date(2023, 1, 1))
    w.conference("PP-28", starts_on=date(2028, 10, 2), ends_on=date(2028, 10, 20))
    [entry] = said(forecast(ON), "Fourth quarter of 2028")
    assert entry.sentence.startswith("PP-28") and "Clause C2" in entry.sentence
    [asked] = forecast(date(2028, 11, 1)).now
    assert "no appointment after it is on record. Clause C2" in asked.sentence


def test_vacant_seats_and_subjects_are_asked_for_now_and_what_is_not_recorded_is_not():
    w.seat("TDAG1", recorded_from=date(2026, 1, 1))
    w.seat("RAG1")
    vacant = w.subject("VACANT", recorded_from=date(2026, 1, 1))
    w.listing(vacant, date(2026, 1, 1))
    w.listing(w.subject("UNKNOWN"), date(2026, 1, 1))
    seat, subject = forecast(ON).now
    assert seat.sentence.startswith("A seat of TDAG is vacant") and "Clause C1" in seat.sentence
    assert subject.sentence.startswith("VACANT, ") and "Clause A0" in subject.sentence


def test_coordinators_and_focal_points_are_told_and_nobody_who_is_not_public(world, client):
    emf = world.subjects["EMF"]
    w.focal_point(emf, w.person("Unseen Nobody"), "BR", date(2020, 1, 1), ends_on=date(today().year + 1, 6, 1))
    page = client.get("/en/forecast/").content.decode()
    assert "Unseen" not in page
    assert "Secretariat focal point for BR: EMF: a term ends, and no next one is on record." in page
    w.coordinator(w.subject("NEW"), w.person("Ada Nobody"), date(2020, 1, 1), date(today().year + 1, 6, 1))
    assert "Clause A0 asks for an appointment." in client.get("/en/forecast/").content.decode()


def test_staff_read_more_and_only_with_the_rights(client, admin_client, world, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    address = reverse("admin:forecast")
    assert client.get(address).status_code == 302
    client.force_login(world.staff)
    page = client.get(address).content.decode()
    assert "Terms without an end on record" in page and "Gus Example" in page
    assert "If it ended and the seat stayed empty" in page


def test_the_page_asks_eight_queries(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get("/ar/forecast/").status_code == 200


def test_terms_to_come_are_found_by_an_index():
    if connection.vendor == "sqlite":
        with CaptureQueriesContext(connection) as captured:
            forecast(ON)
        for table in ("coordinator", "focalpoint"):
            (asked,) = [q["sql"] for q in captured if f'ORDER BY "subjects_{table}"' in q["sql"]]
            with connection.cursor() as cursor:
                steps = str(cursor.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall())
            assert f"subjects_{table}_days" in steps
