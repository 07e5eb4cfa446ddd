"""What changed between two days: who came, who left, who was first or last recorded, and what was a mistake."""

import random
from datetime import date, timedelta

import pytest

from changes.offices import SEATS, offices_between
from changes.pages import ChangesOfSeats
from iscg_portal.history import Reason, remove_with_reason, save_with_reason
from members.models import Representative
from tests import world as build

pytestmark = pytest.mark.django_db

ADDRESS = "/en/composition/changes/"


def told(client, query):
    return client.get(f"{ADDRESS}{query}").content.decode()


def entries(from_on, to_on):
    return [(entry.about.office, entry.kind) for entry in ChangesOfSeats(from_on, to_on)[0:50]]


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
    entry = next(iter(ChangesOfSeats(date(2014, 12, 31), date(2015, 1, 1))[0:1]))
    assert (entry.about.office, entry.kind) == ("CHAIR", "first recorded")
    assert entry.remark == "the record of this seat begins"


def test_pages_say_what_the_reports_say(world, db):
    chance = random.Random(2025)
    for _ in range(20):
        first = date(2014, 1, 1) + timedelta(days=chance.randrange(5000))
        last = first + timedelta(days=chance.randrange(3000))
        in_reports = [(event.on, event.about.office, event.kind) for event in offices_between(SEATS, first, last)]
        on_pages = [(event.on, event.about.office, event.kind) for event in ChangesOfSeats(first, last)[0:50]]
        assert sorted(event for event in on_pages if event[2] != "record begins") == sorted(in_reports)


def test_beginnings_of_records_keep_their_place_on_every_page(world, db):
    """TDAG1 is recorded from 2024: its place among the others is the same however the list is cut."""
    found = ChangesOfSeats(date(2014, 1, 1), date(2026, 1, 1))
    whole = [event.on for event in found[0:50]]
    assert len(found) == len(whole) and whole == sorted(whole, reverse=True)
    for size in (1, 2, 3):
        pages = [event.on for first in range(0, len(found), size) for event in found[first : first + size]]
        assert pages == whole


def goes_on(of, who, **fields):
    """RAG1 is held in two terms that meet on 1 March 2024, the second with other fields."""
    build.representative("RAG1", who, date(2020, 1, 1), date(2024, 3, 1), country=of)
    build.representative("RAG1", who, date(2024, 3, 1), **fields)
    [event] = offices_between(SEATS, date(2024, 2, 29), date(2024, 3, 1))
    assert len(ChangesOfSeats(date(2024, 2, 29), date(2024, 3, 1))) == 1
    return event


def test_who_goes_on_in_a_next_term_continues(db):
    swiss = build.country("CH")
    event = goes_on(swiss, build.person("Ada Testperson"), country=swiss)
    assert (event.kind, event.what, event.printed) == ("continues", "continues in a new term", "1 March 2024")


def test_who_sits_for_another_country_continues_with_what_changed(db):
    event = goes_on(build.country("CH"), build.person("Ada Testperson"), country=build.country("FR"))
    assert event.what == "continues, now for France (before: Switzerland)"


def test_who_sits_for_an_organization_where_none_was_recorded_continues_for_it(db):
    event = goes_on(None, build.person("Ada Testperson"), organization="A body, made up")
    assert event.what == "continues, now for A body, made up"


def test_who_moves_to_the_other_seat_of_the_group_continues(db):
    """The numbers of the seats are internal."""
    ada, ben = build.person("Ada Testperson"), build.person("Ben Madeup")
    build.representative("RAG1", ada, date(2020, 1, 1), date(2024, 3, 1))
    build.representative("RAG2", ada, date(2024, 3, 1))
    build.representative("RAG1", ben, date(2024, 3, 1))
    assert entries(date(2024, 2, 29), date(2024, 3, 1)) == [("RAG1", "began"), ("RAG2", "continues")]


def test_who_returns_later_or_comes_from_another_group_took_office(db):
    ada = build.person("Ada Testperson")
    build.representative("RAG1", ada, date(2020, 1, 1), date(2024, 3, 1))
    build.representative("TSAG1", ada, date(2024, 3, 1))
    build.representative("RAG1", ada, date(2024, 3, 2))
    found = [kind for _seat, kind in entries(date(2024, 2, 29), date(2024, 3, 2))]
    assert sorted(found) == ["began", "began", "ended"]


def test_page_and_home_say_who_continues(client, db):
    goes_on(build.country("CH"), build.person("Ada Testperson"), country=build.country("FR"))
    for address in (f"{ADDRESS}?from=2024-02-29&to=2024-07-01", "/en/?on=2024-03-01"):
        text = client.get(address).content.decode()
        assert "continues, now for France (before: Switzerland)" in text and "left office" not in text


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


def test_removed_mistake_is_listed_with_its_reason_for_the_public(world, client, db):
    row = Representative.objects.get(person=world.eve)
    build.representative("TDAG2", world.eve, date(2021, 1, 1), date(2022, 1, 1))
    remove_with_reason(row, Reason("Her assistant rang.", "She sat for another group."))
    text = told(client, "")
    assert "Ms Eve Pretended</a>" in text
    assert "since 1 January 2020" in text and "Reason: She sat for another group." in text
    assert "assistant" not in text


def test_a_row_that_was_removed_and_restored_is_no_correction(world, client, db):
    row = Representative.objects.get(person=world.eve)
    removed = Representative(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    remove_with_reason(row, Reason("A test", "Not so."))
    assert "Not so." in told(client, "")
    save_with_reason(removed, "It was right")
    assert "Not so." not in told(client, "")
    remove_with_reason(removed, Reason("A test", "Not so after all."))
    text = told(client, "")
    assert "Not so after all." in text and "Not so.<" not in text


def test_correction_does_not_name_who_is_not_public(world, client, db):
    row = build.representative("TDAG2", world.jon, date(2021, 1, 1))
    remove_with_reason(row, "Wrong person.")
    text = told(client, "")
    assert "a person whose name is not public" in text
    assert "Jon" not in text and "jon-dummy" not in text


def test_what_is_to_come_is_not_told_as_having_happened(world, client):
    build.representative("TDAG2", world.lea, date(2060, 5, 2), date(2061, 5, 2))
    page = told(client, "?from=2060-01-01&to=2062-01-01")
    assert "takes office" in page and "leaves office" in page
    assert "took office" not in page and "left office" not in page
    assert "from 2 May 2060" in client.get(world.lea.get_absolute_url()).content.decode()
