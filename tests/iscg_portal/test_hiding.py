"""Which changes of the record hide something that the public saw."""

import pytest
from django.conf import settings

from iscg_portal.history import remove_mistake
from iscg_portal.web import hiding
from meetings.models import DocumentFile
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaves_mark(django_capture_on_commit_callbacks):
    """`leaves_mark(act)`: whether the act leaves the mark once it is in the record."""
    mark = settings.MEDIA_ROOT / hiding.MARK

    def ask(act):
        mark.unlink(missing_ok=True)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return mark.exists()

    return ask


@pytest.fixture
def paper(world):
    return w.document(w.meeting("25-7"), "Made up")


def saved(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("visibility", ["restricted", "draft"])
def test_restricting_a_document_does_and_its_publishing_does_not(paper, leaves_mark, visibility):
    assert leaves_mark(lambda: saved(paper, visibility=visibility))
    assert not leaves_mark(lambda: saved(paper, title="Made up again"))
    assert not leaves_mark(lambda: saved(paper, visibility="public"))


def test_a_name_that_is_no_longer_public_does(world, leaves_mark):
    person = w.person("Zoe Vanishing")
    row = w.focal_point(world.subjects["EMF"], person, "BR", w.date(2024, 1, 1), name_is_public=True)
    assert leaves_mark(lambda: saved(row, name_is_public=False))
    assert not leaves_mark(lambda: saved(row, note="For staff"))


def test_a_file_whose_publishing_is_no_longer_decided_does(paper, leaves_mark):
    file = w.document_file(paper)
    DocumentFile.objects.filter(pk=file.pk).update(addresses_found={"email": 1}, addresses_decision="Agreed")
    file.refresh_from_db()
    assert leaves_mark(lambda: saved(file, addresses_decision=""))


def test_removing_what_the_public_saw_does_and_a_draft_does_not(paper, leaves_mark):
    draft = w.document(paper.meeting, "A draft", visibility="draft")
    assert not leaves_mark(lambda: remove_mistake(draft, reason="Entered twice"))
    assert leaves_mark(lambda: remove_mistake(paper, reason="Of another meeting"))


def test_what_is_entered_corrected_or_withdrawn_does_not(world, paper, leaves_mark):
    assert not leaves_mark(lambda: w.document(paper.meeting, "Another"))
    assert not leaves_mark(lambda: saved(w.person("Ada Testperson"), name="Ada Renamed"))
    assert not leaves_mark(lambda: saved(paper, withdrawn_on=paper.meeting.starts_on, withdrawn_because="An error"))


def test_nothing_does_whose_transaction_is_rolled_back(paper, leaves_mark):
    def act():
        with hiding.transaction.atomic():
            saved(paper, visibility="restricted")
            hiding.transaction.set_rollback(True)

    assert not leaves_mark(act)


def test_a_disk_that_is_away_stops_nobody(paper, settings, tmp_path, caplog, django_capture_on_commit_callbacks):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    with django_capture_on_commit_callbacks(execute=True):
        saved(paper, visibility="restricted")
    assert "nginx is not told" in caplog.text
