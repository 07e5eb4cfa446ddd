"""All public files of a meeting as one ZIP, sent while it is made."""

import io
import tracemalloc
import zipfile

import pytest

from iscg_portal.files.whole import path_of
from iscg_portal.models import StoredFile
from meetings.pages.files import ZipEntry, length_of, zip_of
from tests import world as w

ADDRESS = "/en/meetings/25-7.zip"


@pytest.fixture
def papers(db):
    """A meeting with a document in two languages and a withdrawn one."""
    meeting = w.meeting("25-7")
    document = w.document(meeting)
    for language in ("en", "fr"):
        w.document_file(document, language, content=f"%PDF-1.4 {language} %%EOF".encode())
    gone = w.document(meeting, "Withdrawn, made up", withdrawn_on=w.DAY, withdrawn_because="A test")
    w.document_file(gone, content=b"%PDF-1.4 gone %%EOF")
    return meeting


def test_it_holds_every_file_and_says_which_are_withdrawn(client, papers):
    response = client.get(ADDRESS)
    content = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) == 3
    assert [name.startswith("withdrawn/") for name in names] == [False, False, True]
    assert int(response["Content-Length"]) == len(content)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/zip", "nosniff")


def test_who_has_it_already_is_told_so(client, papers):
    tag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


def test_a_new_file_makes_another_one(client, papers):
    tag = client.get(ADDRESS)["ETag"]
    w.document_file(w.document(papers, "Late, made up"), content=b"%PDF-1.4 late %%EOF")
    assert client.get(ADDRESS)["ETag"] != tag


def test_without_the_content_of_one_nothing_is_sent(client, papers):
    path_of(StoredFile.objects.first().sha256).unlink()
    client.raise_request_exception = False
    assert client.get(ADDRESS).status_code == 503


def test_with_a_content_that_is_not_what_was_stored_nothing_is_sent(client, papers):
    path_of(StoredFile.objects.first().sha256).write_bytes(b"other")
    client.raise_request_exception = False
    assert client.get(ADDRESS).status_code == 503


def test_a_meeting_without_public_files_has_none(client, db):
    w.meeting("25-8")
    assert client.get("/en/meetings/25-8.zip").status_code == 404


def test_large_files_pass_through_little_memory(db):
    size = 30_000_000
    stored = w.document_file(w.document(w.meeting("25-7")), content=b"%PDF-1.4" + bytes(size)).stored
    entries = [ZipEntry(f"{n}.pdf", stored.sha256, stored.size, (2025, 1, 1, 0, 0, 0)) for n in range(4)]
    tracemalloc.start()
    sent = sum(len(piece) for piece in zip_of(entries))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent == length_of(entries)
    assert peak < 10_000_000
