"""“Merge…” on a person's page."""

from datetime import date

import pytest

from members.models import FormerAddress, Person
from tests import world
from tests.admin.conftest import complaints, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep():
    return world.person("Ada Testperson")


@pytest.fixture
def duplicate():
    return world.person("A. Testperson")


def merge(client, keep, duplicate, reason="One person"):
    return client.post(page_of(keep, "merge"), {"duplicate": duplicate.pk, "reason": reason})


def test_two_records_become_one(desk, keep, duplicate):
    world.representative("RAG1", duplicate, date(2020, 1, 1))
    assert merge(desk, keep, duplicate).status_code == 302
    assert list(Person.objects.all()) == [keep]
    assert FormerAddress.objects.get().slug == "a-testperson"


def test_what_moves_is_shown_first(desk, keep, duplicate):
    world.representative("RAG1", duplicate, date(2020, 1, 1))
    data = {"duplicate": duplicate.pk, "reason": "One person", "_preview": "1"}
    shown = desk.post(page_of(keep, "merge"), data)
    first, office = shown.context["follows"]
    assert first == "“A. Testperson” is merged into “Ada Testperson”." and office.startswith("Representative: ")
    assert "Nothing is saved yet: press “Merge”" in shown.text and Person.objects.count() == 2
    world.representative("RAG2", keep, date(2020, 1, 1))
    assert desk.post(page_of(keep, "merge"), data).context["follows"] == []


def test_who_may_not_see_accounts_and_how_to_reach_persons_reads_nothing_of_them(clerk, keep, duplicate):
    kept, moved = (world.account(f"{person.slug}@example.org", person=person) for person in (keep, duplicate))
    world.contact_data(duplicate)
    world.representative("RAG1", duplicate, date(2020, 1, 1))
    client = clerk("members.change_person", "members.delete_person", "members.view_representative")
    refused = merge(client, keep, duplicate)
    removing = client.get(page_of(duplicate, "delete"))
    type(kept).objects.filter(pk=kept.pk).update(person=None)
    shown = client.post(page_of(keep, "merge"), {"duplicate": duplicate.pk, "reason": "One person", "_preview": "1"})
    assert [follow.partition(":")[0] for follow in shown.context["follows"][1:]] == [
        "Representative",
        "2 more are not shown.",
    ]
    assert "rest on it: representative: A. Testperson, RAG1" in removing.text and "; …" in removing.text
    assert "Remove one of them first" in complaints(refused)
    assert not any(str(account) in page.text for account in (kept, moved) for page in (refused, removing, shown))


def test_refusal_is_a_sentence(desk, keep, duplicate):
    world.representative("RAG1", keep, date(2020, 1, 1))
    world.representative("RAG2", duplicate, date(2020, 1, 1))
    assert "already holds a seat" in complaints(merge(desk, keep, duplicate))


def test_record_is_not_merged_into_itself(desk, keep):
    assert "two different records" in complaints(merge(desk, keep, keep))


def test_reason_is_asked_for(desk, keep, duplicate):
    assert "required" in complaints(merge(desk, keep, duplicate, reason=""))


def test_undoing_a_merge_is_offered(desk, keep, duplicate):
    world.representative("RAG1", duplicate, date(2020, 1, 1))
    merge(desk, keep, duplicate)
    assert "/admin/undo/" in desk.get(page_of(keep)).content.decode()


def test_where_two_contact_data_are_joined_it_says_why_no_undoing_is_offered(desk, keep, duplicate):
    for person in (keep, duplicate):
        world.contact_data(person)
    merge(desk, keep, duplicate)
    page = desk.get(page_of(keep)).content.decode()
    assert "The history keeps no values of “Contact data”" in page and "/admin/undo/" not in page


def test_button_stands_on_the_page_of_the_person(desk, keep):
    assert page_of(keep, "merge") in desk.get(page_of(keep)).content.decode()


def test_merging_asks_for_the_right_to_change_and_to_remove(clerk, keep):
    client = clerk("members.change_person")
    assert client.get(page_of(keep, "merge")).status_code == 403
    assert page_of(keep, "merge") not in client.get(page_of(keep)).content.decode()
