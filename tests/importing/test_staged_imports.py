"""Between preview and confirmation a file is kept for its account alone, and stands only while nothing changes."""

import hashlib
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from iscg_portal.files.leftovers import clear_leftovers
from iscg_portal.importing import staging
from iscg_portal.importing.sheet import FileRefused
from iscg_portal.models import RecordVersion, StagedImport
from members.models import Person, Representative
from tests.importing.conftest import as_file, exported, term
from tests.world import staff_account


@pytest.fixture
def staged(world):
    """Lea's term, previewed by the chief."""
    return staging.stage(world.staff, Representative, "terms.xlsx", as_file([term()]))


def refusal(staged):
    with pytest.raises(staging.NotConfirmed) as refused:
        staging.confirm(staged, Representative, reason="Appointed.")
    return refused.value.messages[0]


def test_confirmed_import_is_written_with_its_reason(staged, world):
    assert staging.confirm(staged, Representative, reason="Appointed.").counts["added"] == 1
    record = Representative.history.get(person=world.lea)
    assert (record.history_change_reason, record.history_user) == ("Appointed.", world.staff)


def test_upload_alone_writes_nothing_of_the_record(staged, world):
    assert not Representative.objects.filter(person=world.lea).exists()


def test_upload_leaves_public_pages_as_they_are_in_every_cache(world):
    before = RecordVersion.objects.get().token
    StagedImport.objects.create(account=world.staff, preview={}, token="x")
    assert RecordVersion.objects.get().token == before


def test_second_confirmation_is_refused(staged):
    staging.confirm(staged, Representative, reason="Appointed.")
    assert "written already" in refusal(staged)


def test_file_is_kept_until_it_is_written_and_no_longer(staged):
    staging.confirm(staged, Representative, reason="Appointed.")
    assert bytes(StagedImport.objects.get().content) == b""


def test_record_that_changed_since_the_preview_refuses(staged, world):
    """Somebody else entered the very term."""
    Representative.objects.create(person=world.lea, seat=world.seats["TDAG2"], starts_on="2026-05-01")
    assert "changed the records concerned" in refusal(staged)
    assert staging.preview_of(StagedImport.objects.get()).rows[0].verdict == "unchanged"


def test_column_that_the_file_does_not_have_counts_too(world):
    rows = [{name: row[name] for name in ("slug", "name", "honorific")} for row in exported("person")]
    rows[0]["honorific"] = "Dr"
    staged = staging.stage(world.staff, Person, "persons.csv", as_file(rows, "csv"))
    Person.objects.filter(pk=world.lea.pk).update(source="found elsewhere")
    with pytest.raises(staging.NotConfirmed, match="changed the records concerned"):
        staging.confirm(staged, Person, reason="Checked.")


def test_new_preview_after_a_change_can_be_confirmed(staged, world):
    person = Person.objects.get(pk=world.lea.pk)
    ended = Representative.objects.create(person=person, seat=world.seats["TDAG2"], starts_on="2026-01-01")
    assert refusal(staged)
    ended.delete()
    assert refusal(staged)
    assert staging.confirm(staged, Representative, reason="Appointed.").counts["added"] == 1


def test_change_of_other_records_does_not_matter(staged, world):
    Person.objects.filter(pk=world.ada.pk).update(source="found elsewhere")
    assert staging.confirm(staged, Representative, reason="Appointed.").is_accepted


def test_refused_preview_cannot_be_confirmed(world):
    staged = staging.stage(world.staff, Representative, "terms.xlsx", as_file([term("RAG1")]))
    with pytest.raises(Exception, match="Somebody else holds this seat"):
        staging.confirm(staged, Representative, reason="Appointed.")
    assert not Representative.objects.filter(person=world.lea).exists()


def test_kept_file_that_was_tampered_with_is_refused(staged):
    StagedImport.objects.update(content=as_file([term("TSAG2")]))
    assert "not the one that was uploaded" in refusal(staged)
    assert hashlib.sha256(as_file([term()], "csv")).hexdigest() != staged.content_digest


def test_time_is_over_after_two_hours(staged, world):
    StagedImport.objects.update(created_at=timezone.now() - timedelta(hours=2, minutes=1))
    assert staging.staged_for(world.staff, Representative, staged.token) is None
    assert "time for this import is over" in refusal(staged)


def test_what_is_older_than_two_hours_is_forgotten(staged, world):
    StagedImport.objects.update(created_at=timezone.now() - timedelta(hours=3))
    staging.stage(world.staff, Representative, "again.xlsx", as_file([term()]))
    clear_leftovers()
    assert [each.file_name for each in StagedImport.objects.all()] == ["again.xlsx"]


def test_staged_import_belongs_to_its_account_and_its_table(staged, world):
    other = staff_account("other@example.org")
    assert staging.staged_for(world.staff, Representative, staged.token) == staged
    assert staging.staged_for(other, Representative, staged.token) is None
    assert staging.staged_for(world.staff, Person, staged.token) is None


def test_token_cannot_be_guessed(staged):
    assert len(staged.token) >= 43


def busy(*args, **kwargs):
    raise OperationalError("database is locked")


def test_busy_database_is_a_sentence_and_the_preview_stays(staged, world, monkeypatch):
    monkeypatch.setattr(staging, "write", busy)
    assert "The database is busy. Nothing was written" in refusal(staged)
    assert staging.staged_for(world.staff, Representative, staged.token) == staged


def test_busy_database_is_a_sentence_on_upload_too(world, monkeypatch):
    monkeypatch.setattr(staging, "judge", busy)
    with pytest.raises(FileRefused, match="The database is busy"):
        staging.stage(world.staff, Representative, "terms.xlsx", as_file([term()]))
