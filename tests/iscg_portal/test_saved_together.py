"""Rows saved in one act are judged as they will stand, in every order of the rows."""

from datetime import date
from itertools import permutations

import pytest
from django.db import transaction

from iscg_portal.tenure.joint_validation import RefusedTogether, judge_together, save_together
from members.models import Representative
from subjects.models import Coordinator, FocalPoint, Listing
from tests.iscg_portal.timelines import period
from tests.world import coordinator, focal_point, listing, person, representative, seat, subject

HANDOVER = date(2024, 9, 1)
ORDERS_OF_TWO = list(permutations(range(2)))
ORDERS_OF_THREE = list(permutations(range(3)))


def drawn(row, drawing):
    """The same row with the period as drawn, unsaved."""
    for field, value in period(drawing).items():
        setattr(row, field, value)
    return row


def in_order(rows, order):
    return [rows[index] for index in order]


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_end_and_successor_in_one_act(world, order):
    old = Representative.objects.get(person=world.ada)
    old.ends_on, old.ends_precision = HANDOVER, "day"
    new = Representative(seat=world.seats["RAG1"], person=world.lea, starts_on=HANDOVER)
    save_together(in_order([old, new], order))
    assert list(Representative.objects.in_office(HANDOVER).filter(seat="RAG1")) == [new]


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_two_persons_swap_their_seats(db, order):
    rows = [representative(code, person(code), date(2020, 1, 1)) for code in ("RAG1", "RAG2")]
    rows[0].seat, rows[1].seat = rows[1].seat, rows[0].seat
    save_together(in_order(rows, order))
    assert [Representative.objects.get(pk=row.pk).seat_id for row in rows] == ["RAG2", "RAG1"]


@pytest.mark.parametrize("order", ORDERS_OF_THREE)
def test_three_terms_move_along(db, order):
    where = seat("RAG1")
    drawings = ("|==|......", "...|==|...", "......|===>")
    rows = [representative(where, person(), **period(drawing)) for drawing in drawings]
    later = (".|===|....", ".....|==|.", "........|=>")
    save_together(in_order([drawn(row, drawing) for row, drawing in zip(rows, later, strict=True)], order))
    saved = [(row.starts_on, row.ends_on) for row in Representative.objects.order_by("starts_on")]
    assert saved == [(period(drawing)["starts_on"], period(drawing)["ends_on"]) for drawing in later]


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_two_rows_that_would_clash_are_refused_and_nothing_is_saved(db, order):
    rows = [Representative(seat=seat("RAG1"), person=person(), starts_on=HANDOVER) for _ in range(2)]
    with pytest.raises(RefusedTogether) as refusal:
        save_together(in_order(rows, order))
    assert list(refusal.value.problems) == [1]
    assert not Representative.objects.exists()


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_row_outside_the_act_still_stands_in_the_way(world, order):
    moved = Representative.objects.get(person=world.cleo)
    moved.seat = world.seats["RAG1"]
    new = Representative(seat=world.seats["RAG2"], person=world.lea, starts_on=HANDOVER)
    with pytest.raises(RefusedTogether, match="Ada Testperson"):
        save_together(in_order([moved, new], order))


def test_removed_row_is_not_in_the_way(world):
    mistake = Representative.objects.get(person=world.ada)
    new = Representative(seat=world.seats["RAG1"], person=world.lea, starts_on=mistake.starts_on)
    assert judge_together([new], removed=[mistake]) == {}
    save_together([new], removed=[mistake], reason="Entered the wrong person")
    assert Representative.objects.get(seat="RAG1").person == world.lea


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_unknown_start_in_the_same_act(db, order):
    of = subject()
    first, second = listing(of, **period("<==|......")), listing(of, **period("...|==|..."))
    rows = [drawn(first, "<|........"), drawn(second, ".|===|....")]
    save_together(in_order(rows, order))
    assert Listing.objects.get(starts_on=None).ends_on == rows[0].ends_on


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_row_becomes_the_one_of_unknown_start(db, order):
    of = subject()
    first, second = listing(of, **period("<==|......")), listing(of, **period("...|==|..."))
    save_together(in_order([drawn(first, ".....|====>"), drawn(second, "<====|....")], order))
    assert Listing.objects.get(starts_on=None) == second


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_two_rows_of_unknown_start_change_places(db, order):
    one, two = subject("ONE"), subject("TWO")
    rows = [listing(one, **period("<==|......")), listing(two, **period("<=====|..."))]
    rows[0].subject, rows[1].subject = two, one
    save_together(in_order(rows, order))
    assert [Listing.objects.get(pk=row.pk).subject for row in rows] == [two, one]


