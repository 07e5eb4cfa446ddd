"""An SQLite file that is locked, read-only, without room, or away; and a disk without room for files."""

import shutil
import sqlite3

import pytest

from tests.back_ends.conftest import fill_up
from tests.back_ends.portal import assert_machines_answer, assert_unavailable, serving

AWAY, NOT_COUNTED = "does not reach its record", "cannot count attempts"


@pytest.fixture
def database(filled, tmp_path):
    return shutil.copy(filled, tmp_path / "portal.sqlite3")


def test_a_lock_that_nobody_gives_back_ends_in_a_sentence(database):
    other = sqlite3.connect(database, isolation_level=None)
    with serving(f"sqlite:///{database}") as portal:
        other.execute("BEGIN IMMEDIATE")
        assert portal.get("/en/composition/").status_code == 200
        assert_unavailable(portal.sign_in(), NOT_COUNTED)
        assert portal.get("/readyz").text == "The database takes no write.\n"
        assert_machines_answer(portal)
        other.execute("ROLLBACK")
        assert portal.sign_in().status_code == 302


def test_a_file_that_may_only_be_read_is_read(database):
    database.chmod(0o444)
    with serving(f"sqlite:///{database}") as portal:
        assert portal.get("/en/composition/").status_code == 200
        assert_unavailable(portal.sign_in(), NOT_COUNTED)
        assert portal.get("/readyz").status_code == 503
        assert_machines_answer(portal)
        database.chmod(0o644)


def test_reading_goes_on_while_its_disk_is_full(filled, small_disk):
    shutil.copy(filled, small_disk)
    with serving(f"sqlite:///{small_disk}/portal.sqlite3") as portal:
        portal.get("/en/")
        rest = fill_up(small_disk)
        assert portal.get("/en/composition/").status_code == 200
        assert_unavailable(portal.sign_in(), NOT_COUNTED)
        rest.unlink()
        assert portal.sign_in().status_code == 302


def test_a_file_that_is_gone_and_comes_back(database):
    with serving(f"sqlite:///{database.parent}/elsewhere/portal.sqlite3") as portal:
        assert_unavailable(portal.get("/en/composition/"), AWAY)
        assert_machines_answer(portal)
        (database.parent / "elsewhere").mkdir()
        shutil.copy(database, database.parent / "elsewhere")
        assert portal.get("/en/composition/").status_code == 200
