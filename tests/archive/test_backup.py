"""A backup is taken while others write, shows one moment, and is for its owner alone."""

import fcntl
import json
import tracemalloc
import zipfile
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from iscg_portal.archive import backup as backing_up
from iscg_portal.archive.backup import BackupRefused, backup
from iscg_portal.archive.restore import restore
from iscg_portal.files.whole import path_of
from iscg_portal.mail.models import Mail
from iscg_portal.models import StoredFile
from members.models import Person
from tests import world as w
from tests.archive.conftest import WILD, rows

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(act):
    """Done by somebody else, over a connection of its own, before anything goes on here."""

    def play():
        try:
            act()
        finally:
            connections.close_all()

    thread = Thread(target=play)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive(), "a writer waits for the backup"


def test_what_others_write_meanwhile_is_not_in_it_and_they_do_not_wait(filled, tmp_path, monkeypatch):
    before, take = rows(), backing_up._take_rows

    def and_somebody_writes(model, using, writer):
        taken = take(model, using, writer)
        if model._meta.db_table == "members_historicalperson":
            in_a_thread(lambda: w.saved(Person(name="Written Meanwhile", slug="meanwhile", sort_key="m")))
        return taken

    monkeypatch.setattr(backing_up, "_take_rows", and_somebody_writes)
    backup(tmp_path / "archive")
    assert Person.objects.filter(slug="meanwhile").exists()
    restore(tmp_path / "archive", replace=True)
    assert rows() == before


def test_a_file_that_its_disk_does_not_give_is_named_and_all_else_is_in_it(filled, tmp_path):
    stored = StoredFile.objects.order_by("pk").first()
    path_of(stored.pk).unlink()
    path_of(stored.pk).mkdir()  # opening fails otherwise than for a file that is gone
    assert backup(tmp_path / "archive").lacking == [stored.pk]
    path_of(stored.pk).rmdir()


def test_it_is_for_its_owner_alone_and_nothing_else_is_left(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    assert list(archive.parent.iterdir()) == [archive]


def test_an_older_archive_of_the_name_is_replaced(archive):
    before = archive.read_bytes()
    archive.chmod(0o644)
    w.person("Added Later")
    backup(archive)
    assert archive.read_bytes() != before and archive.stat().st_mode & 0o777 == 0o600


def test_two_backups_at_once_do_not_write_into_one_file(archive):
    with open(archive.with_name(f".{archive.name}.part"), "wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(BackupRefused, match="Another backup"):
            backup(archive)


@pytest.mark.parametrize(("place", "said"), [("", "is no file"), ("nowhere/archive", "No such file")])
def test_where_nothing_can_be_written_the_command_says_so(tmp_path, place, said):
    with pytest.raises(CommandError, match=said):
        call_command("backup", str(tmp_path / place))


def test_a_disk_that_fails_leaves_no_half_archive(filled, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up.Writer, "finish", full)
    with pytest.raises(CommandError, match="No space left on device. There is no new archive"):
        call_command("backup", str(tmp_path / "archive"))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_named_and_all_else_is_in_it(filled, tmp_path, capsys):
    damaged, gone = StoredFile.objects.order_by("pk")[:2]
    path_of(damaged.pk).write_bytes(b"other")
    path_of(gone.pk).unlink()
    with pytest.raises(CommandError, match=f"Not in the archive.*\n{damaged.pk}\n{gone.pk}") as refusal:
        call_command("backup", str(tmp_path / "archive"))
    assert refusal.value.returncode == 3
    before = rows()
    call_command("restore", str(tmp_path / "archive"), "--replace")
    assert f"lacking already when the archive was made:\n{damaged.pk}\n{gone.pk}" in capsys.readouterr().err
    assert rows() == before


def test_its_rows_are_readable_by_anyone_who_may(archive):
    with zipfile.ZipFile(archive) as parts:
        manifest = json.loads(parts.read("manifest.json"))
        (table,) = (one for one in manifest["tables"] if one["table"] == "members_account")
        row = json.loads(parts.read("rows/members_account.jsonl").splitlines()[0])
        names = [name for name, _kind in table["columns"]]
        assert "@" in dict(zip(names, row, strict=True))["email"]
    assert manifest["left_out"]["sessions.Session"]


def test_a_large_table_passes_through_little_memory(transactional_db, tmp_path):
    texts = (Mail(to="nobody@example.org", subject="Made up", text=WILD * 500) for _number in range(400))
    Mail.objects.bulk_create(texts, batch_size=100)
    backup(tmp_path / "first")  # what is imported now stays
    size = (tmp_path / "first").stat().st_size
    tracemalloc.start()
    backup(tmp_path / "archive")
    restore(tmp_path / "archive", replace=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 9_000_000 and peak < 7_000_000
