"""Killed at any moment, a backup leaves no half archive, and a restore the old record or the new one."""

from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from iscg_portal.archive.backup import backup
from iscg_portal.archive.container import opened
from iscg_portal.archive.restore import restore
from iscg_portal.models import StoredFile
from members.models import Person
from tests import walks
from tests.archive.conftest import files, rows
from tests.kills import run_apart

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.walk]


def half_done():
    """What a killed process may leave on the disk beside the files that rows name."""
    named = set(StoredFile.objects.values_list("pk", flat=True))
    return {*files()} - named, list(Path(settings.MEDIA_ROOT).glob(".arriving-*"))


def points(steps, count):
    """So many of the steps: the first, the last, and others between them at equal distances; in `make test` half."""
    count = count if walks.whole else count // 2
    return sorted({1 + (steps - 1) * number // (count - 1) for number in range(count)})


def test_a_restore_killed_anywhere_leaves_the_old_record_or_the_new_one(archive):
    restore(archive, replace=True)  # what is made but once, such as the mark for nginx, is there from now on
    new = rows(), files()
    Person.objects.filter(slug="lea-nobody").update(name="Another Name, made up")
    old = rows()
    act = partial(restore, archive, replace=True)
    steps = run_apart(act)
    assert steps > 100 and rows() == new[0]
    for step in points(steps, 6):
        Person.objects.filter(slug="lea-nobody").update(name="Another Name, made up")
        assert run_apart(act, dies_at=step) is None
        assert rows() in (old, new[0])
        assert set(StoredFile.objects.values_list("pk", flat=True)) <= {*files()}
    restore(archive, replace=True)
    assert (rows(), files(), half_done()) == (*new, (set(), []))


def test_a_killed_backup_leaves_the_archive_before_it(archive):
    before = archive.read_bytes()
    act = partial(backup, archive)
    for step in points(run_apart(act), 6):
        archive.write_bytes(before)
        assert run_apart(act, dies_at=step) is None
        with opened(archive):
            pass
    backup(archive)
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]
