"""Killing the process in the middle of an import leaves the database as before."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.utils import timezone

from iscg_portal.importing import staging
from iscg_portal.importing.queue import work_off_next
from iscg_portal.models import IMPORTER_DIED_AFTER, RecordVersion, StagedImport
from members.models import Representative
from tests.importing.conftest import as_file, term

ROOT = Path(__file__).resolve().parents[2]
DIES = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.db.models.signals import post_save
from members.models import Representative

def die(sender, **kwargs):
    die.rows += 1
    if die.rows == 3:
        os.kill(os.getpid(), signal.SIGKILL)

die.rows = 0
post_save.connect(die, sender=Representative)
"""
DIES_AT_THE_THIRD_ROW = f'{DIES}call_command("import_data", "representative", sys.argv[1])'
SENDER_DIES = f"{DIES}from iscg_portal.importing.queue import work_off_next; work_off_next()"


def database_url():
    """The database of this test, for another process."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    login = ":".join(quote(part, safe="") for part in (at["USER"], at["PASSWORD"]) if part)
    host = f"{at['HOST']}:{at['PORT']}" if at["PORT"] else at["HOST"]
    options = {name: value for name, value in at["OPTIONS"].items() if isinstance(value, str)}  # a socket's folder
    return f"postgres://{login}@{host}/{at['NAME']}?{urlencode(options)}"


def state():
    """What the import could have touched."""
    rows = Representative.objects.order_by("pk").values_list()
    return list(rows), Representative.history.count(), RecordVersion.objects.get().token


def killed(script, *arguments):
    """Run a script that kills itself."""
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "iscg_portal.settings"}
    command = [sys.executable, "-c", script, *arguments]
    ended = subprocess.run(command, env=environment, cwd=ROOT, timeout=120, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.django_db(transaction=True)
def test_the_sender_killed_while_it_writes_leaves_the_database_as_before_and_writes_it_later(world, monkeypatch):
    monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
    rows = [term(starts_on=f"20{year}", ends_on=f"20{year + 1}", ends_precision="year") for year in range(30, 40)]
    staged = staging.stage(world.staff, Representative, "terms.csv", as_file(rows, "csv"))
    work_off_next()
    staging.ask_for_writing(staged, "Carried over.")
    before = state()
    killed(SENDER_DIES)
    assert (state(), StagedImport.objects.get().state) == (before, "being written")
    StagedImport.objects.update(claimed_at=timezone.now() - 2 * IMPORTER_DIED_AFTER)
    assert [work_off_next(), work_off_next()] == [True, False]
    assert Representative.objects.filter(person=world.lea).count() == len(rows)


@pytest.mark.django_db(transaction=True)
def test_process_killed_in_the_middle_of_an_import_leaves_the_database_as_before(world, tmp_path):
    rows = [term(starts_on=f"20{year}", ends_on=f"20{year + 1}", ends_precision="year") for year in range(30, 40)]
    before, file = state(), tmp_path / "terms.csv"
    file.write_bytes(as_file(rows, "csv"))
    killed(DIES_AT_THE_THIRD_ROW, str(file))
    assert state() == before
