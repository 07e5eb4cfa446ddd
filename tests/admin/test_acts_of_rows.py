"""Rows on a record's page lead to the acts on them, not only to the full form."""

from datetime import date

import pytest

from tests import world as w
from tests.admin.conftest import page_of

pytestmark = pytest.mark.django_db
ACTS = ("replace", "falls-vacant")


@pytest.fixture
def offices():
    """A representative, a Coordinator and a Focal Point in office, all of them Ada, and one whose term is over."""
    ada, emf = w.person("Ada Testperson"), w.subject("EMF")
    over = w.representative("RAG1", w.person("Ben Madeup"), date(2018, 1, 1), date(2020, 1, 1))
    return {
        "over": over,
        "seat": w.representative("RAG1", ada, date(2020, 1, 1)),
        "Coordinator": w.coordinator(emf, ada, date(2024, 1, 1), groups=["RAG"]),
        "Focal Point": w.focal_point(emf, ada, "TSAG", date(2024, 1, 1)),
    }


def read(client, record):
    return client.get(page_of(record)).content.decode()


def test_the_offices_of_a_person_a_seat_a_group_and_a_subject_lead_to_their_acts_but_those_that_are_over(desk, offices):
    seat, coordinator, focal_point = (offices[name] for name in ("seat", "Coordinator", "Focal Point"))
    shown_on = {
        seat: [seat.person, seat.seat, seat.seat.group],
        coordinator: [seat.person, coordinator.subject],
        focal_point: [seat.person, focal_point.subject],
    }
    pages = {record: read(desk, record) for record in {each for shown in shown_on.values() for each in shown}}
    for office, records in shown_on.items():
        assert all(f'href="{page_of(office, act)}"' in pages[record] for record in records for act in ACTS)
    over = offices["over"]
    for page in (pages[over.seat], pages[over.seat.group], read(desk, over.person)):
        assert not any(page_of(over, act) in page for act in ACTS)


def test_whoever_only_looks_is_offered_no_act(clerk, offices):
    browser, seat = clerk("members.view_person", "members.view_seat", "members.view_representative"), offices["seat"]
    for page in (read(browser, record) for record in (seat.person, seat.seat)):
        assert "Ada Testperson" in page and not any(page_of(seat, act) in page for act in ACTS)
