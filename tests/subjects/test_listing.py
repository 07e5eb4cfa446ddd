"""Whether a subject is on the list on a day, and since when (clause F1)."""

from datetime import date, timedelta

import pytest

from subjects.models import Subject, listings
from tests import world as build

pytestmark = pytest.mark.django_db

A, B, C = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
DAY = timedelta(days=1)

TIMELINES = [
    # listings,             day,     state
    ([], A, listings.NOT_YET),  #             nothing recorded
    ([(A, None)], A - DAY, listings.NOT_YET),  #   |----->
    ([(A, None)], A, listings.LISTED),  #         |----->
    ([(A, B)], B - DAY, listings.LISTED),  #      |---|
    ([(A, B)], B, listings.DELISTED),  #          |---|
    ([(A, B), (C, None)], B, listings.DELISTED),  # |---|  |--->
    ([(A, B), (C, None)], C, listings.LISTED),  # |---|  |--->
    ([(None, None)], A, listings.UNDATED),  #     ------>
    ([(None, B)], A, listings.UNDATED),  #        ----|
    ([(None, B)], B, listings.DELISTED),  #       ----|
    ([(None, B), (C, None)], C, listings.LISTED),  # ----|  |--->
]


@pytest.mark.parametrize(("periods", "on", "state"), TIMELINES)
def test_state_on_a_day(periods, on, state):
    subject = build.subject()
    for starts_on, ends_on in periods:
        build.listing(subject, starts_on, ends_on)
    assert listings.listing_on(on, subject.listings.all()).state == state
    assert list(Subject.objects.in_state(state, on)) == [subject]


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
