"""What killed uploads and unconfirmed previews leave is cleared when it is old, and what a row names never."""

import io
import os
from pathlib import Path

import pytest

from iscg_portal.files.checks import KINDS
from iscg_portal.files.leftovers import clear_leftovers
from iscg_portal.files.stored import keep, path_of
from iscg_portal.files.waiting import let_wait
from iscg_portal.models import StoredFile
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(settings):
    return Path(settings.MEDIA_ROOT)


def leave(path, when=0):
    """A file as a killed process leaves it, long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"made up")
    os.utime(path, when and (when, when) or (0, 0))
    return path


@pytest.mark.parametrize("place", ["waiting/nobodys", ".arriving-x1", f"sha256/ab/ab{'0' * 62}"])
def test_what_no_row_names_is_removed_after_a_day(root, place):
    left = leave(root / place)
    young = leave(left.with_name(left.name[:-1] + "9"))
    os.utime(young)
    assert clear_leftovers() == 1
    assert (left.exists(), young.exists()) == (False, True)


def test_a_stored_content_stays_however_old(root):
    stored = keep(io.BytesIO(b"made up"), KINDS["pdf"])
    os.utime(path_of(stored.pk), (0, 0))
    assert clear_leftovers() == 0
    assert path_of(stored.pk).exists()


def test_a_waiting_file_stays_as_long_as_its_row(root):
    waiting = let_wait(w.staff_account(), "meetings.document", io.BytesIO(b"x"), "a.pdf", KINDS["pdf"], {})
    os.utime(root / "waiting" / waiting.token, (0, 0))
    assert clear_leftovers() == 0
    assert (root / "waiting" / waiting.token).exists()


def test_a_content_that_is_stored_this_very_moment_stays(root, monkeypatch):
    stored = keep(io.BytesIO(b"made up"), KINDS["pdf"])
    path = path_of(stored.pk)
    os.utime(path, (0, 0))
    named = StoredFile.objects.values_list
    monkeypatch.setattr(StoredFile.objects, "values_list", lambda *a, **o: named(*a, **o).exclude(pk=stored.pk))
    assert clear_leftovers() == 0
    assert path.exists()


def test_the_other_files_of_the_folder_are_nobodys_business(root):
    assert leave(root / "readme.txt").exists() and clear_leftovers() == 0
    assert (root / "readme.txt").exists()
