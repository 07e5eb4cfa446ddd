"""The register in the admin: documents entered, revised, filed, decided on and withdrawn."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.models import Addressee, Document, DocumentFile, LiaisonStatement, RegisterNumber
from tests import made_up_files as made
from tests import world as w
from tests.admin.conftest import complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return w.meeting("25-1")


@pytest.fixture
def document(meeting):
    return w.document(meeting, dated_on=date(2025, 1, 23), submitted_by="Chair, ISCG")


def enter(desk, **fields):
    """Enter a document as the form sends it."""
    given = {"type": "contribution", "title": "Made up", "original_language": "en", "visibility": "public"}
    return desk.post(list_of(Document, "add"), given | fields)


def refusal(response):
    """What an act's page says against it."""
    form = response.context["adminform"].form
    return " ".join(str(sentence) for errors in form.errors.values() for sentence in errors)


def test_the_register_gives_the_number_when_the_page_is_saved(desk, meeting):
    assert desk.get(f"{list_of(Document, 'add')}?meeting={meeting.pk}").status_code == 200
    assert not RegisterNumber.objects.exists()
    response = enter(desk, meeting=meeting.pk, reason="By mail")
    document = Document.objects.get()
    assert response.url == page_of(document)
    assert (document.number, document.history.first().history_change_reason) == ("ISCG/25-1/01", "By mail")


def test_a_title_is_kept_in_the_document_s_own_language(desk, meeting):
    enter(desk, meeting=meeting.pk, original_language="fr", title="Un titre\ninventé")
    document = Document.objects.get()
    assert (document.title_fr, document.title_en) == ("Un titre inventé", None)
    assert save(desk, page_of(document), submitted_by="France").status_code == 302


def test_a_document_of_the_archive_keeps_its_number(desk):
    enter(desk, number="ISCT-18/12-E")
    assert Document.objects.get().number == "ISCT-18/12"


def test_a_document_needs_a_meeting_or_a_number(desk):
    assert "Choose the meeting, or give the number" in refusal(enter(desk))


@pytest.mark.parametrize("number", ["ISCG/25-1/01", "ISCG/25-1/09 (Rev.1)", "Letter of May"])
def test_numbers_that_cannot_be_are_refused(desk, document, number):
    response = enter(desk, number=number)
    assert response.status_code == 200 and refusal(response)
    assert Document.objects.count() == RegisterNumber.objects.count() == 1


def test_subjects_and_agenda_item_are_chosen_with_it(desk, meeting):
    item, emf = w.agenda_item(meeting), w.subject("EMF")
    enter(desk, meeting=meeting.pk, agenda_item=item.pk, about=[emf.pk])
    document = Document.objects.get()
    assert (document.agenda_item, [*document.subjects.all()]) == (item, [emf])


def test_subjects_are_changed_on_the_page_with_a_reason(desk, document):
    emf, iot = w.subject("EMF"), w.subject("IOT")
    save(desk, page_of(document), about=[emf.pk])
    save(desk, page_of(document), about=[iot.pk], change_reason="A better one")
    assert [*document.subjects.all()] == [iot]
    history = desk.get(page_of(document, "history")).content.decode()
    assert "EMF" in history and "A better one" in history


def test_a_revision_begins_with_what_its_document_says(desk, document):
    first = desk.get(page_of(document, "variant")).context["adminform"].form.initial
    assert (first["title"], first["submitted_by"], first["variant"]) == ("A document, made up", "Chair, ISCG", "Rev")
    fields = {"variant": "Rev", "type": "contribution", "title": "Revised", "original_language": "en"}
    desk.post(page_of(document, "variant"), fields | {"visibility": "public"})
    revision = Document.objects.get(base=document)
    assert (revision.number, revision.title_en) == ("ISCG/25-1/01 (Rev.1)", "Revised")


def test_a_revision_has_no_button_to_revise_it(desk, document):
    assert "Revision, corrigendum, addendum…" in desk.get(page_of(document)).content.decode()
    assert "Revision, corrigendum, addendum…" not in desk.get(page_of(w.variant(document))).content.decode()


def test_a_document_is_withdrawn_with_a_reason_and_back(desk, document):
    desk.post(page_of(document, "withdraw"), {"on": "2025-02-01", "because": "Sent twice"})
    document.refresh_from_db()
    assert (document.withdrawn_on, document.withdrawn_because) == (date(2025, 2, 1), "Sent twice")
    assert "Sent twice" in desk.get(page_of(document)).content.decode()
    desk.post(page_of(document, "reinstate"), {"reason": "The wrong one"})
    document.refresh_from_db()
    assert document.withdrawn_on is None


def test_a_document_is_not_withdrawn_without_a_reason(desk, document):
    assert desk.post(page_of(document, "withdraw"), {"on": "2025-02-01", "because": ""}).status_code == 200
    document.refresh_from_db()
    assert document.withdrawn_on is None


def test_number_and_withdrawal_are_not_fields_of_the_page(desk, document):
    save(desk, page_of(document), number="ISCG/25-1/77", withdrawn_on="2025-02-01", withdrawn_because="x")
    document.refresh_from_db()
    assert (document.number, document.withdrawn_on) == ("ISCG/25-1/01", None)


