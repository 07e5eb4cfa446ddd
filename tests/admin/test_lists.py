"""Lists: search, filters, and looking up as one types."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from iscg_portal.adminkit.site import admin_address
from members.models import Conference, Country, Person, Representative, Seat
from subjects.models import Coordinator, Subject
from tests import world
from tests.admin.conftest import list_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms():
    """One who left, one who holds the seat, one who is to come."""
    left = world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1), date(2022, 1, 1))
    now = world.representative("RAG1", world.person("Ben Madeup"), date(2022, 1, 1), date(2070, 1, 1))
    to_come = world.representative("RAG1", world.person("Cleo Invented"), date(2070, 1, 1))
    return {"ended": left, "in office": now, "upcoming": to_come}


def rows(client, model, **query):
    return list(client.get(list_of(model), query).context["cl"].queryset)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2021-06-01", "ended"), ("2022-01-01", "in office"), ("2070-01-01", "upcoming")],
)
def test_in_office_on_a_day(desk, terms, day, state):
    assert rows(desk, Representative, in_office_on=day) == [terms[state]]


@pytest.mark.parametrize("state", ["ended", "in office", "upcoming"])
def test_state_today(desk, terms, state):
    assert rows(desk, Representative, state=state) == [terms[state]]


def test_day_goes_with_the_other_filters_and_the_search(desk, terms):
    response = desk.get(list_of(Representative), {"group": "RAG", "q": "Ben", "in_office_on": "2023-01-01"})
    assert list(response.context["cl"].queryset) == [terms["in office"]]
    page = response.content.decode()
    assert '<input type="hidden" name="group" value="RAG">' in page
    assert '<input type="hidden" name="q" value="Ben">' in page


@pytest.mark.parametrize("day", ["nonsense", "2021-13-01", "0000-00-00", "<b>"])
def test_day_that_is_none_is_answered_with_a_sentence(desk, terms, day):
    response = desk.get(list_of(Representative), {"in_office_on": day})
    assert response.status_code == 200
    assert "is not a date" in response.content.decode()


@pytest.mark.parametrize("query", ["state=x", "group=x", "lacking=x", "p=99", "o=99", "nothing__here=1", "e=1"])
def test_absurd_filters_are_no_error(desk, terms, query):
    assert desk.get(f"{list_of(Representative)}?{query}", follow=True).status_code == 200


def test_lacking_a_decision(desk, terms):
    terms["ended"].starts_decision = "RAG/1"
    terms["ended"].save()
    assert terms["ended"] not in rows(desk, Representative, lacking="decision")


@pytest.mark.parametrize("words", ["Italy", "italie", "Италия", "意大利", "IT"])
def test_country_is_found_in_any_of_the_six_languages(desk, words):
    italy = world.country("IT")
    world.country("FR")
    assert rows(desk, Country, q=words) == [italy]


@pytest.mark.parametrize(
    ("model", "field", "term", "found"),
    [
        ("representative", "person", "madeup", "Ben Madeup"),
        ("representative", "country", "фра", "France"),
    ],
)
def test_looking_up_as_one_types(desk, terms, model, field, term, found):
    world.country("FR")
    asked = {"app_label": "members", "model_name": model, "field_name": field, "term": term}
    results = desk.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [result["text"] for result in results] == [found]


def test_subjects_by_their_place_on_the_list(desk):
    on, off = world.subject("EMF"), world.subject("OLD")
    world.listing(on, date(2020, 1, 1))
    world.listing(off, date(2020, 1, 1), date(2021, 1, 1))
    assert rows(desk, Subject, listed="listed") == [on]
    assert rows(desk, Subject, listed="delisted") == [off]


def test_days_of_a_list_are_printed_as_everywhere_and_sort(desk, chief):
    chief.language = "fr"
    chief.save()
    world.conference(starts_on=date(2022, 6, 1), ends_on=date(2022, 6, 17))
    page = desk.get(list_of(Conference), {"o": "4"})
    assert "1er juin 2022" in page.content.decode()
    assert page.context["cl"].get_ordering_field_columns() == {4: "asc"}


def test_lists_stay_at_few_queries_with_many_rows(desk, django_assert_max_num_queries):
    subjects = [world.subject(f"S{number}") for number in range(16)]
    for number, subject in enumerate(subjects):
        person = world.person(f"Made Up {number}")
        world.coordinator(subject, person, date(2024, 1, 1), groups=["RAG"], country=world.country("FR"))
        world.representative("RAG1", person, date(1990 + number, 1, 1), date(1991 + number, 1, 1))
    for model in (Coordinator, Representative, Subject, Person, Seat):
        with django_assert_max_num_queries(15):
            desk.get(list_of(model))


def test_page_of_a_seat_with_many_terms_stays_at_few_queries(desk, django_assert_max_num_queries):
    for number in range(20):
        person = world.person(f"Made Up {number}")
        years = date(1990 + number, 1, 1), date(1991 + number, 1, 1)
        world.representative("RAG1", person, *years, country=world.country("FR"))
    for model, key in (("seat", "RAG1"), ("advisorygroup", "RAG")):
        with django_assert_max_num_queries(25):
            desk.get(reverse(f"admin:members_{model}_change", args=[key]))


def test_form_of_a_person_reads_no_other_person(desk, django_assert_max_num_queries):
    persons = [world.person(f"Number {number} Testperson") for number in range(3)]
    with django_assert_max_num_queries(15) as captured:
        assert desk.get(admin_address(Person, persons[0].pk)).status_code == 200
    assert not [query for query in captured.captured_queries if 'FROM "members_person" ORDER BY' in query["sql"]]


def test_what_is_kept_from_the_public_is_no_green_tick(desk):
    subject, ada = world.subject(), world.person("Ada Testperson")
    world.coordinator(subject, ada, date(2024, 1, 1))
    report = world.coordinator_report(subject, world.meeting("25-7"), ada, is_internal=True)
    page = desk.get(list_of(type(report))).content.decode()
    assert "inside the group only</td>" in page and "icon-yes" not in page
    assert not {"is_internal", "is_early"} & {
        name for of_model in admin.site._registry.values() for name in of_model.list_display
    }
