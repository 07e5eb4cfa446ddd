"""The history lists every term of every seat, however long it grows, and draws it (clause C1)."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from members.composition import SEVEN
from members.models import ChairTerm, Representative, Seat
from members.term_lanes import MOST_TERMS
from members.terms import Terms, calendar
from tests import world as build

pytestmark = pytest.mark.django_db

ADDRESS = "/en/composition/history"
IN_ORDER = ["Gus Example", "Hal Placeholder", "Ada Testperson", "Cleo Invented", "Ben Madeup"]
IN_ORDER += ["Dan Fictional", "Eve Pretended", "Fay Imaginary"]


def names(client, query=""):
    return [row["name"] for row in json.loads(client.get(f"{ADDRESS}.json{query}").content)["terms"]]


def a_long_record(seldom=()):
    """In every seat sixty terms of thirty days up to 2015; in some seats a single one instead."""
    persons = [build.person(f"Test Many{number}", slug=f"many-{number}") for number in range(14)]
    Seat.objects.update(recorded_from=date(2000, 1, 1))
    for place, code in enumerate(SEVEN):
        model = ChairTerm if code == "CHAIR" else Representative
        length, terms = (date(2015, 1, 1) - date(2000, 1, 1), 1) if code in seldom else (timedelta(days=30), 60)
        for number in range(terms):
            end = date(2015, 1, 1) - length * number
            dates = {"starts_on": end - length, "ends_on": end, "ends_precision": "day"}
            model.objects.create(seat_id=code, person=persons[(number * 7 + place) % 14], **dates)


def test_chair_comes_first_then_the_groups_the_newest_first(world, client, db):
    assert names(client) == IN_ORDER


def test_group_can_be_asked_for_alone(world, client, db):
    assert names(client, "?group=TSAG") == ["Dan Fictional", "Eve Pretended"]
    assert names(client, "?group=CHAIR") == ["Gus Example", "Hal Placeholder"]


@pytest.mark.parametrize("sort", ["holder", "-holder", "country", "-country", "starts_on", "-starts_on"])
def test_order_changes_nothing_else(world, client, db, sort):
    assert sorted(names(client, f"?sort={sort}")) == sorted(IN_ORDER)


def test_terms_can_be_sorted_by_their_beginning(world, client, db):
    assert names(client, "?sort=starts_on")[0] == "Hal Placeholder"
    assert names(client, "?sort=-starts_on")[0] == "Fay Imaginary"


def test_state_is_that_of_the_day(world, client, db):
    found = json.loads(client.get(f"{ADDRESS}.json?on=2024-02-29&group=RAG").content)
    assert [row["state"] for row in found["terms"]] == ["in office", "upcoming", "in office"]


def test_by_and_after_say_no_more_than_is_known(world, client, db):
    build.representative("TDAG2", world.lea, date(2015, 1, 1), date(2016, 1, 1), ends_precision="after")
    text = client.get(f"{ADDRESS}/?on=2024-02-29").content.decode()
    assert "not recorded yet</td>" in text
    assert "no longer recorded</td>" in text


def test_page_and_csv_have_the_same_terms(world, client, db):
    text = client.get(f"{ADDRESS}/").content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ADDRESS}.csv").content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == IN_ORDER
    table = text[text.index("<tbody>") :]
    assert sorted(IN_ORDER, key=table.index) == IN_ORDER


def test_country_that_is_not_recorded_does_not_disturb_the_order(world, client, db):
    Representative.objects.filter(person=world.ada).update(country=None)
    assert names(client, "?sort=country")[0] == "Ada Testperson"


def test_picture_shows_the_intervals_and_the_day(world, client, db):
    text = client.get(f"{ADDRESS}/?on=2020-05-01").content.decode()
    assert "PP-18 – PP-22" in text
    assert 'class="day-line"' in text


@pytest.mark.parametrize("query", ["?group=RAG1", "?group=x", "?sort=person__note", "?group=RAG&group=RAG"])
def test_absurd_question_is_refused(client, query):
    assert client.get(f"{ADDRESS}/{query}").status_code == 400


@pytest.mark.parametrize("query", ["?page=2", "?page=0", "?on=x"])
def test_what_is_not_there_is_not_found(world, client, db, query):
    assert client.get(f"{ADDRESS}/{query}").status_code == 404


def test_pages_hold_each_term_once(world, db):
    a_long_record()
    seats = calendar().seats
    for terms in (Terms(seats), Terms(seats, "TDAG"), Terms(seats, "", ("starts_on", "pk"))):
        pages = [terms[low : low + 50] for low in range(0, len(terms), 50)]
        assert [row for page in pages for row in page] == list(terms)
        assert len({(row.seat_id, row.starts_on) for row in terms}) == len(terms)


@pytest.mark.parametrize("seldom", [(), ("TDAG2",), ("CHAIR",), ("RAG1", "TSAG2", "CHAIR")])
def test_long_record_is_drawn_without_false_vacancies(world, client, db, seldom):
    a_long_record(seldom)
    assert sum(seat.terms for seat in calendar().seats) > MOST_TERMS
    text = client.get(f"{ADDRESS}/?on=2014-06-01").content.decode()
    assert 'class="bar' in text
    assert '<rect class="vacancy"' not in text
