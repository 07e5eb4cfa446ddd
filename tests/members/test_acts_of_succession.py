"""Replacing an office holder, and ending the seats of a group: one act, all or nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.acts.succession import DecisionBehind, end_seats_of_group, office_of, succeed
from members.models import ChairTerm, Representative
from tests import world

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)
DECISION = DecisionBehind("RAG", "RAG26/99", "https://example.org/rag26-99")


@pytest.fixture
def ada():
    return world.representative("RAG1", world.person("Ada Testperson"), date(2020, 3, 1))


def ben():
    return world.person("Ben Madeup")


def test_handover_day_belongs_to_the_successor_alone(ada):
    successor = succeed(ada, ben(), ON, DECISION)
    assert list(Representative.objects.in_office(ON)) == [successor]
    assert list(Representative.objects.in_office(date(2026, 11, 30))) == [ada]


def test_both_rows_say_the_decision_and_the_first_how_it_ended(ada):
    successor = succeed(ada, ben(), ON, DECISION)
    ada.refresh_from_db()
    assert (ada.how_ended, ada.ends_precision) == ("replaced", "day")
    assert (ada.ends_decision_body, ada.ends_decision, ada.ends_decision_url) == (
        "RAG",
        "RAG26/99",
        "https://example.org/rag26-99",
    )
    assert (successor.starts_decision, successor.seat_id) == ("RAG26/99", "RAG1")


def test_successor_sits_for_the_country_or_organization_given(ada):
    successor = succeed(ada, ben(), ON, country=world.country("FR"))
    assert (successor.country_id, successor.organization) == ("FR", "")


def test_reason_and_account_go_into_both_histories(ada):
    staff = world.staff_account()
    successor = succeed(ada, ben(), ON, reason="A new delegate", by=staff)
    for row in (ada, successor):
        newest = row.history.first()
        assert (newest.history_change_reason, newest.history_user) == ("A new delegate", staff)


def test_successor_cannot_begin_before_or_on_the_first_day(ada):
    with pytest.raises(ValidationError, match="took office on 1 March 2020"):
        succeed(ada, ben(), date(2020, 3, 1))


def test_term_that_ended_earlier_has_no_successor_to_replace_it(ada):
    ada.ends_on, ada.ends_precision = date(2025, 1, 1), "day"
    ada.save()
    with pytest.raises(ValidationError, match="Enter the successor as a new term"):
        succeed(ada, ben(), ON)


def test_a_planned_end_is_brought_forward(ada):
    ada.ends_on, ada.ends_precision = date(2028, 1, 1), "day"
    ada.save()
    succeed(ada, ben(), ON)
    ada.refresh_from_db()
    assert ada.ends_on == ON


def test_an_end_recorded_for_that_very_day_keeps_its_facts(ada):
    ada.ends_on, ada.ends_precision, ada.how_ended = ON, "day", "resigned"
    ada.save()
    succeed(ada, ben(), ON, DECISION)
    ada.refresh_from_db()
    assert (ada.how_ended, ada.ends_decision) == ("resigned", "")


def test_nothing_is_saved_when_the_successor_cannot_hold_the_office(ada):
    cleo = world.person("Cleo Invented")
    world.representative("RAG2", cleo, date(2024, 1, 1))
    with pytest.raises(ValidationError, match="already holds a seat of this advisory group"):
        succeed(ada, cleo, ON)
    ada.refresh_from_db()
    assert ada.ends_on is None
    assert ada.history.count() == 1


def test_the_term_is_read_anew_before_it_is_ended(ada):
    Representative.objects.filter(pk=ada.pk).update(ends_on=date(2025, 1, 1), ends_precision="day")
    with pytest.raises(ValidationError, match="ended before that day"):
        succeed(ada, ben(), ON)


def test_chair_is_replaced_with_the_conference_that_the_term_follows():
    conference = world.conference("PP-26", starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 27))
    gus = world.chair_term(world.person("Gus Example"), date(2019, 3, 1))
    successor = succeed(gus, ben(), ON, follows=conference)
    assert (successor.seat_id, successor.follows, successor.kind) == ("CHAIR", conference, "appointed")


def test_chair_can_be_extended_into_the_next_interval():
    gus = world.chair_term(world.person("Gus Example"), date(2022, 11, 1))
    successor = succeed(gus, gus.person, ON, kind="extended")
    assert [term.how_ended for term in ChairTerm.objects.order_by("starts_on")] == ["term over", ""]
    assert successor.kind == "extended"


def test_clause_c2_refuses_a_successor_from_the_day_it_binds():
    gus = world.chair_term(world.person("Gus Example"), date(2019, 3, 1))
    world.terms_of_reference(date(2026, 1, 1))
    with pytest.raises(ValidationError, match="which Plenipotentiary Conference"):
        succeed(gus, ben(), ON)


def test_an_office_is_what_the_rules_tell_apart_but_the_person(ada):
    assert office_of(ada) == {"seat": ada.seat}
    subject = world.subject()
    row = world.focal_point(subject, ada.person, "RAG", date(2024, 1, 1))
    assert office_of(row) == {"subject": subject, "body": "RAG"}


class TestEndingTheSeatsOfAGroup:
    @pytest.fixture
    def rows(self, ada):
        return [ada, world.representative("RAG2", world.person("Cleo Invented"), date(2024, 1, 1))]

    def test_both_terms_end_and_both_seats_stand_empty(self, rows):
        assert end_seats_of_group(rows[0].seat.group, ON, DECISION) == rows
        assert not Representative.objects.in_office(ON).exists()

    def test_seats_of_other_groups_are_left_alone(self, rows):
        dan = world.representative("TSAG1", world.person("Dan Fictional"), date(2024, 1, 1))
        end_seats_of_group(rows[0].seat.group, ON)
        assert list(Representative.objects.in_office(ON)) == [dan]

    def test_who_begins_on_that_day_stays(self, rows):
        rows[1].ends_on, rows[1].ends_precision = ON, "day"
        rows[1].save()
        new = world.representative("RAG2", ben(), ON)
        end_seats_of_group(rows[0].seat.group, ON)
        assert list(Representative.objects.in_office(ON)) == [new]

    def test_a_group_without_holders_is_told_so(self):
        with pytest.raises(ValidationError, match="Nobody holds a seat of RAG"):
            end_seats_of_group(world.seat("RAG1").group, ON)