def test_bystander_of_unknown_start_is_left_as_it_was(db):
    of, other = subject("ONE"), subject("TWO")
    bystander, elsewhere = listing(of, **period("<==|......")), listing(other, **period("<========>"))
    row = listing(of, **period("...|==|..."))
    save_together([drawn(row, "....|==|.."), Listing(subject=of, **period(".......|=>"))])
    kept = Listing.objects.filter(pk__in=[bystander.pk, elsewhere.pk]).order_by("pk")
    assert [(row.starts_on, row.ends_on) for row in kept] == [(None, bystander.ends_on), (None, None)]


def test_bystander_of_unknown_start_stands_in_the_way(db):
    of = subject()
    listing(of, **period("<===|....."))
    row = listing(of, **period(".....|==|."))
    with pytest.raises(RefusedTogether, match="already listed"):
        save_together([drawn(row, "......|==|"), Listing(subject=of, **period("..|==|...."))])


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_secretariat_focal_point_steps_down_to_become_coordinator(world, order):
    old = FocalPoint.objects.get(person=world.jon)
    old.ends_on, old.ends_precision = HANDOVER, "day"
    new = Coordinator(subject=world.subjects["IOT"], person=world.jon, starts_on=HANDOVER)
    save_together(in_order([old, new], order))
    assert Coordinator.objects.in_office(HANDOVER).filter(person=world.jon).exists()


@pytest.mark.parametrize("order", ORDERS_OF_TWO)
def test_two_offices_that_exclude_each_other_are_refused_in_one_act(world, order):
    rows = [
        FocalPoint(subject=world.subjects["IOT"], person=world.lea, body="BDT", starts_on=HANDOVER),
        Coordinator(subject=world.subjects["IOT"], person=world.lea, starts_on=HANDOVER),
    ]
    with pytest.raises(RefusedTogether, match="cannot be a Coordinator on the same day"):
        save_together(in_order(rows, order))
    assert not FocalPoint.objects.filter(person=world.lea).exists()


def test_change_of_one_is_seen_by_the_other(db):
    who, of = person(), subject()
    mine, theirs = focal_point(of, who, "RAG", date(2020, 1, 1)), coordinator(of, who, date(2020, 1, 1))
    mine.body, theirs.ends_on = "BR", HANDOVER
    with pytest.raises(RefusedTogether):
        save_together([theirs, mine])


def test_every_row_that_cannot_stand_is_named(world):
    rows = [
        Representative(seat=world.seats["TDAG2"], person=world.lea),
        Representative(seat=world.seats["RAG1"], person=world.max, starts_on=HANDOVER),
        Representative(seat=world.seats["TSAG2"], person=world.max, starts_on=HANDOVER),
    ]
    with pytest.raises(RefusedTogether) as refusal:
        save_together(rows)
    assert sorted(refusal.value.problems) == [0, 1]


def test_refused_rows_are_as_new_and_as_saved_as_before(world):
    removed = Representative.objects.get(person=world.dan)
    good = Representative(seat=world.seats["TDAG2"], person=world.lea, starts_on=HANDOVER)
    bad = Representative(seat=world.seats["RAG1"], person=world.max, starts_on=HANDOVER)
    with pytest.raises(RefusedTogether), transaction.atomic():
        save_together([good, bad], removed=[removed], reason="A try")
    assert (good.pk, good._state.adding, bad.pk) == (None, True, None)
    assert Representative.objects.filter(pk=removed.pk).exists()


def test_history_knows_only_what_stood(db):
    rows = [representative(code, person(code), date(2020, 1, 1)) for code in ("RAG1", "RAG2")]
    rows[0].seat, rows[1].seat = rows[1].seat, rows[0].seat
    save_together(rows, reason="Swapped")
    versions = Representative.history.filter(history_type="~")
    assert {(version.starts_on.year, version.history_change_reason) for version in versions} == {(2020, "Swapped")}
