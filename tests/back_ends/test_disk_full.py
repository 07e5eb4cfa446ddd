"""A disk without room for files: the person who sent one is told so, and nothing is half kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iscg_portal.models import WaitingFile
from tests import made_up_files as made
from tests import world
from tests.back_ends.conftest import fill_up

pytestmark = pytest.mark.django_db


def test_an_upload_finds_no_room_and_later_finds_it(client, settings, small_disk):
    settings.REQUIRE_SECOND_FACTOR, settings.MEDIA_ROOT = False, small_disk
    client.force_login(world.staff_account())
    client.raise_request_exception = False

    def upload():
        paper = SimpleUploadedFile("paper.docx", made.docx(made.paragraph("Made up")).getvalue())
        return client.post(reverse("admin:meetings_document_upload"), {"file": paper})

    rest = fill_up(small_disk)
    answer = upload()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "cannot keep or read files" in answer.content.decode()
    assert not WaitingFile.objects.exists()
    rest.unlink()
    assert upload().status_code == 302
