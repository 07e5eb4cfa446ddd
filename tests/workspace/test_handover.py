"""At a change of the Chair or of a Coordinator one frozen, hashed file: shown first, for the successor and staff."""

import hashlib
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from docx import Document as Docx

from iscg_portal.files.stored import opened
from iscg_portal.tenure.dates import today
from meetings.models import Document
from members.models import ChairTerm, ContactData
from tests import world as w
from workspace.handover.acts import erase_with_contacts, freeze
from workspace.models import Handover

pytestmark = pytest.mark.django_db


@pytest.fixture
def change():
    """EMF, whose Coordinator of today follows another, with something of each kind open."""
    emf, ada, ben = w.subject("EMF"), w.person("Ada Before"), w.person("Ben After")
    w.coordinator(emf, ada, date(2022, 1, 1), today())
    term = w.coordinator(emf, ben, today())
    chair = w.person("Gus Chair")
    w.chair_term(chair, date(2022, 1, 1))
    w.contact_data(chair, "gus@example.org")
    w.key_issue("Open, made up", subject=emf, published_on=date(2025, 3, 1))
    w.key_issue("Of nobody here, made up", published_on=date(2025, 3, 1))
    w.coordinator_report(emf, w.meeting("25-1"), ada, guidance="Guide BR, made up")
    w.deadline(w.meeting("99-1", today() + timedelta(60)))
    statement = w.document(
        w.meeting("25-2", date(2025, 9, 1)), "A question, made up", type=Document.Type.LIAISON, subjects=[emf]
    )
    w.liaison(statement, action=["ISCG"])
    return term


def text_of(content):
    document = Docx(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_it_is_offered_shown_frozen_and_downloaded_by_staff(client, change, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    address = f"/admin/subjects/coordinator/{change.pk}/"
    assert "Handover file…" in client.get(f"{address}change/").content.decode()
    shown = client.get(f"{address}handover/").content.decode()
    assert "Open, made up" in shown and "gus@example.org" in shown and not Handover.objects.exists()
    client.post(f"{address}handover/", {"language": "fr"})
    made = Handover.objects.get()
    answer = client.get(f"{address}handover/file/")
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == made.stored_id and made.language == "fr"
    assert made.stored_id in client.get(f"{address}handover/").content.decode()
    assert "is made already" in client.post(f"{address}handover/", {"language": "en"}).content.decode()


def test_replacing_offers_it(client, change, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    given = {
        "person": w.person("Cy Next").pk,
        "on": (today() + timedelta(1)).isoformat(),
        "how_ended": "replaced",
        "rag_appointed": "on",
    }
    given |= {"country": w.country("CH").pk}
    page = client.post(f"/admin/subjects/coordinator/{change.pk}/replace/", given, follow=True).content.decode()
    assert "make the handover file" in page and "/handover/" in page


def test_the_successor_alone_has_it_in_the_workspace_with_what_is_open(client, change):
    made = freeze(change, "en")
    client.force_login(w.account("ben@example.org", person=change.person))
    page = client.get("/en/workspace/").content.decode()
    assert made.stored_id in page
    text = text_of(b"".join(client.get(f"/en/workspace/handover/{made.pk}/").streaming_content))
    for said in ("Open, made up", "A question, made up", "contributions", "Guide BR, made up", "gus@example.org"):
        assert said in text, said
    assert "Of nobody here" not in text
    before = w.account("ada@example.org", person=change.subject.coordinator_set.get(ends_on=today()).person)
    for other in (before, w.account("else@example.org")):
        client.force_login(other)
        assert client.get(f"/en/workspace/handover/{made.pk}/").status_code == 404


def test_what_was_erased_is_not_given_out(client, change):
    made = freeze(change, "en")
    client.force_login(w.account("ben@example.org", person=change.person))
    ContactData.objects.all().delete()
    assert client.get(f"/en/workspace/handover/{made.pk}/").status_code == 410
    assert erase_with_contacts() == 1


def test_the_chair_takes_over_all_subjects_in_any_language(change):
    made = freeze(ChairTerm.objects.get(), "ar")
    assert made.name.startswith("iscg-handover-chair-")
    assert "Of nobody here, made up" in text_of(opened(made.stored).read())
    with pytest.raises(ValidationError, match="has ended"):
        freeze(change.subject.coordinator_set.get(ends_on=today()), "en")
