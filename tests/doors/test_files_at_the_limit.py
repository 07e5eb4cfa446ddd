"""A file that costs its reader too much is refused with the same sentence at every door that takes one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from iscg_portal.files import apart
from reports.models import Transmission
from tests import made_up_files as made
from tests import world as w

pytestmark = pytest.mark.django_db
SENTENCE = "takes more time or memory than the portal gives to one"


@pytest.fixture
def desk(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account("chief@example.org"))
    return client


@pytest.fixture
def no_time(monkeypatch):
    """No file is read within it."""
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0)


def pages():
    """The pages of the admin that take a file: address, and the other fields."""
    document = w.document(w.meeting("25-1"))
    transmission = w.saved(Transmission(report=w.published_report("2024"), group=w.advisory_group("RAG")))
    return {
        "/admin/meetings/document/upload/": {},
        f"/admin/meetings/document/{document.pk}/file/": {"language": "en"},
        "/admin/reports/annualreport/archive/": {"period": "2019", "language": "en"},
        f"/admin/reports/transmission/{transmission.pk}/file/": {"language": "en"},
        "/admin/members/person/import/": {},
    }


def test_every_page_says_so(desk, no_time):
    for address, fields in pages().items():
        file = SimpleUploadedFile("paper.docx", made.docx().getvalue())
        answer = desk.post(address, {**fields, "file": file})
        assert answer.status_code == 200, address
        assert SENTENCE in answer.content.decode(), address


def test_so_does_what_is_read_after_the_check(desk, monkeypatch):
    """The kind of a file is quickly told; its header, or its search, may cost too much."""
    for name in ("read_header", "found_in"):
        with monkeypatch.context() as patch:
            patch.setattr(f"meetings.admin.uploading.{name}", apart.apart(lambda *_file: apart.time.sleep(9)))
            patch.setattr(apart, "LONGEST_WAIT", 1)
            file = SimpleUploadedFile("paper.docx", made.docx().getvalue())
            assert SENTENCE in desk.post("/admin/meetings/document/upload/", {"file": file}).content.decode()


def test_so_does_the_command(no_time, tmp_path):
    (tmp_path / "persons.csv").write_bytes(b"name\nAda Testperson\n")
    with pytest.raises(CommandError, match=SENTENCE):
        call_command("import_data", "Person", str(tmp_path / "persons.csv"), stdout=io.StringIO())
