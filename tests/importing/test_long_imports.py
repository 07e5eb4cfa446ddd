"""A long import is judged and written by the sender, once, while its page shows how far it is."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from iscg_portal.importing import queue, staging
from iscg_portal.importing.progress import EVERY, row_read, rows_read, telling
from iscg_portal.importing.queue import work_off_next
from iscg_portal.models import IMPORTER_DIED_AFTER, StagedImport
from members.models import Person
from tests.importing.test_import_pages import upload

pytestmark = pytest.mark.django_db
LONG = staging.ROWS_AT_ONCE + 1


def persons(count=LONG):
    return [{"slug": f"person-{number}", "name": f"Zz{number:03} Made-up"} for number in range(count)]


@pytest.fixture
def address(desk):
    """The page of a long import that was just uploaded."""
    return upload(desk, persons(), model="members.person").url


def text_of(desk, address):
    return desk.get(address, follow=True).content.decode()


def test_a_request_judges_what_is_short_and_queues_what_is_long(desk):
    upload(desk, persons(staging.ROWS_AT_ONCE), model="members.person")
    upload(desk, persons(), model="members.person")
    assert [one.state for one in StagedImport.objects.order_by("pk")] == ["judged", "to judge"]
    assert StagedImport.objects.order_by("pk").last().preview == {}


def test_its_page_loads_itself_until_it_is_judged_or_asked_not_to(desk, address):
    waiting = desk.get(address)
    assert waiting["Refresh"] == f"3;url={address}"
    assert "in the queue to be judged" in waiting.content.decode()
    assert "Refresh" not in desk.get(f"{address}?stay").headers
    assert work_off_next()
    judged = desk.get(address)
    assert "Refresh" not in judged.headers
    assert "Every row can stand" in judged.content.decode()


def test_it_is_written_once_with_who_and_why_and_can_be_undone(desk, address, chief):
    work_off_next()
    desk.post(address, {"reason": "Carried over."})
    assert "in the queue to be written" in text_of(desk, address)
    assert not Person.objects.exists()
    assert [work_off_next(), work_off_next()] == [True, False]
    row = Person.history.first()
    assert (Person.objects.count(), row.history_user, row.history_change_reason) == (LONG, chief, "Carried over.")
    shown = text_of(desk, address)
    assert "This import was written on" in shown
    assert "Undo this…" in shown


def test_pressing_the_button_twice_queues_it_once(desk, address):
    work_off_next()
    staged = StagedImport.objects.get()
    staging.ask_for_writing(staged, "Once.")
    with pytest.raises(staging.NotConfirmed, match="in the queue"):
        staging.ask_for_writing(staged, "Twice.")
    with pytest.raises(staging.NotConfirmed, match="in the queue"):
        staging.confirm(staged, Person, reason="From a request.")


def test_a_record_that_changed_meanwhile_shows_a_new_preview(desk, address):
    work_off_next()
    desk.post(address, {"reason": "Carried over."})
    Person.objects.create(slug="person-1", name="Somebody Else", sort_key="x")
    work_off_next()
    shown = text_of(desk, address)
    assert "changed the records concerned since the preview" in shown
    assert Person.objects.count() == 1


def test_what_another_process_took_is_left_alone(address):
    staged = StagedImport.objects.get()
    assert StagedImport.objects.claim(staged, timezone.now())
    assert not StagedImport.objects.claim(staged, timezone.now())
    assert not work_off_next()


@pytest.mark.parametrize("state", ["being judged", "being written"])
def test_after_a_death_it_is_begun_again_and_written_once(desk, address, state):
    if state == "being written":
        work_off_next()
        staging.ask_for_writing(StagedImport.objects.get(), "Carried over.")
    StagedImport.objects.claim(StagedImport.objects.get(), timezone.now() - IMPORTER_DIED_AFTER - timedelta(seconds=1))
    assert StagedImport.objects.get().state == state
    assert work_off_next()
    assert StagedImport.objects.get().state == "judged"
    assert Person.objects.count() == (LONG if state == "being written" else 0)


def test_who_was_given_up_writes_nothing_any_more(address):
    work_off_next()
    staging.ask_for_writing(StagedImport.objects.get(), "Carried over.")
    StagedImport.objects.claim(StagedImport.objects.get(), timezone.now() - IMPORTER_DIED_AFTER - timedelta(seconds=1))
    slow = StagedImport.objects.get()
    work_off_next()
    with pytest.raises(staging.NotConfirmed):
        staging.confirm(slow, Person, reason="Late.", claimed=True)
    assert Person.objects.count() == LONG


def test_a_busy_database_leaves_it_in_the_queue(address, monkeypatch):
    def busy(*_arguments):
        raise OperationalError("database is locked")

    monkeypatch.setattr(queue, "judge", busy)
    with pytest.raises(OperationalError):
        work_off_next()
    assert StagedImport.objects.get().state == "to judge"


def test_a_failure_of_ours_is_said_and_ends_it(desk, address, monkeypatch):
    monkeypatch.setattr(queue, "judge", lambda *_arguments: 1 / 0)
    work_off_next()
    assert "The server failed at this file" in text_of(desk, address)
    assert not work_off_next()


def test_a_wrong_column_is_refused_at_once(desk):
    answer = upload(desk, [{**row, "nonsense": "x"} for row in persons()], model="members.person")
    assert "is not a column" in answer.content.decode()
    assert not StagedImport.objects.exists()


def test_how_many_rows_are_read_is_seen_from_outside():
    with telling("token"):
        row_read(EVERY)
        row_read(EVERY + 1)
        assert rows_read("token") == EVERY
    assert rows_read("token") == 0


def test_a_long_wait_is_said(desk, address):
    StagedImport.objects.update(queued_at=timezone.now() - timedelta(minutes=5))
    assert "waits for more than a minute" in text_of(desk, address)
