"""A damaged, foreign or hostile archive is refused, and so is a portal that is filled; nothing is touched then."""

import io
import json
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from iscg_portal import record_version
from iscg_portal.archive import restore as restoring
from iscg_portal.archive.container import ArchiveRefused, Writer, opened
from iscg_portal.archive.restore import refuse_filled, restore
from members.models import Person
from tests.archive.conftest import files, rows

ROOT = Path(__file__).resolve().parents[2]


def small(file):
    """A whole archive of few bytes, which names no migration."""
    writer = Writer(file)
    with writer.part("rows/members_person.jsonl") as part:
        part.write(b'[1,"x"]\n')
    writer.finish({"migrations": [], "tables": [], "lacking": []})


@pytest.fixture
def content(tmp_path):
    """The bytes of a small archive."""
    with open(tmp_path / "small", "w+b") as file:
        small(file)
    return (tmp_path / "small").read_bytes()


def is_refused(path, content):
    path.write_bytes(content)
    try:
        with opened(path):
            return False
    except ArchiveRefused:
        return True


def test_the_small_archive_is_whole(tmp_path, content):
    assert not is_refused(tmp_path / "archive", content)


def test_one_flipped_byte_at_any_place_is_refused(tmp_path, content):
    for place in range(len(content)):
        damaged = bytearray(content)
        damaged[place] ^= 1
        assert is_refused(tmp_path / "archive", damaged), place


def test_an_archive_cut_off_at_any_place_is_refused(tmp_path, content):
    assert [length for length in range(len(content)) if not is_refused(tmp_path / "archive", content[:length])] == []


def test_an_archive_with_something_behind_its_end_is_refused(tmp_path, content):
    assert is_refused(tmp_path / "archive", content + b"\n")


@pytest.mark.parametrize("foreign", [b"", b"PK\x05\x06" + b"\0" * 18, b"SQLite format 3\0" + b"\0" * 500])
def test_what_is_no_archive_is_refused(tmp_path, foreign):
    assert is_refused(tmp_path / "archive", foreign)


class Forged(Writer):
    """Whole to its end, but not as the portal writes it."""

    def __init__(self, file, entries=(), **said):
        super().__init__(file)
        self._said = said
        with self.part("rows/members_person.jsonl") as part:
            part.write(b"[1]\n")
        for head, content, packing in entries:
            self._zip.writestr(head, content, packing)

    def finish(self, manifest):
        self.parts |= self._said.pop("parts", {})
        with suppress(TypeError):  # of what it returns; all is written by then
            super().finish({**manifest, **self._said})


def named(name, mode=0):
    head = zipfile.ZipInfo(name)
    head.external_attr = mode << 16
    return head