def test_a_removed_document_comes_back_under_its_number(desk, document):
    desk.post(page_of(document, "delete"), {"reason": "A test"})
    assert not Document.objects.exists()
    version = document.history.first().history_id
    assert save(desk, f"{list_of(Document, 'add')}?version={version}").status_code == 302
    assert Document.objects.get().number == "ISCG/25-1/01"


# Files


def add_file(desk, document, content=None, name="paper.docx", language="en"):
    content = content or made.docx(made.paragraph("Made up"))
    upload = SimpleUploadedFile(name, content.getvalue())
    return desk.post(page_of(document, "file"), {"file": upload, "language": language})


def test_a_file_is_added_by_language_and_named_after_the_number(desk, document):
    add_file(desk, document)
    assert document.files.get().name == "ISCG-25-1-01-E.docx"


def test_a_second_file_in_the_same_language_is_refused(desk, document):
    add_file(desk, document)
    assert "already has a file in this language" in refusal(add_file(desk, document))
    add_file(desk, document, language="fr")
    assert document.files.count() == 2


def test_a_file_that_cannot_be_kept_is_refused_with_a_sentence(desk, document):
    assert "whatever its name says" in refusal(add_file(desk, document, made.packed({"a.txt": "x"})))
    assert not DocumentFile.objects.exists()


def test_staff_read_a_file_that_nobody_else_may(desk, document, client):
    Document.objects.update(visibility="restricted")
    add_file(desk, document)
    address = page_of(document.files.get(), "content")
    response = desk.get(address)
    assert b"".join(response)[:2] == b"PK"
    assert response["Cache-Control"] == "private, no-store"
    desk.logout()
    assert desk.get(address).status_code == 302


def test_a_file_with_personal_addresses_waits_for_a_decision(desk, document):
    response = add_file(desk, document, made.docx(made.paragraph("ada.testperson@example.org")))
    file = document.files.get()
    assert file.waits_for_decision and file.addresses_found == {"e-mail": 1}
    assert "1 e-mail address in it: it is not public until somebody decides." in desk.get(response.url).content.decode()
    assert list(DocumentFile.objects.publishable()) == []
    desk.post(page_of(file, "decide"), {"decision": "She agreed in writing"})
    assert list(DocumentFile.objects.publishable()) == [file]
    assert file.history.first().history_change_reason == "She agreed in writing"


def test_a_decision_needs_a_reason_and_something_to_decide(desk, document):
    add_file(desk, document)
    assert "there is nothing to decide" in refusal(
        desk.post(page_of(document.files.get(), "decide"), {"decision": "x"})
    )
    assert desk.post(page_of(document.files.get(), "decide"), {"decision": ""}).status_code == 200


def test_a_file_that_was_a_mistake_is_removed_with_a_reason(desk, document):
    add_file(desk, document)
    desk.post(page_of(document.files.get(), "delete"), {"reason": "The wrong file"})
    assert not document.files.exists()


# Liaison statements


@pytest.fixture
def statement(meeting):
    return w.document(meeting, type="liaison statement")


def test_a_liaison_statement_has_its_addressees_on_the_document_s_page(desk, statement):
    rows = {"liaison-0-for_action": "ITU-T SG5; ITU-R WP 1A", "liaison-0-for_information": "TDAG"}
    save(desk, page_of(statement), **rows, **{"liaison-0-deadline_on": "2025-06-30"})
    liaison = LiaisonStatement.objects.get()
    assert [*liaison.addressees.values_list("body", "purpose")] == [
        ("ITU-R WP 1A", "action"),
        ("ITU-T SG5", "action"),
        ("TDAG", "information"),
    ]
    save(desk, page_of(statement), **{"liaison-0-for_action": "ITU-T SG5", "liaison-0-for_information": ""})
    assert [*Addressee.objects.values_list("body", flat=True)] == ["ITU-T SG5"]
    assert liaison.history.count() == 1


def test_a_page_of_a_statement_without_anything_more_stays_so(desk, statement):
    assert save(desk, page_of(statement)).status_code == 302
    assert not LiaisonStatement.objects.exists()


def test_replies_are_found_and_never_in_a_circle(desk, meeting, statement):
    first = w.liaison(statement)
    second = w.liaison(w.document(meeting, type="liaison statement"), in_reply_to=first)
    response = save(desk, page_of(first), in_reply_to=second.pk)
    assert "answer each other in a circle" in complaints(response)


def test_a_document_with_addressees_stays_a_liaison_statement(desk, statement):
    w.liaison(statement, action=["ITU-T SG5"])
    assert "keep the type" in complaints(save(desk, page_of(statement), type="report"))


def test_who_may_only_look_may_do_nothing(clerk, document):
    w.document_file(document)
    client = clerk("meetings.view_document", "meetings.view_documentfile")
    assert client.get(page_of(document)).status_code == 200
    for act in ("variant", "withdraw", "reinstate", "file"):
        assert client.get(page_of(document, act)).status_code == 403
    assert client.get(page_of(document.files.get(), "content")).status_code == 200
    assert client.get(page_of(document.files.get(), "decide")).status_code == 403
    assert client.get(reverse("admin:meetings_document_upload")).status_code == 403


def test_who_may_not_see_documents_reads_no_file(clerk, document):
    file = w.document_file(document)
    assert clerk("meetings.view_documentfile").get(page_of(file, "content")).status_code == 403
