"""An upload waits for its own account, for two hours, and is stored once."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from iscg_portal.files import waiting as waiting_files
from iscg_portal.files.checks import KINDS
from iscg_portal.models import WaitingFile
from tests import world as w

pytestmark = pytest.mark.django_db
PURPOSE = "meetings.document"


@pytest.fixture
def account():
    return w.staff_account()


@pytest.fixture
def waiting(account):
    return waiting_files.let_wait(account, PURPOSE, io.BytesIO(b"made up"), "a.pdf", KINDS["pdf"], {"number": "1"})


def on_disk(settings):
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_it_is_found_by_its_token_by_its_account(waiting, account):
    found = waiting_files.waiting_for(account, PURPOSE, waiting.token)
    assert (found.file_name, found.facts, found.size) == ("a.pdf", {"number": "1"}, 7)
    with waiting_files.claim(found) as content:
        assert content.read() == b"made up"


def test_nobody_else_finds_it_and_nothing_else(waiting, account):
    other = w.staff_account("other@example.org")
    assert waiting_files.waiting_for(other, PURPOSE, waiting.token) is None
    assert waiting_files.waiting_for(account, "another purpose", waiting.token) is None
    assert waiting_files.waiting_for(account, PURPOSE, "guessed") is None


def test_it_is_stored_once(waiting, settings, django_capture_on_commit_callbacks):
    again = WaitingFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        waiting_files.done(waiting)
    assert on_disk(settings) == []
    with pytest.raises(ValidationError, match="stored already"):
        waiting_files.claim(again)


def test_it_is_forgotten_when_its_time_is_over(waiting, account, settings, django_capture_on_commit_callbacks):
    WaitingFile.objects.update(created_at=timezone.now() - datetime.timedelta(hours=3))
    assert waiting_files.waiting_for(account, PURPOSE, waiting.token) is None
    with django_capture_on_commit_callbacks(execute=True):
        waiting_files.forget_old()
    assert on_disk(settings) == [] and not WaitingFile.objects.exists()


def test_a_failure_on_the_way_leaves_nothing(account, settings, monkeypatch):
    monkeypatch.setattr(WaitingFile.objects, "create", lambda **fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        waiting_files.let_wait(account, PURPOSE, io.BytesIO(b"made up"), "a.pdf", KINDS["pdf"], {})
    assert on_disk(settings) == []


def test_a_content_that_is_gone_is_refused_with_a_sentence(waiting, settings):
    (Path(settings.MEDIA_ROOT) / "waiting" / waiting.token).unlink()
    with pytest.raises(ValidationError, match="upload the file again"):
        waiting_files.claim(waiting)
