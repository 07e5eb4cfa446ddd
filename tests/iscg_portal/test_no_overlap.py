"""Two rows of one seat never cover the same day: forms and the database say the same."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iscg_portal.tenure.constraints import sentence_for
from members.models import ChairTerm, Representative
from subjects.models import Coordinator, Listing
from tests.iscg_portal.timelines import period
from tests.world import chair_term, coordinator, focal_point, listing, person, representative, seat, subject

APART = [
    ("|===|.....", "....|===|."),  # handover day
    ("|===|.....", ".....|===|"),
    ("|===|.....", "....|====>"),
    ("....|====>", "|===|....."),
]
TOGETHER = [
    ("|===|.....", "...|===|.."),
    ("...|===|..", "|===|....."),
    ("|===|.....", "|===|....."),
    ("|=======|.", "..|==|...."),
    ("..|==|....", "|=======|."),
    ("|===|.....", "|=|......."),
    ("|===|.....", "..|=|....."),
    ("|===|.....", "|========>"),
    ("|========>", ".....|===|"),
    ("|========>", ".....|===>"),
    ("....|====>", "|====|...."),
]
UNKNOWN_START_APART = [("<===|.....", "....|===|."), ("<===|.....", "....|====>"), ("....|====>", "<===|.....")]
UNKNOWN_START_TOGETHER = [
    ("<===|.....", "...|===|.."),
    ("<===|.....", "<|........"),
    ("<========>", "...|===|.."),
    ("...|===|..", "<========>"),
    ("<===|.....", "|=|......."),
]


def allowed_by_the_database(row):
    """The database's own verdict, with no form before it."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True


def allowed_by_validation(row):
    try:
        row.full_clean()
    except ValidationError:
        return False
    return True


def second_term(drawing):
    return Representative(seat=seat("RAG1"), person=person(), **period(drawing))


def second_listing(of, drawing):
    return Listing(subject=of, **period(drawing))


@pytest.mark.parametrize(("first", "second"), APART)
def test_terms_apart_are_allowed(db, first, second):
    representative("RAG1", person(), **period(first))
    term = second_term(second)
    assert [allowed_by_validation(term), allowed_by_the_database(term)] == [True, True]


@pytest.mark.parametrize(("first", "second"), TOGETHER)
def test_terms_that_share_a_day_are_refused(db, first, second):
    representative("RAG1", person(), **period(first))
    term = second_term(second)
    assert [allowed_by_validation(term), allowed_by_the_database(term)] == [False, False]


@pytest.mark.parametrize(("first", "second"), APART + UNKNOWN_START_APART)
def test_listings_apart_are_allowed(db, first, second):
    of = subject()
    listing(of, **period(first))
    row = second_listing(of, second)
    assert [allowed_by_validation(row), allowed_by_the_database(row)] == [True, True]


@pytest.mark.parametrize(("first", "second"), TOGETHER + UNKNOWN_START_TOGETHER)
def test_listings_that_share_a_day_are_refused(db, first, second):
    of = subject()
    listing(of, **period(first))
    row = second_listing(of, second)
    assert [allowed_by_validation(row), allowed_by_the_database(row)] == [False, False]


@pytest.mark.parametrize(("first", "second"), TOGETHER)
def test_a_change_is_refused_like_a_new_row(db, first, second):
    representative("RAG1", person(), **period(first))
    term = representative("RAG2", person(), **period(second))
    term.seat = seat("RAG1")
    assert [allowed_by_validation(term), allowed_by_the_database(term)] == [False, False]


@pytest.mark.parametrize(("first", "second"), TOGETHER)
def test_two_seats_may_be_held_on_the_same_day_by_two_persons(db, first, second):
    representative("RAG1", person(), **period(first))
    assert representative("RAG2", person(), **period(second)).pk


@pytest.mark.parametrize(("first", "second"), TOGETHER)
def test_a_person_never_sits_in_two_seats_of_one_group(db, first, second):
    who = person()
    representative("RAG1", who, **period(first))
    term = Representative(seat=seat("RAG2"), person=who, **period(second))
    assert [allowed_by_validation(term), allowed_by_the_database(term)] == [False, False]


def test_a_person_may_sit_for_two_groups(db):
    who = person()
    representative("RAG1", who, date(2020, 1, 1))
    assert representative("TSAG1", who, date(2020, 1, 1)).pk


def test_a_row_does_not_stand_in_its_own_way(world):
    term = Representative.objects.get(person=world.ada)
    term.starts_on = date(2020, 6, 1)
    assert [allowed_by_validation(term), allowed_by_the_database(term)] == [True, True]


@pytest.mark.parametrize("make", ["chair", "coordinator", "focal point"])
def test_the_same_rule_holds_for_every_office(db, make):
    of, one, other = subject(), person(), person()
    again = {
        "chair": lambda who: chair_term(who, date(2020, 1, 1)),
        "coordinator": lambda who: coordinator(of, who, date(2020, 1, 1)),
        "focal point": lambda who: focal_point(of, one, "RAG", date(2020, 1, 1)),
    }[make]
    again(one)
    with pytest.raises(ValidationError):
        again(other)


def test_several_focal_points_may_stand_for_one_body(db):
    of = subject()
    focal_point(of, person(), "RAG", date(2020, 1, 1))
    assert focal_point(of, person(), "RAG", date(2020, 1, 1)).pk


def test_refusal_is_a_sentence_that_names_the_row_in_the_way(world):
    with pytest.raises(ValidationError) as refusal:
        representative("RAG1", world.lea, date(2024, 1, 1))
    [sentence] = refusal.value.messages
    assert sentence == (
        "Somebody else holds this seat on a day of this term; end that term first."
        " (Ms Ada Testperson, RAG1, since 1 January 2020)"
    )


@pytest.mark.parametrize(
    ("row", "year", "sentence"),
    [
        (lambda w: Representative(seat_id="RAG1", person=w.lea), 2023, "Somebody else holds this seat on a day"),
        (lambda w: Representative(seat_id="RAG1", person=w.ben), 2019, "This person already holds a seat of this"),
        (lambda w: ChairTerm(person=w.lea), 2023, "Somebody else is Chair on a day of this term"),
        (lambda w: Coordinator(subject=w.subjects["EMF"], person=w.lea), 2023, "This subject has another Coordinator"),
    ],
)
def test_refusal_of_the_database_is_the_same_sentence(world, row, year, sentence):
    made = row(world)
    made.starts_on, made.ends_on, made.ends_precision = date(year, 6, 1), date(year, 7, 1), "day"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        made.save()
    assert str(sentence_for(refusal.value)).startswith(sentence)


def test_a_field_that_no_form_shows_is_judged_all_the_same(world):
    term = ChairTerm(person=world.lea, starts_on=date(2024, 1, 1))
    with pytest.raises(ValidationError, match="Somebody else is Chair"):
        term.validate_constraints(exclude={"seat"})


def test_nothing_is_said_of_overlaps_while_a_date_is_wrong(world):
    Representative(seat=seat("RAG1"), person=world.lea).validate_constraints(exclude={"starts_on"})