ROWS = "rows/members_account.jsonl"
ZEROS = {"size": 10_000_000, "sha256": "78bf8e3a5b2d9ff4ab1fd2ac6d4a2d2e6a5f3a1a4a3b1a3e9c6e5c3a1f2b0d11"}
HOSTILE = {
    "a part that leads out of the folder": ([(named("../../etc/cron.d/x"), b"x", 0)], {}),
    "the same, and the manifest names it": (
        [(named("../x"), b"x", 0)],
        {"parts": {"../x": {"size": 1, "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}}},
    ),
    "a link": ([(named(ROWS, 0o120777), b"/etc/passwd", 0)], {"parts": {ROWS: ZEROS}}),
    "a packed part": ([(named(ROWS), b"0" * 10_000_000, zipfile.ZIP_DEFLATED)], {"parts": {ROWS: ZEROS}}),
    "a part twice": ([(named("rows/members_person.jsonl"), b"[2]\n", 0)], {}),
    "a part that is not there": ([], {"parts": {ROWS: ZEROS}}),
    "a part of another length": ([(named(ROWS), b"x", 0)], {"parts": {ROWS: ZEROS}}),
    "a file under another hash": ([(named("files/" + "0" * 64), b"x", 0)], {"parts": {"files/" + "0" * 64: ZEROS}}),
    "another format": ([], {"format": "something else"}),
    "a later version of the format": ([], {"version": 2}),
    "parts that are no parts": ([], {"parts": {ROWS: 5}}),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused_with_a_sentence(tmp_path, kind):
    entries, said = HOSTILE[kind]
    with open(tmp_path / "archive", "w+b") as file:
        Forged(file, entries, **said).finish({})
    with pytest.raises(ArchiveRefused, match=r"\.$"), opened(tmp_path / "archive"):
        pass


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_manifest_deeper_than_python_reads_is_refused(tmp_path):
    with open(tmp_path / "archive", "w+b") as file:
        writer = Writer(file)
        writer._zip.writestr("manifest.json", "[" * 100_000)
        writer.finish({})
    with pytest.raises(ArchiveRefused), opened(tmp_path / "archive"):
        pass


def rewritten(path, change):
    """The archive after `change` of {name: content} of its parts, and of its manifest; whole to its end."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    change(parts, manifest)
    with open(path, "w+b") as file:
        writer = Writer(file)
        for name, content in parts.items():
            with writer.part(name) as part:
                part.write(content)
        del manifest["parts"]
        writer.finish(manifest)


def other_rows(table, content, count=1):
    """The table has these rows in the archive."""

    def change(parts, manifest):
        parts[f"rows/{table}.jsonl"] = content
        next(one for one in manifest["tables"] if one["table"] == table)["rows"] = count

    return change


def without_a_table(parts, manifest):
    manifest["tables"].pop()


def another_column(parts, manifest):
    manifest["tables"][0]["columns"][0] = ['id"; DROP TABLE members_person; --', "integer"]


def without_its_files(parts, manifest):
    for name in [name for name in parts if name.startswith("files/")]:
        del parts[name]


STRANGE = {
    "without the files that rows name": without_its_files,
    "with a number that is none": lambda parts, manifest: manifest["tables"][0].update(last_number="7"),
    "without a word on migrations": lambda parts, manifest: manifest.pop("migrations"),
    "no rows of JSON": other_rows("members_seat", b"{}\n"),
    "rows with a column less": other_rows("members_seat", b'["RAG1"]\n'),
    "a row deeper than Python reads": other_rows("members_seat", b"[" * 100_000 + b"\n"),
    "no rows where others point to them": other_rows("members_person", b"", 0),
    "fewer rows than it says": other_rows("reports_reportedevent", b"", 7),
    "without a table": without_a_table,
    "with a column that is none": another_column,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", STRANGE)
def test_rows_that_the_database_does_not_take_change_nothing(archive, kind):
    before = rows(), files()
    rewritten(archive, STRANGE[kind])
    with pytest.raises(ArchiveRefused):
        restore(archive, replace=True)
    assert (rows(), files()) == before


LATER = ("members", "9999_later")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (set(), [LATER], r"of a later version.*members\.9999_later"),
        ({LATER}, [], r"of an earlier.*members\.9999_later"),
    ],
)
def test_an_archive_of_another_version_is_refused(archive, monkeypatch, ours, theirs, said):
    monkeypatch.setattr(restoring, "applied_migrations", lambda connection: ours)
    token = record_version.current()
    rewritten(archive, lambda parts, manifest: manifest.update(migrations=theirs))
    with pytest.raises(ArchiveRefused, match=said):
        restore(archive, replace=True)
    assert record_version.current() == token


@pytest.mark.django_db(transaction=True)
def test_a_filled_portal_says_what_would_be_replaced(archive):
    before, token = rows(), record_version.current()
    with pytest.raises(CommandError, match=r"would replace .*\d+ persons.*--replace"):
        call_command("restore", str(archive))
    assert (rows(), record_version.current()) == (before, token)


@pytest.mark.django_db(transaction=True)
def test_a_portal_with_nothing_but_what_migrate_makes_is_not_filled():
    assert not Person.objects.exists()
    refuse_filled()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("restore", str(tmp_path / "nowhere"), stdout=io.StringIO())


def test_a_database_that_was_not_migrated_is_refused(tmp_path, content):
    (tmp_path / "archive").write_bytes(content)
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3", "MEDIA_ROOT": str(tmp_path)}
    command = [sys.executable, "manage.py", "restore", str(tmp_path / "archive")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, "run migrate first" in done.stderr) == (1, True), done.stderr


def test_make_run_takes_an_archive():
    command = ["make", "--no-print-directory", "--dry-run", "run", "ARCHIVE=a file"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert said.stdout.splitlines()[-1].endswith('tools/run.py "a file"')
