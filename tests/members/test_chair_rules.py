"""Clause C2 on the Chair: what it refuses once it binds, and what is only remarked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.tenure.joint_validation import save_together
from members.models import ChairTerm
from members.models.chair_rules import problems, remarks
from tests.world import chair_term, conference, nomination, person, representative, seat, terms_of_reference

BINDING = date(2018, 1, 1)
BEFORE_BINDING = BINDING - timedelta(days=1)
START = date(2022, 11, 1)

NO_CONFERENCE = "Say which Plenipotentiary Conference this term follows."
NOT_A_PP = "A Chair's term follows a Plenipotentiary Conference, not another one."
TOO_EARLY = "The term begins before the end of the Plenipotentiary Conference that it follows."
NO_PRECEDING = "An extension needs the same person's preceding term, ending on the day it begins."
TWICE = "A term is extended once per appointment; this one follows an extension."
SAME_INTERVAL = "An extension reaches into the next interval: it follows the next conference."
OTHER_STANDS = "Clause C2 has an extension only where no other candidate is nominated; Lea Rival is."
OUTSIDER = "The Chair comes from outside the management team; clause C2 says “preferably” from it."
LATE = "The term begins more than six months after the conference that it follows."


@pytest.fixture
def pp14(db):
    """The conference after which the first term began."""
    return conference("PP-14", starts_on=date(2014, 10, 20), ends_on=date(2014, 11, 7))


@pytest.fixture
def pp18(db):
    """The conference after which the Chair was appointed."""
    return conference("PP-18", starts_on=date(2018, 10, 29), ends_on=date(2018, 11, 16))


@pytest.fixture
def pp22(db):
    """The next conference: an extension would follow it."""
    return conference("PP-22")


@pytest.fixture
def gus(db):
    """Who is Chair."""
    return person("Gus Example")


@pytest.fixture
def first_term(gus, pp18):
    """Appointed after PP-18, ended when the next interval's term begins."""
    return chair_term(gus, date(2019, 3, 1), START, follows=pp18)


@pytest.fixture
def binding(db):
    """The Terms of Reference are in effect since long before."""
    return terms_of_reference(BINDING)


def extension(who, after, starts_on=START):
    return ChairTerm(seat=seat("CHAIR"), person=who, starts_on=starts_on, follows=after, kind="extended")


def appointment(who, after, starts_on=START):
    return ChairTerm(seat=seat("CHAIR"), person=who, starts_on=starts_on, follows=after)


def refusals(term):
    try:
        term.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def test_appointment_after_a_plenipotentiary_conference_is_allowed(binding, gus, pp22):
    assert refusals(appointment(gus, pp22)) == []


def test_appointment_without_a_conference_is_refused(binding, gus):
    assert refusals(appointment(gus, None)) == [NO_CONFERENCE]


def test_appointment_after_another_conference_is_refused(binding, gus):
    wtsa = conference("WTSA-20", "WTSA", date(2022, 3, 1), date(2022, 3, 9))
    assert NOT_A_PP in refusals(appointment(gus, wtsa))


@pytest.mark.parametrize("day", [date(2022, 9, 26), date(2022, 10, 14)])
def test_term_that_begins_before_the_conference_ended_is_refused(binding, gus, pp22, day):
    assert refusals(appointment(gus, pp22, day)) == [TOO_EARLY]


def test_term_may_begin_on_the_day_after_the_conference(binding, gus, pp22):
    assert refusals(appointment(gus, pp22, date(2022, 10, 15))) == []


def test_extension_to_the_next_interval_is_allowed(binding, gus, first_term, pp22):
    assert refusals(extension(gus, pp22)) == []


def test_extension_of_nothing_is_refused(binding, gus, pp22):
    assert refusals(extension(gus, pp22)) == [NO_PRECEDING]


def test_extension_of_somebody_elses_term_is_refused(binding, first_term, pp22):
    assert refusals(extension(person("Lea Rival"), pp22)) == [NO_PRECEDING]


