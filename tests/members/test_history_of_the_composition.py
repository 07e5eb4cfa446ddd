"""The history lists every term of every seat, however long it grows, and draws it (clause C1)."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from iscg_portal.search.following import made_anew_together
from iscg_portal.tenure.as_on import DayOfPage
from members.composition import SEVEN
from members.models import ChairTerm, Representative, Seat
from members.pages.composition import Terms, counted_seats
from members.pictures.terms import AFTER, BEFORE, read_lanes
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
    with made_anew_together():
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
    seats = counted_seats()
    tdag = [seat for seat in seats if seat.group_id == "TDAG"]
    for terms in (Terms(seats, build.DAY), Terms(tdag, build.DAY), Terms(seats, build.DAY, ("starts_on",))):
        pages = [terms[low : low + 50] for low in range(0, len(terms), 50)]
        whole = [(row.seat_id, row.starts_on) for row in terms]
        assert [(row.seat_id, row.starts_on) for page in pages for row in page] == whole
        assert len(set(whole)) == len(terms)


def test_usual_order_is_seat_by_seat_the_newest_first(world, db):
    a_long_record()
    rows = [(SEVEN.index(row.seat_id), -row.starts_on.toordinal()) for row in Terms(counted_seats(), build.DAY)]
    assert rows == sorted(rows) and len(rows) == 428


@pytest.mark.parametrize("seldom", [(), ("TDAG2",), ("CHAIR",), ("RAG1", "TSAG2", "CHAIR")])
def test_long_record_is_drawn_without_false_vacancies(world, client, db, seldom):
    a_long_record(seldom)
    text = client.get(f"{ADDRESS}/?on=2013-06-01").content.decode()
    assert 'class="bar' in text
    assert '<rect class="vacancy"' not in text


def test_picture_of_a_short_record_shows_all_of_it(world, db):
    for on in (date(1900, 1, 1), world.day, date(2100, 1, 1)):
        lanes = read_lanes(counted_seats(), DayOfPage(on, world.day))
        assert len(lanes.terms) == len(IN_ORDER) and lanes.first == date(2015, 1, 1)


@pytest.mark.parametrize("on", [date(2010, 6, 15), date(2012, 6, 15), date(2014, 12, 15), date(2100, 1, 1)])
def test_picture_of_a_long_record_is_bounded_and_lacks_nothing_between_its_days(world, db, on):
    a_long_record()
    lanes = read_lanes(counted_seats(), DayOfPage(on, world.day))
    within = {
        (row.seat_id, row.starts_on)
        for model in (ChairTerm, Representative)
        for row in model.objects.filter(starts_on__lt=lanes.last).exclude(ends_on__lte=lanes.first)
    }
    assert {(row.seat_id, row.starts_on) for row in lanes.terms} == within
    assert len(lanes.terms) <= 2 * (BEFORE + AFTER) + len(SEVEN)


def test_picture_without_what_comes_later_knows_no_later_term(world, db):
    lanes = read_lanes(counted_seats(), DayOfPage(date(2020, 1, 1), date(2020, 1, 1)), with_later=False)
    assert max(row.starts_on for row in lanes.terms) <= date(2020, 1, 1)
