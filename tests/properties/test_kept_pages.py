"""After every write, through whatever door, a kept page is the page as it would be made now."""

import io
from threading import Thread
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.web.page_cache import kept_pages
from members.models import Person
from tests import world as build
from tests.admin.conftest import list_of, page_of, save
from tests.importing.conftest import as_file, exported
from tests.processes import running
from tests.properties.drawn import steady
from tests.served import served

ADDRESSES = (
    "/en/",
    "/fr/composition/",
    "/en/composition.json",
    "/en/people/ada-testperson/",
    "/en/coordinators/?on=2025-02-12",
    "/en/documents/",
    "/en/documents.csv",
)


@pytest.fixture
def portal(transactional_db, world, settings, tmp_path):
    """The standing ISCG, committed, with a reader and somebody of the secretariat."""
    settings.REQUIRE_SECOND_FACTOR = False
    desk = Client()
    desk.force_login(world.staff)
    meeting = build.meeting("25-7")
    return SimpleNamespace(reader=Client(), desk=desk, ada=world.ada, meeting=meeting, file=tmp_path / "persons.csv")


def rename(word):
    """A change that composition, person and history print."""
    ada = Person.objects.get(slug="ada-testperson")
    ada.name = f"Ada {word}"
    ada.save()


def by_form(portal, word):
    assert save(portal.desk, page_of(portal.ada), name=f"Ada {word}", change_reason="Drawn").status_code == 302


def rows_with(word):
    return [row | {"name": f"Ada {word}"} for row in exported("person") if row["slug"] == "ada-testperson"]


def by_import(portal, word):
    content = SimpleUploadedFile("persons.xlsx", as_file(rows_with(word)))
    preview = portal.desk.post(list_of(Person, "import"), {"file": content})
    assert portal.desk.post(preview.url, {"reason": "Drawn"}).status_code == 302


def by_command(portal, word):
    portal.file.write_bytes(as_file(rows_with(word), "csv"))
    call_command("import_data", "person", str(portal.file), stdout=io.StringIO())


def by_another_process(portal, word):
    portal.file.write_bytes(as_file(rows_with(word), "csv"))
    with running("manage.py", "import_data", "person", str(portal.file)) as process:
        assert process.wait(timeout=60) == 0


def by_act(portal, word):
    build.document(portal.meeting, f"A paper on {word}")


def by_another_connection(portal, word):
    def write():
        rename(word)
        connections.close_all()

    thread = Thread(target=write)
    thread.start()
    thread.join(timeout=20)


def by_a_write_that_is_rolled_back(portal, word):
    with transaction.atomic():
        rename(word)
        assert word in portal.reader.get("/en/people/ada-testperson/").content.decode()
        transaction.set_rollback(True)


DOORS = (
    by_form,
    by_import,
    by_command,
    by_another_process,
    by_act,
    by_another_connection,
    by_a_write_that_is_rolled_back,
)


def answers(reader):
    """What a reader gets: status, headers and content of each page; through the server and without it the same."""
    found = [reader.get(address) for address in ADDRESSES]
    found = [(page.status_code, sorted(page.items()), page.content) for page in found]
    assert found == [served(address) for address in ADDRESSES]
    return found


@pytest.mark.walk
@pytest.mark.long(on="postgresql")  # the doors below hold it there
@steady(examples=6)
@given(
    writes=st.lists(
        st.tuples(st.sampled_from(DOORS), st.text("abcdefgh", min_size=3, max_size=6)), min_size=1, max_size=5
    )
)
def test_kept_pages_are_the_pages_as_they_would_be_made_now(portal, writes):
    answers(portal.reader)
    for door, word in writes:
        door(portal, word)
        given_out = [served(address) for address in ADDRESSES]
        kept_pages.clear()
        assert given_out == answers(portal.reader)
        assert len(kept_pages) == len(ADDRESSES)


@pytest.mark.parametrize("door", DOORS[:-1])
def test_every_door_is_seen_at_once(portal, door):
    before = answers(portal.reader)
    door(portal, "unheardof")
    after = answers(portal.reader)
    assert after != before
    assert any(b"unheardof" in content for _status, _headers, content in after)
