"""The gaps in the mapping on a day: found where they are so, not recorded where nobody knows, else quiet."""

from datetime import date

import pytest

from studies.models import StudyFinding
from studies.overlaps.gaps import Mapping, gaps
from tests import world as build

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)
Kind = StudyFinding.Kind


def found(kind, on=DAY):
    return [one for one in gaps(Mapping(on)) if one.kind == kind]


@pytest.fixture
def question():
    return build.study_unit("Q7/2")


@pytest.fixture
def party():
    return build.study_unit("WP 1C", "R 2023-2027", "working party")


@pytest.fixture
def emf():
    """On the list; nothing is known of its offices."""
    subject = build.subject("EMF", "RTD")
    build.listing(subject, date(2020, 5, 1))
    return subject


def test_a_subject_of_two_sectors_without_a_coordinator(question, party, emf):
    build.link(question, party, subject=emf)
    [one] = found(Kind.NO_COORDINATOR)
    assert (one.subjects, one.is_recorded) == ({emf.pk}, False)
    emf.recorded_from = date(2024, 1, 1)
    emf.save()
    [one] = found(Kind.NO_COORDINATOR)
    assert (one.is_recorded, one.facts["since"]) == (True, "2024-01-01")
    build.coordinator(emf, build.person("Ina"), date(2025, 1, 1))
    assert found(Kind.NO_COORDINATOR) == []


def test_a_subject_of_one_sector_needs_none_for_this(question, emf):
    build.link(question, subject=emf)
    assert found(Kind.NO_COORDINATOR) == []


def test_a_subject_that_was_taken_off_the_list_is_left_in_peace(question, party):
    old = build.subject("OLD", "RD")
    build.listing(old, date(2020, 1, 1), date(2024, 1, 1))
    build.link(question, party, subject=old)
    assert found(Kind.NO_COORDINATOR) == found(Kind.NO_FOCAL_POINT) == []


def test_units_whose_subject_has_no_focal_point_of_their_sector(question, party, emf):
    build.link(question, party, subject=emf)
    build.focal_point(emf, build.person("Kim"), "RAG", date(2022, 4, 1))
    [one] = found(Kind.NO_FOCAL_POINT)
    assert (one.facts["sector"], one.facts["units"], one.is_recorded) == ("D", [question.pk], False)


def test_where_the_record_of_focal_points_is_complete_one_lacks(question, emf):
    build.link(question, subject=emf)
    build.saved(emf.focalpointrecord_set.model(subject=emf, body="TDAG", recorded_from=date(2023, 1, 1)))
    [one] = found(Kind.NO_FOCAL_POINT)
    assert (one.is_recorded, one.facts["since"]) == (True, "2023-01-01")


def test_a_unit_without_any_link(question, party):
    assert [one.facts["unit"] for one in found(Kind.NO_LINK)] == sorted([question.pk, party.pk])
    assert not any(one.is_recorded for one in found(Kind.NO_LINK))
    build.link(question, party)
    assert found(Kind.NO_LINK) == []


def test_a_group_below_which_one_is_linked_is_linked(party):
    group = build.study_unit("SG2", kind="study group")
    build.link(build.study_unit("Q7/2", parent=group), party)
    assert found(Kind.NO_LINK) == []


def test_a_link_of_other_days_is_none_today(question, party):
    build.link(question, party, ends_on=date(2024, 1, 1), ends_precision="day")
    assert len(found(Kind.NO_LINK)) == 2
    assert found(Kind.NO_LINK, date(2023, 6, 1)) == []


def test_a_joint_group_is_linked_by_what_it_is(party):
    build.study_unit("IRG-MADEUP", "", "joint group")
    assert [one.facts["unit"] for one in found(Kind.NO_LINK)] == [party.pk]


def test_a_claim_of_one_side(question, party):
    link = build.link(question, party)
    assert found(Kind.ONE_SIDED) == []
    build.confirmation(link, "D")
    [one] = found(Kind.ONE_SIDED)
    assert (one.facts["said"], one.facts["silent"], one.is_recorded) == ({"D": "confirmed"}, ["R"], False)
    build.confirmation(link, "R")
    assert found(Kind.ONE_SIDED) == []


def test_what_the_other_side_contests_is_known(question, party):
    link = build.link(question, party)
    build.confirmation(link, "D")
    build.confirmation(link, "R", "Not ours.")
    [one] = found(Kind.ONE_SIDED)
    assert (one.is_recorded, one.facts["silent"]) == (True, [])


def test_what_was_said_later_is_not_known_yet(question, party):
    build.confirmation(build.link(question, party), "D", said_on=date(2025, 7, 1))
    assert found(Kind.ONE_SIDED) == []


def test_a_link_to_a_unit_that_ended_while_the_other_goes_on(question):
    old = build.study_unit("SG9", "T 2022-2024", "study group")
    link = build.link(question, old)
    assert found(Kind.CLOSED_UNIT) == []  # what became of it is not on record
    new = build.study_unit("SG21", "T 2025-2028", "study group")
    build.ending(old, "merged", new)
    [one] = found(Kind.CLOSED_UNIT)
    assert (one.facts["link"], one.facts["unit"], one.facts["ended_on"]) == (link.pk, old.pk, "2025-01-01")
    assert found(Kind.CLOSED_UNIT, date(2024, 6, 1)) == []
    build.link(question, new)
    assert found(Kind.CLOSED_UNIT) == []


def test_a_link_to_a_unit_closed_within_its_period(question):
    party = build.study_unit("WP 9Z", "R 2023-2027", "working party", ends_on=date(2025, 3, 1), ends_precision="day")
    link = build.link(question, party)
    [one] = found(Kind.CLOSED_UNIT)
    assert one.facts["became"] == []
    link.ends_on, link.ends_precision = date(2025, 3, 1), "day"
    link.save()
    assert found(Kind.CLOSED_UNIT) == []


def test_links_of_a_time_that_is_over_for_both_are_history(question):
    old = build.study_unit("SG9", "T 2022-2024", "study group")
    build.link(question, old)
    build.ending(old, "closed")
    assert len(found(Kind.CLOSED_UNIT)) == 1
    assert found(Kind.CLOSED_UNIT, date(2026, 6, 1)) == []  # the Question’s period is over too


def test_a_subject_that_only_a_closed_unit_studies(emf):
    old = build.study_unit("SG9", "T 2022-2024", "study group")
    build.link(old, subject=emf)
    build.ending(old, "closed")
    assert [one.subjects for one in found(Kind.CLOSED_UNIT)] == [{emf.pk}]


def test_the_number_of_queries_does_not_grow(question, party, emf, django_assert_max_num_queries):
    for number in range(13, 18):
        unit = build.study_unit(f"Q{number}/2")
        build.confirmation(build.link(unit, party, subject=emf, topic=f"Made up {number}"), "D")
    with django_assert_max_num_queries(12):
        assert len(list(gaps(Mapping(DAY)))) > 5
