"""The admin's front page: a desk that says what waits (house rule 10)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.integrity.findings import file_differs, note
from iscg_portal.integrity.verifying import verify
from iscg_portal.mail.models import WAITS_LONG, Mail
from iscg_portal.models import Verification
from iscg_portal.shipped import REASON
from iscg_portal.tenure.dates import today
from members.models import Person, Representative
from secretariat.change_log import NAMED_BY, last_changes
from secretariat.desk import desk
from subjects.acts import adopt_edition
from tests import world as w
from workspace.models import EntryLink


@pytest.fixture
def staff(client, settings):
    """A signed-in secretariat account with every right."""
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account("desk@example.org", "Desk Staff")
    client.force_login(account)
    return account


def touch(person, reason="", by=None):
    """Save the person as staff would. The one in `world` serves other tests too and stays as it is."""
    save_with_reason(Person.objects.get(pk=person.pk), reason, by)


def texts(entries):
    return [entry.text for entry in entries]


def test_the_front_page_is_the_desk(world, staff, client):
    page = client.get("/admin/").content.decode()
    assert "What is asked and is not so, by the Terms of Reference as proposed in ISCG/25-1/03" in page
    assert "TDAG, seat 2: who sits here is not recorded." in page
    assert "Ends within six months" in page and "Changed last" in page


def test_the_front_page_asks_at_most_twenty_eight_queries(world, staff, client, django_assert_max_num_queries):
    client.get("/admin/")
    with django_assert_max_num_queries(28):
        client.get("/admin/")


def test_mails_that_wait_for_long_are_one_line(world, staff, client):
    for _number in range(3):
        Mail.objects.create(to="a@example.org", subject="Made up", text="-", written_at=long_ago())
    (entry,) = desk(staff, w.DAY).mails
    assert entry.text == "3 mails wait in the queue"
    assert "program that sends mails is stopped" in entry.note
    assert "Made up" in client.get(entry.href).content.decode()


def long_ago():
    return timezone.now() - WAITS_LONG - timedelta(minutes=1)


def test_a_mail_that_goes_no_further_leads_to_the_outbox(world, staff, client):
    Mail.objects.create(
        to="a@example.org", subject="Refused, made up", text="-", state="failed", error="550 No such user"
    )
    Mail.objects.create(to="a@example.org", subject="Waiting, made up", text="-")
    (entry,) = desk(staff, w.DAY).mails
    assert (entry.text, entry.note) == ("Refused, made up (a@example.org)", "550 No such user")
    outbox = client.get(entry.href).content.decode()
    assert "Refused, made up" in outbox and "Waiting, made up" not in outbox


def test_who_may_not_send_a_link_is_not_led_to_where_it_is_sent(world, staff, settings):
    coming = w.meeting("25-9", w.DAY + timedelta(days=20))
    sent = {"digest": "0" * 64, "expires_on": w.DAY}
    w.saved(EntryLink(person=world.ada, meeting=coming, **sent))
    assert {bool(entry.href) for entry in desk(staff, w.DAY).silent} == {True}
    assert {entry.href for entry in desk(w.account("looks@example.org", is_staff=True), w.DAY).silent} == {""}


def test_the_front_page_loads_no_script_within_the_page(world, staff, client):
    assert "<script>" not in client.get("/admin/").content.decode()


def test_an_account_without_any_right_sees_no_desk(world, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.account("no-rights@example.org", is_staff=True))
    page = client.get("/admin/").content.decode()
    assert "You don’t have permission to view or edit anything." in page
    assert "Terms of Reference ask" not in page


def test_many_like_findings_are_one_group_that_opens(world, staff, client):
    for number in range(6):
        w.listing(w.subject(f"S{number}", "RT"), date(2020, 1, 1))
    page = client.get("/admin/").content.decode()
    assert "<summary>7 subjects with no Coordinator recorded" in page


def test_what_ends_within_six_months_stands_with_its_end(world, staff):
    soon = {"ends_on": w.DAY + timedelta(days=100), "ends_precision": "day"}
    Representative.objects.filter(person=world.ada).update(**soon)
    (entry,) = desk(staff, w.DAY).ending
    assert (entry.text, entry.note) == ("Ms Ada Testperson, RAG1", "until 23 May 2025")


def test_what_ends_later_or_has_ended_does_not_stand_there(world, staff):
    assert desk(staff, date(2024, 1, 1)).ending[0].text == "Mr Ben Madeup, RAG2"
    assert "Mr Ben Madeup, RAG2" not in texts(desk(staff, date(2023, 8, 1)).ending)
    assert "Mr Ben Madeup, RAG2" not in texts(desk(staff, date(2024, 3, 1)).ending)


def test_old_confirmations_stand_with_their_day(world, staff):
    notes = {entry.text: entry.note for entry in desk(staff, date(2026, 3, 1)).unconfirmed}
    assert notes["Mr Gus Example, Chair"] == "last confirmed on 12 February 2025"
    assert notes["Ms Cleo Invented, RAG2"] == "never confirmed, since 1 March 2024"


def test_what_lacks_a_decision_or_a_source_says_which(world, staff):
    notes = {entry.text: entry.note for entry in desk(staff, w.DAY).unfounded}
    assert notes["Ms Ada Testperson, RAG1"] == "since 1 January 2020: no document of the appointment"
    assert notes["Ms Ina Sample, EMF"] == "since 1 April 2022: no source"


def test_the_last_change_says_what_who_when_and_why(world, staff):
    touch(world.ada, "As printed in the document", by=staff)
    entry = desk(staff, w.DAY).changes[0]
    assert entry.text == "Person Ada Testperson changed"
    assert entry.note.startswith("Desk Staff, ") and entry.note.endswith(": As printed in the document")


def test_a_change_without_an_account_came_by_a_command_or_a_link(world, staff):
    touch(world.ada)
    entry = desk(staff).changes[0]
    assert entry.note.startswith("a command or a mailed link, ")
    assert str(today().year) in entry.note


def test_a_removed_row_is_among_the_changes_and_leads_nowhere(world, staff):
    remove_with_reason(Representative.objects.get(person=world.dan), "Entered twice", by=staff)
    change = last_changes(staff)[0]
    assert (change.name, change.act, change.url) == ("Dan Fictional, TSAG1", "-", "")


def test_changes_made_in_one_go_are_one_entry(world, staff):
    for person in (world.ada, world.ben, world.cleo):
        touch(person, "Imported from persons.xlsx", by=staff)
    entry = desk(staff, w.DAY).changes[0]
    assert entry.text == "3 persons changed"
    assert entry.href == "/admin/members/person/"


def test_an_edition_is_one_change_with_its_rows(world, staff):
    adopt_edition(w.DAY, "ISCG/99-1/07", by=staff)
    texts_now = texts(desk(staff, w.DAY).changes)
    assert texts_now[0] == "Edition of the list 2025-02-12 added"
    assert not [text for text in texts_now if "row" in text]


def test_the_shipped_data_is_not_a_change(world, staff):
    before = last_changes(staff)
    save_with_reason(Person(name="Shipped Testperson", slug="shipped"), REASON)
    assert last_changes(staff) == before


def test_the_newest_changes_come_first_in_one_query(world, staff, django_assert_num_queries):
    touch(world.lea, "The newest")
    with django_assert_num_queries(1):
        changes = last_changes(staff, most=10)
    assert len(changes) == 10
    assert changes[0].reason == "The newest"
    assert [change.at for change in changes] == sorted((change.at for change in changes), reverse=True)


def test_an_account_sees_changes_only_of_what_it_may_view(world):
    clerk = w.account("clerk@example.org", is_staff=True)
    assert last_changes(clerk) == []
    clerk.user_permissions.add(Permission.objects.get(codename="view_person"))
    clerk = type(clerk).objects.get(pk=clerk.pk)
    assert {change.model for change in last_changes(clerk)} == {Person}


def test_every_tracked_model_has_a_name_among_the_changes(world, staff):
    assert len(last_changes(staff, most=1000)) > 50
    assert all(change.name for change in last_changes(staff, most=1000))
    assert NAMED_BY


def test_facts_are_counted_by_the_grade_of_their_evidence(world, staff):
    Person.objects.filter(pk=world.ada.pk).update(grade="copy")
    found = {entry.text: entry.note for entry in desk(staff, w.DAY).grades}
    assert found["a copy of the Union’s document: 1"] == "Persons 1"
    assert found["inferred: 1"] == "Subjects 1"
    assert "the Union’s own document: 0" in found
    assert any(text.startswith("not stated: ") for text in found)


def test_the_desk_speaks_of_the_text_that_is_in_effect_on_the_day(world, staff, client):
    assert "by the Terms of Reference as proposed in ISCG/25-1/03" in client.get("/admin/").content.decode()
    w.terms_of_reference(date(2025, 3, 1), "ISCG/99-1/01")
    assert desk(staff, w.DAY).terms_of_reference == "the Terms of Reference as proposed in ISCG/25-1/03"
    in_effect = "the Terms of Reference in ISCG/99-1/01, in effect from 1 March 2025"
    assert f"by {in_effect}" in client.get("/admin/").content.decode()


def test_what_is_not_as_it_was_stored_stands_on_the_desk(world, staff, client):
    assert "Nobody has read all stored files" in desk(staff, w.DAY).read_again[0].text
    verify()
    assert desk(staff, w.DAY).read_again == []
    assert "published reports were read again: " in client.get("/admin/").content.decode()
    note(file_differs("0" * 64))
    (found,) = desk(staff, w.DAY).read_again
    assert "is not what was stored, and is not sent" in found.text and "were read again" in found.note


def test_the_desk_says_that_nobody_has_read_all_again_for_a_fortnight(world, staff):
    Verification.objects.create(pk=1, finished_at=timezone.now() - timedelta(days=15))
    assert texts(desk(staff, w.DAY).read_again)[0].startswith("Not read again for more than a fortnight, since ")