def test_extension_after_a_pause_is_refused(binding, gus, first_term, pp22):
    assert refusals(extension(gus, pp22, START + timedelta(days=1))) == [NO_PRECEDING]


def test_second_extension_is_refused(binding, gus, pp14, pp18, pp22):
    chair_term(gus, date(2015, 1, 1), date(2019, 3, 1), follows=pp14)
    chair_term(gus, date(2019, 3, 1), START, follows=pp18, kind="extended")
    assert refusals(extension(gus, pp22)) == [TWICE]


def test_extension_inside_the_same_interval_is_refused(binding, gus, first_term, pp18):
    assert refusals(extension(gus, pp18)) == [SAME_INTERVAL]


def test_extension_is_refused_while_another_nomination_stands(binding, gus, first_term, pp22):
    nomination(person("Lea Rival"), pp22)
    assert refusals(extension(gus, pp22)) == [OTHER_STANDS]


@pytest.mark.parametrize("case", ["own nomination", "withdrawn", "for another conference"])
def test_nomination_that_is_not_anothers_standing_one_is_no_hindrance(binding, gus, first_term, pp18, pp22, case):
    if case == "own nomination":
        nomination(gus, pp22)
    elif case == "withdrawn":
        nomination(person("Lea Rival"), pp22, withdrawn_on=date(2022, 7, 1))
    else:
        nomination(person("Lea Rival"), pp18, nominated_on=date(2018, 6, 1))
    assert refusals(extension(gus, pp22)) == []


def test_appointment_is_allowed_while_another_nomination_stands(binding, gus, first_term, pp22):
    nomination(person("Lea Rival"), pp22)
    assert refusals(appointment(gus, pp22)) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_extension_and_the_end_of_its_term_in_one_act(binding, gus, pp18, pp22, order):
    running = chair_term(gus, date(2019, 3, 1), follows=pp18)
    running.ends_on, running.ends_precision = START, "day"
    rows = [running, extension(gus, pp22)]
    save_together([rows[index] for index in order])
    assert ChairTerm.objects.in_office(START).get().kind == "extended"


def test_clause_binds_terms_from_the_day_the_terms_of_reference_take_effect(gus):
    terms_of_reference(START)
    assert refusals(appointment(gus, None, START)) == [NO_CONFERENCE]
    assert refusals(appointment(gus, None, START - timedelta(days=1))) == []


def test_nothing_binds_while_no_day_is_set(gus):
    assert refusals(appointment(gus, None)) == []


def test_what_does_not_bind_is_remarked(gus):
    terms_of_reference(START)
    older = appointment(gus, None, START - timedelta(days=1))
    assert remarks(older) == [NO_CONFERENCE, OUTSIDER]


def test_what_binds_is_not_remarked_again(binding, gus):
    assert remarks(appointment(gus, None)) == [OUTSIDER]


def test_chair_from_the_management_team_is_not_remarked(binding, gus, pp22):
    representative("RAG1", gus, date(2019, 1, 1), START)
    assert remarks(appointment(gus, pp22)) == []


def test_chair_who_left_the_team_long_ago_is_remarked(binding, gus, pp22):
    representative("RAG1", gus, date(2019, 1, 1), date(2021, 1, 1))
    assert remarks(appointment(gus, pp22)) == [OUTSIDER]


def test_extended_chair_need_not_come_from_the_team_again(binding, gus, first_term, pp22):
    assert remarks(extension(gus, pp22)) == []


def test_long_gap_after_the_conference_is_remarked_and_not_refused(binding, gus, pp22):
    late = appointment(gus, pp22, date(2023, 6, 1))
    assert (problems(late), remarks(late)) == ([], [OUTSIDER, LATE])


def test_conference_never_sets_the_end_of_a_term(gus, pp18, pp22):
    chair_term(gus, date(2019, 3, 1), follows=pp18)
    assert ChairTerm.objects.in_office(date(2023, 1, 1)).get().person == gus
