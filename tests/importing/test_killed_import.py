"""Killing the process in the middle of an import leaves the database as before."""

import os
import signal

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_save
from django.utils import timezone

from iscg_portal.importing import staging
from iscg_portal.importing.queue import work_off_next
from iscg_portal.models import IMPORTER_DIED_AFTER, RecordVersion, StagedImport
from members.models import Representative
from tests.importing.conftest import as_file, term


def state():
    """What the import could have touched."""
    rows = Representative.objects.order_by("pk").values_list()
    return list(rows), Representative.history.count(), RecordVersion.objects.get().token


def killed_at_the_third_row(act):
    """Carry it out in a process of its own, which kills itself."""
    saved = []

    def die(sender, **kwargs):
        saved.append(sender)
        if len(saved) == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    connections.close_all()  # two processes on one connection would be one too many
    child = os.fork()
    if not child:
        try:
            post_save.connect(die, sender=Representative)
            act()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.django_db(transaction=True)
def test_the_sender_killed_while_it_writes_leaves_the_database_as_before_and_writes_it_later(world, monkeypatch):
    monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
    rows = [term(starts_on=f"20{year}", ends_on=f"20{year + 1}", ends_precision="year") for year in range(30, 40)]
    staged = staging.stage(world.staff, Representative, "terms.csv", as_file(rows, "csv"))
    work_off_next()
    staging.ask_for_writing(staged, "Carried over.")
    before = state()
    killed_at_the_third_row(work_off_next)
    assert (state(), StagedImport.objects.get().state) == (before, "being written")
    StagedImport.objects.update(claimed_at=timezone.now() - 2 * IMPORTER_DIED_AFTER)
    assert [work_off_next(), work_off_next()] == [True, False]
    assert Representative.objects.filter(person=world.lea).count() == len(rows)


@pytest.mark.django_db(transaction=True)
def test_process_killed_in_the_middle_of_an_import_leaves_the_database_as_before(world, tmp_path):
    rows = [term(starts_on=f"20{year}", ends_on=f"20{year + 1}", ends_precision="year") for year in range(30, 40)]
    before, file = state(), tmp_path / "terms.csv"
    file.write_bytes(as_file(rows, "csv"))
    killed_at_the_third_row(lambda: call_command("import_data", "representative", str(file)))
    assert state() == before
