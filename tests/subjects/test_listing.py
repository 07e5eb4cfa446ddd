"""Whether a subject is on the list on a day, and since when (clause F1)."""

from datetime import date, timedelta

import pytest

from iscg_portal.tenure.dates import today
from subjects.models import Edition, EditionRow, Subject, listings
from tests import world as build

pytestmark = pytest.mark.django_db

A, B, C = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
DAY = timedelta(days=1)

TIMELINES = [
    # listings,             day,     state
    ([], A, listings.NOT_RECORDED),  #            nothing recorded
    ([(A, None)], A - DAY, listings.NOT_YET),  #   |----->
    ([(A, None)], A, listings.LISTED),  #         |----->
    ([(A, B)], B - DAY, listings.LISTED),  #      |---|
    ([(A, B)], B, listings.DELISTED),  #          |---|
    ([(A, B), (C, None)], B, listings.DELISTED),  # |---|  |--->
    ([(A, B), (C, None)], C, listings.LISTED),  # |---|  |--->
    ([(None, None)], A, listings.UNDATED),  #     ..A---->
    ([(None, None)], A - DAY, listings.NOT_RECORDED),  # ..A---->
    ([(None, B)], A, listings.UNDATED),  #        ..A-|
    ([(None, B)], A - DAY, listings.NOT_RECORDED),  # ..A-|
    ([(None, B)], B, listings.DELISTED),  #       ..A-|
    ([(None, B), (C, None)], C, listings.LISTED),  # ..A-|  |--->
]


@pytest.mark.parametrize(("periods", "on", "state"), TIMELINES)
def test_state_on_a_day(periods, on, state):
    subject = build.subject()
    for starts_on, ends_on in periods:
        build.listing(subject, starts_on, ends_on, source_dated_on=None if starts_on else A)
    assert_state(subject, on, state)


def assert_state(subject, on, state):
    """Python and the database say the same, and say it once."""
    found = listings.listing_on(on, subject.listings.all())
    assert found.state == state
    assert [one for one in listings.STATES if Subject.objects.in_state(one, on).exists()] == [state]
    assert Subject.objects.on_the_list(on).exists() == found.is_on_the_list
    counts = Subject.objects.counts(on)
    assert (counts.on_the_list, counts.unknown) == (found.is_on_the_list, state == listings.NOT_RECORDED)


INEXACT = [
    ({"starts_on": A, "starts_precision": "by"}, A - DAY, listings.NOT_RECORDED),
    ({"starts_on": A, "starts_precision": "by"}, A, listings.LISTED),
    ({"starts_on": A, "ends_on": B, "ends_precision": "after"}, B - DAY, listings.LISTED),
    ({"starts_on": A, "ends_on": B, "ends_precision": "after"}, B, listings.NOT_RECORDED),
]


@pytest.mark.parametrize(("period", "on", "state"), INEXACT)
def test_before_by_and_after_after_nothing_is_known(period, on, state):
    subject = build.subject()
    build.listing(subject, **period)
    assert_state(subject, on, state)


def test_before_the_first_of_two_times_the_second_does_not_matter():
    subject = build.subject()
    build.listing(subject, A, B)
    build.listing(subject, C, starts_precision="by")
    assert_state(subject, A - DAY, listings.NOT_YET)
    assert_state(subject, B, listings.NOT_RECORDED)


def test_after_an_after_end_it_says_when_it_was_last_recorded():
    subject = build.subject()
    build.listing(subject, A, B, ends_precision="after")
    said = listings.listing_on(B, subject.listings.all())
    assert said.phrase == said.full_phrase == "last recorded on the list on 31 December 2021"


def in_an_edition(subject):
    edition = build.saved(Edition(adopted_on=A, document="ISCG/98-1/05"))
    build.saved(
        EditionRow(
            edition=edition, subject=subject, position=1, code=subject.code, titles={"en": "Made up"}, scope=["R"]
        )
    )


EVIDENCE = {
    "the source": lambda subject: subject.listings.update(source_dated_on=A),
    "a Coordinator": lambda subject: build.coordinator(subject, build.person(), A),
    "a Focal Point": lambda subject: build.focal_point(subject, build.person(), "RAG", A),
    "an edition": lambda subject: in_an_edition(subject),
}


@pytest.mark.parametrize("what", EVIDENCE)
def test_without_a_first_day_it_is_known_from_the_first_evidence(what):
    subject = build.subject()
    build.listing(subject)
    EVIDENCE[what](subject)
    assert_state(subject, A - DAY, listings.NOT_RECORDED)
    assert_state(subject, A, listings.UNDATED)


@pytest.mark.parametrize("what", EVIDENCE)
def test_evidence_puts_no_subject_on_the_list_that_was_never_listed(what):
    subject = build.subject()
    EVIDENCE[what](subject)
    assert_state(subject, A, listings.NOT_RECORDED)


def test_without_any_evidence_it_is_known_from_the_day_of_its_entry():
    subject = build.subject()
    build.listing(subject)
    assert_state(subject, date(1990, 1, 1), listings.NOT_RECORDED)
    assert_state(subject, today() - DAY, listings.NOT_RECORDED)
    assert_state(subject, today(), listings.UNDATED)


def test_every_subject_is_in_exactly_one_state_on_any_day(world):
    for on in (date(2013, 1, 1), date(2020, 5, 1), date(2023, 1, 1), world.day):
        found = [subject.code for state in listings.STATES for subject in Subject.objects.in_state(state, on)]
        assert sorted(found) == ["ACC", "EMF", "IOT", "OLD"]


def test_on_the_list_are_those_with_a_known_and_with_an_unknown_day(world):
    on = date(2022, 1, 1)
    assert {subject.code for subject in Subject.objects.on_the_list(on)} == {"ACC", "EMF", "IOT", "OLD"}
    assert listings.listing_on(on, world.subjects["OLD"].listings.all()).is_on_the_list


def test_delisted_subject_says_by_which_listing(world):
    found = listings.listing_on(world.day, world.subjects["OLD"].listings.all())
    assert (found.state, found.listing.ends_on) == (listings.DELISTED, date(2023, 1, 1))
    assert not found.is_on_the_list


def test_state_narrows_a_selection_that_is_already_made(world):
    few = Subject.objects.filter(in_gs=True)
    assert [subject.code for subject in few.in_state(listings.LISTED, world.day)] == ["ACC"]
