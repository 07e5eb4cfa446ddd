"""The composition: seven seats, each held, vacant or not recorded, on any day (clauses C1, C2, C3)."""

from datetime import date

import pytest
from django.utils.translation import override

from iscg_portal.collation import SORT_KEYS
from members.composition import SEVEN, composition
from members.models import ChairTerm, Representative, Seat
from tests import world as build

pytestmark = pytest.mark.django_db


def states(composed):
    return {seat.code: seat.office.state for seat in composed.seats}


def holders(on):
    return {seat.code: seat.office.tenure and str(seat.office.tenure.person) for seat in composition(on).seats}


def test_each_seat_has_one_of_three_states(world, db):
    assert states(composition(build.DAY)) == {
        "CHAIR": "held",
        "RAG1": "held",
        "RAG2": "held",
        "TSAG1": "held",
        "TSAG2": "vacant",
        "TDAG1": "vacant",
        "TDAG2": "not recorded",
    }


def test_groups_come_in_the_order_of_the_sectors(world, db):
    assert [group.code for group in composition(build.DAY).groups] == ["RAG", "TSAG", "TDAG"]


def test_handover_day_belongs_to_the_successor(world, db):
    assert holders(date(2024, 2, 29))["RAG2"] == "Mr Ben Madeup"
    assert holders(date(2024, 3, 1))["RAG2"] == "Ms Cleo Invented"


def test_vacancy_says_since_when_and_how_exactly(world, db):
    office = next(seat.office for seat in composition(build.DAY).seats if seat.code == "TSAG2")
    assert (office.vacant_since, office.vacant_since_precision) == (date(2024, 6, 30), "month")


def test_appointment_of_the_future_holds_the_seat_from_its_day(world, db):
    assert holders(date(2027, 1, 1))["TDAG1"] == "Dr Fay Imaginary"


def test_before_the_record_begins_nothing_is_recorded(world, db):
    assert set(states(composition(date(2013, 1, 1))).values()) == {"not recorded"}


def test_seats_that_are_not_set_up_are_not_recorded(world, db):
    for model in (ChairTerm, Representative, Seat):
        model.objects.all().delete()
    assert states(composition(build.DAY)) == dict.fromkeys(SEVEN, "not recorded")


def test_only_what_is_public_of_a_term_is_read(world, db):
    term = composition(build.DAY).chair.office.tenure
    assert {"note", "seen_where"} <= term.get_deferred_fields()
    assert term.person.get_deferred_fields() == {"seen_where", "name_key", "search_key", "told_apart", *SORT_KEYS}


def test_group_without_a_translation_says_its_language(world, db):
    with override("fr"):
        assert composition(build.DAY).groups[0].name.lang == "en"
