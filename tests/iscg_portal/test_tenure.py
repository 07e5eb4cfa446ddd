"""Holding an office from a day to a day: what a day finds, and the three states of an office."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from iscg_portal.tenure.office_on import office_on
from members.models import Representative
from tests.world import person, representative, seat

HANDOVER = date(2024, 3, 1)
DAY = timedelta(days=1)


def office(code, on):
    where = seat(code)
    return office_on(on, where.recorded_from, where.tenures())


def holder(code, on):
    tenure = office(code, on).tenure
    return tenure and tenure.person


def test_handover_day_belongs_to_the_successor(world):
    assert [holder("RAG2", HANDOVER - DAY), holder("RAG2", HANDOVER)] == [world.ben, world.cleo]


def test_on_the_handover_day_the_predecessor_has_ended(world):
    assert list(Representative.objects.ended(HANDOVER)) == [Representative.objects.get(person=world.ben)]


def test_first_day_is_in_office(world):
    term = Representative.objects.get(person=world.ada)
    assert term in Representative.objects.in_office(term.starts_on)
    assert term in Representative.objects.upcoming(term.starts_on - DAY)


def test_current_is_a_question_about_a_date(world, monkeypatch):
    moment = timezone.make_aware(timezone.datetime(2027, 1, 1, 12))
    assert world.fay not in [row.person for row in Representative.objects.in_office(date(2026, 12, 31))]
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert world.fay in [row.person for row in Representative.objects.in_office()]


def test_a_term_that_ends_next_month_is_current(db):
    term = representative("RAG1", person(), date(2020, 1, 1), date(2024, 4, 1))
    assert list(Representative.objects.in_office(HANDOVER)) == [term]


def test_held_seat_names_its_tenure(world):
    found = office("RAG1", world.day)
    assert (found.state, found.tenure.person, found.vacant_since) == ("held", world.ada, None)


def test_seat_whose_holder_left_is_vacant_since_the_end_with_its_precision(world):
    found = office("TSAG2", world.day)
    assert (found.state, found.vacant_since, found.vacant_since_precision) == ("vacant", date(2024, 6, 30), "month")


def test_recorded_seat_without_any_row_yet_is_vacant_since_the_record_begins(world):
    found = office("TDAG1", world.day)
    assert (found.state, found.vacant_since, found.vacant_since_precision) == ("vacant", date(2024, 1, 1), "day")


def test_seat_without_a_beginning_of_its_record_is_not_recorded(world):
    assert office("TDAG2", world.day).state == "not recorded"


def test_day_before_the_record_begins_is_not_recorded(world):
    assert office("RAG1", date(2018, 12, 31)).state == "not recorded"
    assert office("RAG1", date(2019, 1, 1)).state == "vacant"


def test_day_before_a_by_date_is_a_hole_and_not_a_vacancy(world):
    assert office("TSAG1", date(2025, 1, 22)).state == "not recorded"
    assert office("TSAG1", date(2025, 1, 23)).state == "held"


def test_older_end_does_not_date_a_vacancy_when_the_record_begins_later(db):
    where = seat("RAG1", recorded_from=date(2022, 1, 1))
    representative(where, person(), date(2015, 1, 1), date(2016, 1, 1))
    assert office("RAG1", HANDOVER).vacant_since == date(2022, 1, 1)


def test_the_later_of_two_ends_dates_the_vacancy(db):
    where = seat("RAG1", recorded_from=date(2015, 1, 1))
    for first in (2017, 2015):
        representative(where, person(), date(first, 1, 1), date(first + 1, 1, 1))
    assert office("RAG1", HANDOVER).vacant_since == date(2018, 1, 1)


@pytest.mark.parametrize("field", ["starts", "ends"])
def test_record_cannot_begin_before_a_day_known_only_as_by_or_after(db, field):
    hole = {"starts": {"starts_precision": "by"}, "ends": {"ends_precision": "after"}}[field]
    representative("RAG1", person(), date(2020, 1, 1), date(2022, 1, 1), **hole)
    where, last = seat("RAG1"), {"starts": date(2020, 1, 1), "ends": date(2022, 1, 1)}[field]
    where.recorded_from = last - DAY
    with pytest.raises(ValidationError, match="The record cannot begin before"):
        where.full_clean()
    where.recorded_from = last
    where.full_clean()


def test_by_date_inside_a_record_without_holes_is_refused(db):
    where = seat("RAG1", recorded_from=date(2019, 1, 1))
    with pytest.raises(ValidationError, match="is recorded without holes from 1 January 2019 on"):
        representative(where, person(), date(2020, 1, 1), starts_precision="by")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_on": date(2020, 1, 1), "ends_precision": "day"}, "The end must come after the start."),
        ({"ends_on": date(2019, 1, 1), "ends_precision": "day"}, "The end must come after the start."),
        ({"ends_precision": "day"}, "Say how exactly the end is known when there is an end, and only then."),
        ({"starts_on": date(202, 1, 1)}, "The Union was founded in 1865; nothing on record can be older."),
    ],
)
def test_impossible_term_is_refused_with_a_sentence(db, wrong, sentence):
    term = Representative(seat=seat("RAG1"), person=person(), **{"starts_on": date(2020, 1, 1)} | wrong)
    with pytest.raises(ValidationError) as refusal:
        term.full_clean()
    assert refusal.value.messages == [sentence]


def test_end_without_a_precision_is_known_to_the_day(db):
    term = representative("RAG1", person(), date(2020, 1, 1), date(2021, 1, 1), ends_precision="")
    assert term.ends_precision == "day"


def test_term_prints_its_ends_as_exactly_as_they_are_known(world):
    term = Representative.objects.get(person=world.eve)
    assert (term.since, term.until) == ("since 1 January 2020", "until June 2024")
    assert Representative.objects.get(person=world.dan).since == "in office by 23 January 2025"
