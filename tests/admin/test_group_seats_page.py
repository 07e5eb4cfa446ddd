"""“End all seats of this group…” after its assembly."""

from datetime import date

import pytest

from members.models import Representative
from tests import world
from tests.admin.conftest import complaints, page_of

pytestmark = pytest.mark.django_db
DATA = {"on": "2026-12-01", "how_ended": "term over", "decision_body": "RA", "decision_document": "RA26/1"}


@pytest.fixture
def group():
    world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))
    world.representative("RAG2", world.person("Ben Madeup"), date(2020, 1, 1))
    return world.seat("RAG1").group


def test_all_seats_stand_empty_from_that_day(desk, group):
    desk.post(page_of(group, "end-seats"), DATA | {"_act": "End", "reason": "New assembly"})
    assert not Representative.objects.in_office(date(2026, 12, 1)).exists()
    row = Representative.objects.first()
    assert (row.ends_decision, row.history.first().history_change_reason) == ("RA26/1", "New assembly")


def test_preview_saves_nothing(desk, group):
    response = desk.post(page_of(group, "end-seats"), DATA | {"_preview": "Show"})
    assert len(response.context["preview"]) == 2
    assert Representative.objects.in_office(date(2026, 12, 1)).count() == 2


def test_group_without_holders_is_told_so(desk):
    group = world.seat("TDAG1").group
    assert "Nobody holds a seat of TDAG" in complaints(desk.post(page_of(group, "end-seats"), DATA))


def test_button_stands_on_the_page_of_the_group(desk, group):
    assert page_of(group, "end-seats") in desk.get(page_of(group)).content.decode()


def test_right_to_change_representatives_is_asked_for(clerk, group):
    assert clerk("members.change_advisorygroup").get(page_of(group, "end-seats")).status_code == 403


def test_groups_and_seats_are_neither_added_nor_removed(desk, group):
    for record in (group, group.seats.first()):
        assert desk.get(page_of(record, "delete")).status_code == 403


def test_page_of_the_group_names_its_seats_so_that_it_can_be_saved(desk, group):
    page = desk.get(page_of(group)).content.decode()
    assert 'name="seats-0-code"' in page and 'name="seats-1-code"' in page
