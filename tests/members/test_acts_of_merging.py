"""Merging two records of one person: everything moves, nothing is lost, the old address redirects."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.acts.merging import merge_persons
from members.models import ContactData, FormerAddress, Person
from tests import world

pytestmark = pytest.mark.django_db
REASON = "One person, entered twice"


@pytest.fixture
def keep():
    return world.person("Ada Testperson")


@pytest.fixture
def duplicate():
    return world.person("A. Testperson")


def test_every_kind_of_office_moves(keep, duplicate):
    world.representative("RAG1", duplicate, date(2020, 1, 1))
    world.chair_term(duplicate, date(2020, 1, 1))
    subject = world.subject()
    world.coordinator(subject, duplicate, date(2020, 1, 1))
    world.focal_point(subject, duplicate, "RAG", date(2020, 1, 1))
    merge_persons(keep, duplicate, reason=REASON)
    offices = (keep.representative_set, keep.chairterm_set, keep.coordinator_set, keep.focalpoint_set)
    assert [rows.count() for rows in offices] == [1, 1, 1, 1]


def test_account_and_nominations_move(keep, duplicate):
    account = world.account(person=duplicate)
    nomination = world.nomination(duplicate, world.conference())
    merge_persons(keep, duplicate, reason=REASON)
    account.refresh_from_db()
    nomination.refresh_from_db()
    assert account.person == nomination.person == keep


def test_old_addresses_lead_to_the_one_that_is_kept(keep, duplicate):
    FormerAddress.objects.create(slug="older-address", person=duplicate)
    merge_persons(keep, duplicate, reason=REASON)
    addresses = dict(FormerAddress.objects.values_list("slug", "person"))
    assert addresses == {"older-address": keep.pk, "a-testperson": keep.pk}


def test_duplicate_is_removed_and_its_history_says_why(keep, duplicate):
    staff, pk = world.staff_account(), duplicate.pk
    merge_persons(keep, duplicate, reason=REASON, by=staff)
    assert list(Person.objects.all()) == [keep]
    last = Person.history.filter(id=pk).first()
    assert (last.history_type, last.history_change_reason, last.history_user) == ("-", REASON, staff)


def test_contact_data_moves_when_the_other_has_none(keep, duplicate):
    world.contact_data(duplicate, email="ada@example.org")
    merge_persons(keep, duplicate, reason=REASON)
    assert keep.contact_data.email == "ada@example.org"


def test_contact_data_of_both_is_joined_and_nothing_is_lost(keep, duplicate):
    world.contact_data(keep, email="ada@example.org", phone="")
    world.contact_data(duplicate, email="other@example.org", phone="+41 1", note="mornings only")
    merge_persons(keep, duplicate, reason=REASON)
    joined = ContactData.objects.get()
    assert (joined.email, joined.phone) == ("ada@example.org", "+41 1")
    assert "other@example.org" in joined.note
    assert "mornings only" in joined.note


def test_two_accounts_cannot_become_one(keep, duplicate):
    world.account("one@example.org", person=keep)
    world.account("two@example.org", person=duplicate)
    with pytest.raises(ValidationError, match="Remove one of them first"):
        merge_persons(keep, duplicate, reason=REASON)
    assert Person.objects.count() == 2


def test_offices_that_one_person_cannot_hold_together_refuse_the_merge(keep, duplicate):
    world.representative("RAG1", keep, date(2020, 1, 1))
    world.representative("RAG2", duplicate, date(2020, 1, 1))
    world.contact_data(duplicate)
    with pytest.raises(ValidationError, match="already holds a seat of this advisory group"):
        merge_persons(keep, duplicate, reason=REASON)
    assert ContactData.objects.get().person == duplicate


def test_coordinator_and_secretariat_focal_point_refuse_the_merge(keep, duplicate):
    subject = world.subject()
    world.coordinator(subject, keep, date(2020, 1, 1))
    world.focal_point(subject, duplicate, "BR", date(2020, 1, 1))
    with pytest.raises(ValidationError, match="cannot be a Coordinator"):
        merge_persons(keep, duplicate, reason=REASON)


def test_an_extension_and_the_term_before_it_move_together(keep, duplicate):
    world.terms_of_reference(date(2018, 1, 1))
    first = world.conference("PP-18", starts_on=date(2018, 10, 1), ends_on=date(2018, 11, 1))
    second = world.conference("PP-22")
    world.chair_term(duplicate, date(2018, 12, 1), date(2022, 12, 1), follows=first)
    world.chair_term(duplicate, date(2022, 12, 1), follows=second, kind="extended")
    merge_persons(keep, duplicate, reason=REASON)
    assert keep.chairterm_set.count() == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_asked_for(keep, duplicate, reason):
    with pytest.raises(ValidationError, match="Say why"):
        merge_persons(keep, duplicate, reason=reason)


def test_one_record_cannot_be_merged_into_itself(keep):
    with pytest.raises(ValidationError, match="two different records"):
        merge_persons(keep, Person.objects.get(pk=keep.pk), reason=REASON)
