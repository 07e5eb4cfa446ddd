"""Files under their SHA-256: kept whole or not at all, answered with the right heads."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.test import RequestFactory

from iscg_portal.files import stored as stored_files
from iscg_portal.files import whole
from iscg_portal.files.checks import KINDS
from iscg_portal.files.whole import FileDiffers, FileIsGone
from iscg_portal.integrity.findings import file_differs, file_is_gone, last_verification
from iscg_portal.models import StoredFile
from iscg_portal.web.unavailable import IS_GONE, reason
from tests import made_up_files as made
from tests import world as w

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.4 made up %%EOF"


def kept(content=CONTENT):
    return stored_files.keep(io.BytesIO(content), KINDS["pdf"])


def on_disk(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def answered(stored, **headers):
    return stored_files.answer(RequestFactory().get("/", headers=headers), stored, "ISCG-25-1-01-E.pdf")


def test_a_file_is_kept_under_the_hash_of_its_content(settings):
    stored = kept()
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (stored.size, stored.kind) == (len(CONTENT), "pdf")
    assert [path.name for path in on_disk(settings)] == [stored.sha256]
    assert on_disk(settings)[0].read_bytes() == CONTENT


def test_the_same_content_is_kept_once(settings):
    assert kept() == kept()
    assert len(on_disk(settings)) == StoredFile.objects.count() == 1


def test_what_is_refused_leaves_nothing_behind(settings):
    with pytest.raises(ValidationError):
        stored_files.store(made.bomb(), "paper.docx")
    assert on_disk(settings) == [] and not StoredFile.objects.exists()


def test_an_act_that_fails_takes_its_files_away_again(settings):
    with pytest.raises(ZeroDivisionError), stored_files.nothing_half_stored():
        kept()
        raise ZeroDivisionError
    assert on_disk(settings) == [] and not StoredFile.objects.exists()


def test_a_content_that_was_there_before_stays_when_an_act_fails():
    stored = kept()
    with pytest.raises(ZeroDivisionError), stored_files.nothing_half_stored():
        kept()
        raise ZeroDivisionError
    assert stored_files.path_of(stored.sha256).read_bytes() == CONTENT


def test_a_disk_that_fails_in_the_middle_leaves_nothing_behind(settings, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(stored_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept()
    assert on_disk(settings) == [] and not StoredFile.objects.exists()


def test_only_a_hash_leads_to_a_file():
    with pytest.raises(SuspiciousOperation):
        stored_files.path_of("../../etc/passwd")


def test_a_file_is_sent_with_its_type_name_hash_and_nosniff():
    stored = kept()
    response = answered(stored)
    assert b"".join(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Disposition"] == 'inline; filename="ISCG-25-1-01-E.pdf"'
    assert (response["ETag"], response["X-Content-Type-Options"]) == (f'"{stored.sha256}"', "nosniff")


def test_an_office_file_is_sent_to_be_kept():
    stored = stored_files.store(made.docx())
    assert answered(stored)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Проект.docx", "filename*=utf-8''%D0%9F%D1%80%D0%BE%D0%B5%D0%BA%D1%82.docx"),
        ('a "b"; c.docx', 'filename="a \\"b\\"; c.docx"'),
        ("a\u202eb.docx", "filename*=utf-8''a%E2%80%AEb.docx"),
    ],
)
def test_any_name_is_said_as_headers_say_it(rf, name, said):
    response = stored_files.answer(rf.get("/"), stored_files.store(made.docx()), name)
    assert response["Content-Disposition"] == f"attachment; {said}"


@pytest.mark.parametrize("mark", ['"{}"', 'W/"{}"', '"other", "{}"'])
def test_who_has_the_file_already_gets_304(mark):
    stored = kept()
    assert answered(stored, if_none_match=mark.format(stored.sha256)).status_code == 304


def damage(stored, content=None):
    """Another content of the same length and of the same moment, as a disk may bring it about."""
    path = stored_files.path_of(stored.sha256)
    before = path.stat()
    path.write_bytes(content or bytes(reversed(path.read_bytes())))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_file_that_is_not_what_was_stored_is_not_sent_and_stands_on_the_desk():
    stored = kept()
    assert b"".join(answered(stored)) == CONTENT  # it was whole a moment ago
    damage(stored)
    for _time in range(2):
        with pytest.raises(FileDiffers):
            answered(stored)
    assert last_verification().findings == [file_differs(stored.sha256)]


@pytest.mark.parametrize(("language", "said"), [("fr-CH,fr;q=0.9", "fr"), ("zh-CN", "zh-Hans"), ("de", "en")])
def test_a_reader_is_told_in_the_language_of_the_browser(client, language, said):
    file = w.document_file(w.document(w.meeting("25-7")))
    damage(file.stored)
    client.raise_request_exception = False
    response = client.get(file.address, headers={"accept-language": language})
    assert (response.status_code, response["Content-Language"]) == (503, said)
    assert "no-store" in response["Cache-Control"] and int(response["Retry-After"])


def test_a_file_is_read_through_once_while_nobody_writes_to_it(monkeypatch):
    stored, read = kept(), []
    digest = hashlib.file_digest
    monkeypatch.setattr(whole.hashlib, "file_digest", lambda *args: read.append(1) or digest(*args))
    for _time in range(3):
        assert b"".join(answered(stored)) == CONTENT
    assert len(read) == 1
    damage(stored, CONTENT)  # the same content, written again
    assert b"".join(answered(stored)) == CONTENT
    assert len(read) == 2


def test_a_file_that_came_back_is_sent_again():
    stored = kept()
    damage(stored)
    with pytest.raises(FileDiffers):
        answered(stored)
    kept()
    assert b"".join(answered(stored)) == CONTENT


def test_a_file_that_is_gone_exists_and_cannot_be_had_now():
    """503: its disk may be away, and a cache goes on with the copy that it has."""
    stored = kept()
    stored_files.path_of(stored.sha256).unlink()
    with pytest.raises(FileIsGone) as told:
        answered(stored)
    assert reason(told.value) == IS_GONE
    assert last_verification().findings == [file_is_gone(stored.sha256)]
