"""A document is uploaded: looked over, its header shown for confirmation, and stored only then."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iscg_portal.models import StoredFile, WaitingFile
from meetings.models import Document, DocumentFile, RegisterNumber
from tests import made_up_files as made
from tests import world as w

pytestmark = pytest.mark.django_db
HEADER = made.table(
    [made.paragraph("Group, made up"), made.paragraph("Document ISCG/25-1/03-F")],
    ["Geneva, 12 February 2025", made.paragraph("23 January 2025") + made.paragraph("Original: French")],
) + made.table(["Source:", "France"], ["Title:", "Un titre inventé"], ["Purpose:", "Proposal"])


@pytest.fixture
def meeting():
    return w.meeting("25-1")


def upload(desk, file=None, name="paper.docx", query=""):
    content = (file or made.docx(HEADER)).getvalue()
    return desk.post(reverse("admin:meetings_document_upload") + query, {"file": SimpleUploadedFile(name, content)})


def confirm(desk, response, **changes):
    """What was read, as the form sends it back."""
    form = desk.get(response.url).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values = {name: getattr(value, "pk", value) for name, value in values.items() if value not in (None, "", [])}
    return desk.post(response.url, values | changes)


def first_shown(desk, response):
    return desk.get(response.url).context["adminform"].form


def on_disk(settings):
    return [path.parent.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def refusal(response):
    form = response.context["adminform"].form
    return " ".join(str(sentence) for errors in form.errors.values() for sentence in errors)


def test_what_was_read_is_shown_for_confirmation(desk, meeting):
    form = first_shown(desk, upload(desk))
    shown = {
        name: form[name].value() for name in ("number", "title", "submitted_by", "purpose", "dated_on", "language")
    }
    assert shown == {
        "number": "ISCG/25-1/03",
        "title": "Un titre inventé",
        "submitted_by": "France",
        "purpose": "Proposal",
        "dated_on": date(2025, 1, 23),
        "language": "fr",
    }
    assert form["meeting"].value() == meeting.pk and form["original_language"].value() == "fr"


def test_what_could_not_be_read_is_marked(desk, meeting):
    page = desk.get(upload(desk).url).content.decode()
    assert page.count("Could not be read from the header.") == 1
    contact = first_shown(desk, upload(desk)).fields["contact_role"]
    assert "unread" in contact.widget.attrs["class"] and "Could not be read" in str(contact.help_text)


def test_nothing_is_in_the_register_before_it_is_confirmed(desk, meeting):
    upload(desk)
    assert not (Document.objects.exists() or RegisterNumber.objects.exists() or StoredFile.objects.exists())


def test_confirmed_it_is_entered_with_number_and_file(desk, meeting, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = confirm(desk, upload(desk))
    document = Document.objects.get()
    assert response.url == reverse("admin:meetings_document_change", args=[document.pk])
    assert (document.number, document.meeting, document.title_fr) == ("ISCG/25-1/03", meeting, "Un titre inventé")
    assert document.files.get().name == "ISCG-25-1-03-F.docx"
    assert not WaitingFile.objects.exists() and "waiting" not in on_disk(settings)


def test_it_is_kept_under_its_number_whatever_its_name_was(desk, client, meeting):
    response = upload(desk, name="Предложение “2” (черновик).docx")
    assert "Предложение “2” (черновик).docx" in desk.get(response.url).content.decode()
    confirm(desk, response)
    sent = client.get("/documents/iscg-25-1-03/fr.docx")
    assert sent["Content-Disposition"] == 'attachment; filename="ISCG-25-1-03-F.docx"'


def test_without_a_number_the_register_gives_the_next_one(desk, meeting):
    w.document(meeting)
    confirm(desk, upload(desk), number="")
    assert Document.objects.filter(number="ISCG/25-1/02", files__language="fr").exists()


def test_the_meeting_is_found_by_its_day_where_there_is_no_number(desk, meeting):
    dated = made.docx(made.paragraph("Geneva, 12 February 2025"))
    assert first_shown(desk, upload(desk, dated))["meeting"].value() == meeting.pk


def test_the_meeting_from_whose_page_one_came_is_chosen(desk, meeting):
    response = upload(desk, made.pdf("x"), "paper.pdf", f"?meeting={meeting.pk}")
    assert first_shown(desk, response)["meeting"].value() == meeting.pk


def test_a_pdf_says_that_its_header_is_not_read(desk, meeting):
    page = desk.get(upload(desk, made.pdf("Title: x"), "paper.pdf").url).content.decode()
    assert "Only the header of a DOCX can be read" in page


def test_a_file_of_a_document_on_record_is_added_to_it(desk, meeting):
    document = w.document(number="ISCG/25-1/03")
    response = upload(desk)
    assert first_shown(desk, response)["belongs_to"].value() == document.pk
    confirm(desk, response)
    assert Document.objects.count() == 1
    assert document.files.get().language == "fr"


def test_a_revision_of_a_document_that_does_not_exist_is_refused(desk, meeting):
    response = confirm(desk, upload(desk), number="ISCG/25-1/09 (Rev.1)")
    assert "ISCG/25-1/09 is not in the register" in refusal(response)
    assert not (Document.objects.exists() or StoredFile.objects.exists())


def test_after_a_refusal_the_file_waits_on_and_nothing_is_half_stored(desk, meeting, settings):
    first = upload(desk)
    assert confirm(desk, first, title="").status_code == 200
    assert confirm(desk, first, number="Letter").status_code == 200
    assert on_disk(settings) == ["waiting"]
    assert confirm(desk, first).status_code == 302


def test_a_failure_while_storing_leaves_nothing_behind(desk, meeting, settings, monkeypatch):
    monkeypatch.setattr("meetings.acts.document_files.done", lambda waiting: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirm(desk, upload(desk))
    assert on_disk(settings) == ["waiting"]
    assert not (Document.objects.exists() or RegisterNumber.objects.exists() or DocumentFile.objects.exists())


def test_it_is_stored_once(desk, meeting):
    response = upload(desk)
    confirm(desk, response)
    assert desk.get(response.url).status_code == 404
    assert desk.post(response.url, {}).status_code == 404


def test_a_colleague_does_not_find_it(desk, client, meeting):
    address = upload(desk).url
    client.force_login(w.staff_account("other@example.org"))
    assert client.get(address).status_code == 404


def test_personal_addresses_are_told_and_the_file_is_not_public(desk, meeting):
    personal = made.docx(HEADER + made.paragraph("ada.testperson@example.org, +41 22 555 01 23"))
    response = upload(desk, personal)
    assert "1 e-mail address, 1 phone number" in desk.get(response.url).content.decode()
    confirm(desk, response)
    assert DocumentFile.objects.get().waits_for_decision


def test_the_decision_may_be_given_at_once(desk, meeting):
    personal = made.docx(HEADER + made.paragraph("ada.testperson@example.org"))
    confirm(desk, upload(desk, personal), decision="She agreed in writing")
    assert [file.addresses_decision for file in DocumentFile.objects.publishable()] == ["She agreed in writing"]


def test_a_clean_file_is_not_asked_about(desk, meeting):
    assert "decision" not in first_shown(desk, upload(desk)).fields


ODD = {
    "macros": (made.docx(types=made.content_types(content_type=made.MACROS)), "paper.docx", "macros or a program"),
    "encrypted": (made.locked(), "paper.docx", "protected with a password"),
    "a bomb": (made.bomb(), "paper.docx", "unpacks to more than the portal accepts"),
    "cut short": (made.cut_short(made.docx("x" * 999)), "paper.docx", "damaged or cut short"),
    "not what its name says": (made.pdf("x"), "paper.docx", "The name ends in “.docx”, but the file is a PDF"),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_files_are_refused_with_a_sentence(desk, meeting, settings, case):
    file, name, sentence = ODD[case]
    assert sentence in refusal(upload(desk, file, name))
    assert on_disk(settings) == [] and not WaitingFile.objects.exists()


def test_a_file_without_a_header_is_taken_and_says_so(desk, meeting):
    page = desk.get(upload(desk, made.docx(made.paragraph("Dear colleagues"))).url).content.decode()
    assert "No header was found in it" in page
    assert page.count("Could not be read from the header.") > 5


def test_who_uploads_needs_the_right_to_enter_documents(clerk):
    assert upload(clerk("meetings.view_document", "meetings.change_document")).status_code == 403
