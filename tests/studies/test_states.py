"""Where a link stands on a day, from what each side said of it."""

from datetime import date

import pytest

from studies.models import MappingLink
from tests import world as build

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 1)


def state_of(link, on=DAY):
    return MappingLink.objects.with_state(on).get(pk=link.pk).state


@pytest.fixture
def link():
    """ITU-D Q7/2 and ITU-R WP 1C."""
    return build.link(build.study_unit(), build.study_unit("WP 1C", "R 2023-2027", "working party"))


def test_a_claim_of_one_side_is_to_be_confirmed(link):
    assert state_of(link) == "to-be-confirmed"
    build.confirmation(link, "D")
    assert state_of(link) == "to-be-confirmed"


def test_both_sides_confirm(link):
    build.confirmation(link, "D", said_on=date(2024, 5, 1))
    build.confirmation(link, "R", said_on=date(2024, 5, 20))
    assert [state_of(link, date(2024, 5, day)) for day in (19, 20)] == ["to-be-confirmed", "confirmed"]


def test_one_side_contests_what_the_other_confirmed(link):
    build.confirmation(link, "D")
    build.confirmation(link, "R", "We study something else.")
    assert state_of(link) == "contested"


def test_a_subject_has_no_side_that_could_confirm(link):
    about = build.link(link.first, None, "", subject=build.subject("EMF"))
    assert state_of(about) == "to-be-confirmed"
    build.confirmation(about, "D")
    assert state_of(about) == "confirmed"


def test_nor_has_a_joint_group(link):
    joint = build.link(build.study_unit("IRG-X", "", "joint group"), link.first)
    build.confirmation(joint, "D")
    assert state_of(joint) == "confirmed"


def test_what_a_sector_said_counts_no_more_where_the_link_leads_to_another(link):
    build.confirmation(link, "R", "Not ours.")
    link.second = build.study_unit("Q1/5", "T 2022-2024")
    build.saved(link)
    assert state_of(link) == "to-be-confirmed"
    build.confirmation(link, "D")
    build.confirmation(link, "T")
    assert state_of(link) == "confirmed"


def test_what_a_side_said_last_holds_from_its_day(link):
    build.confirmation(link, "D", said_on=date(2024, 5, 1))
    build.confirmation(link, "R", "Not ours.", said_on=date(2024, 5, 10))
    build.confirmation(link, "R", said_on=date(2024, 5, 20))
    states = [state_of(link, date(2024, 5, day)) for day in (9, 10, 19, 20)]
    assert states == ["to-be-confirmed", "contested", "contested", "confirmed"]


def test_turns_of_one_day_stand_in_their_order(link):
    build.confirmation(link, "D")
    build.confirmation(link, "R", "Not ours.", turn=2)
    build.confirmation(link, "R", turn=3)
    assert state_of(link) == "confirmed"
    assert not MappingLink.objects.with_waits([(None, "R")], DAY).get(pk=link.pk).waits
