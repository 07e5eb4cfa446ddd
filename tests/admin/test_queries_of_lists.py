"""A list reads the rows of its page, and counts them where they are more; a search gives each row once."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.queries import change_forms, change_lists, pickers
from iscg_portal.adminkit import plain_fields
from meetings.models import Document
from members.models import Country, Person
from tests import world as build
from tests.admin.conftest import list_of, page_of
from tests.walks import part_of

pytestmark = pytest.mark.django_db
MOST = 15
MORE = {"/admin/meetings/meeting/": 18}  # where little is on record: all is offered


@pytest.fixture
def persons(monkeypatch):
    """Seven, of whom a page shows three."""
    monkeypatch.setattr(admin.site._registry[Person], "list_per_page", 3)
    return [build.person(f"Number {number} Testperson", sort_key=f"Testperson {number}") for number in range(7)]


def names(answer):
    return [row.name[7] for row in answer.context["cl"].result_list]


def read(captured, table="members_person"):
    """The queries that read the table: whether each counts."""
    found = [query["sql"] for query in captured if f'FROM "{table}"' in query["sql"]]
    return ["COUNT(" in sql for sql in found]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, "012"),
        ({"p": 2}, "345"),
        ({"p": 3}, "6"),
        ({"all": ""}, "0123456"),
        ({"o": "-3"}, "654"),  # the sort key
        ({"q": "testperson 4"}, "4"),
        ({"q": "testperson 4", "p": 2}, "4"),
        ({"q": "nobody"}, ""),
    ],
)
def test_a_page_shows_its_rows_in_their_order(desk, persons, asked, shown):
    answer = desk.get(list_of(Person), asked)
    assert "".join(names(answer)) == shown
    assert answer.context["cl"].result_count == (7 if "q" not in asked else len(shown))


def test_a_page_that_is_not_there_leads_back_to_the_list(desk, persons):
    assert desk.get(list_of(Person), {"p": 4}).url.endswith("?e=1")


def test_rows_that_fit_on_the_page_are_not_counted(desk, persons, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST) as few:
        desk.get(list_of(Person), {"q": "testperson 4"})
    with django_assert_max_num_queries(MOST) as many:
        desk.get(list_of(Person))
    assert read(few.captured_queries) == [False] and sorted(read(many.captured_queries)) == [False, True]


def test_a_row_that_has_a_word_twice_is_found_once(desk):
    subjects = [build.subject("ONE", title="Spectrum"), build.subject("TWO", title="Spectrum")]
    paper = build.document(build.meeting("25-7"), subjects=subjects)
    build.document(build.meeting("25-8"))
    answer = desk.get(list_of(Document), {"q": "SPECTRUM"})
    assert list(answer.context["cl"].result_list) == [paper] and answer.context["cl"].result_count == 1


@pytest.mark.parametrize("asked", ["paper spectrum", '"a paper"', "Pápér TWO"])
def test_each_word_stands_in_one_field_or_another(desk, asked):
    paper = build.document(build.meeting("25-7"), "A paper", subjects=[build.subject("TWO", title="Spectrum")])
    build.document(build.meeting("25-8"), "Of paper, a plan")
    assert list(desk.get(list_of(Document), {"q": asked}).context["cl"].result_list) == [paper]


def test_signs_of_a_pattern_are_searched_as_they_are(desk):
    build.person("Ada 100% Testperson")
    build.person("Ben Testperson")
    paper = build.document(build.meeting("25-7"), "All_of 100%")
    build.document(build.meeting("25-8"), "Allxof 100 and more")
    for asked in ("100%", "all_of"):
        assert list(desk.get(list_of(Document), {"q": asked}).context["cl"].result_list) == [paper]


def test_a_country_is_found_without_its_accents(desk):
    ivory_coast = build.country("CI")
    build.country("FR")
    assert list(desk.get(list_of(Country), {"q": "cote"}).context["cl"].result_list) == [ivory_coast]


@pytest.mark.walk
def test_every_list_form_and_picker_needs_few_queries(world, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(build.staff_account("lists@example.org", "List Staff"))
    build.document(build.meeting("25-7"), subjects=[build.subject("NEW")])
    client.get("/admin/")
    needed = {}
    for address in part_of([*change_lists().values(), *change_forms().values(), *pickers({}).values()], 4):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        needed[address] = len(captured)
    most = {address: next((MORE[start] for start in MORE if address.startswith(start)), MOST) for address in needed}
    assert {address: number for address, number in needed.items() if number > most[address]} == {}


@pytest.mark.parametrize("among", [0, 300], ids=["too many to choose among", "few"])
def test_a_meeting_with_all_that_it_may_have_needs_few_queries(desk, monkeypatch, among):
    monkeypatch.setattr(plain_fields, "CHOOSE_AMONG", among)
    one, other = build.subject("ONE"), build.subject("TWO")
    meeting = build.meeting("25-7", together_with=build.meeting("TDAG-25", body="TDAG"))
    build.agenda_item(meeting, "1", subjects=[one])
    build.agenda_item(meeting, "2", subjects=[one, other])
    build.taken(meeting, subject=one)
    build.taken(meeting, subject=other, owner="BR")
    build.deadline(meeting)
    build.presence(meeting)
    for letter in "AB":
        build.attendance(meeting, country=build.country({"A": "IT", "B": "FR"}[letter]))
        build.document(meeting, f"Paper {letter}", subjects=[one])
    desk.get(page_of(meeting))
    with CaptureQueriesContext(connection) as captured:
        page = desk.get(page_of(meeting)).content.decode()
    assert page.count("TWO Subject TWO, made up</option>") == (1 if among == 0 else 3)
    assert len(captured) <= (MOST if among == 0 else MORE["/admin/meetings/meeting/"])
