"""The register is the only giver of numbers: a document and a report never have the same, whatever the door."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iscg_portal.files.checks import KINDS
from iscg_portal.tenure.constraints import sentence_for
from meetings.acts import register
from meetings.models import Document, RegisterNumber
from reports.acts import annual_reports as acts
from reports.acts import archive
from reports.models import AnnualReport
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return w.meeting("25-1")


@pytest.fixture
def report():
    return acts.open_report("2025")


@pytest.fixture
def staff(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account()
    client.force_login(account)
    return account


def test_a_report_gets_the_next_number_of_the_meeting_and_a_document_the_one_after(meeting, report):
    acts.give_number(report, meeting=meeting)
    assert (report.number, w.document(meeting).number) == ("ISCG/25-1/01", "ISCG/25-1/02")


def test_the_number_of_a_report_is_no_gap_of_the_register(meeting, report):
    acts.give_number(report, meeting=meeting)
    assert register.gaps(meeting) == []
    assert not RegisterNumber.objects.unexplained().exists()
    with pytest.raises(ValidationError, match="This number is used: annual report 2025"):
        register.explain_gap(meeting, 1, "It was not used")


@pytest.mark.parametrize("printed", ["ISCG/25-1/07", "iscg/25-1/7-E"])
def test_a_document_cannot_take_the_number_of_a_report(meeting, report, printed):
    acts.give_number(report, number="ISCG/25-1/07")
    with pytest.raises(ValidationError, match="given to something else: annual report 2025"):
        w.document(number=printed)
    assert not Document.objects.exists()


@pytest.mark.parametrize("number", ["ISCG/25-1/01", "ISCG/25-1/1-F"])
def test_a_report_cannot_take_the_number_of_a_document(meeting, report, number):
    w.document(meeting)
    with pytest.raises(ValidationError, match="is the number of a document in the register"):
        acts.give_number(report, number=number)
    assert AnnualReport.objects.get().number == ""


def test_numbers_of_earlier_schemes_are_given_once_too(report):
    acts.give_number(report, number="ISCT-18/12")
    with pytest.raises(ValidationError, match="given to something else.*annual report 2025"):
        w.document(number="ISCT-18/12-E")


def test_two_reports_never_have_one_number(meeting, report):
    acts.give_number(report, number="ISCG/25-1/07")
    with pytest.raises(ValidationError, match="given to something else already"):
        acts.give_number(acts.open_report("2024"), number="ISCG/25-1/07")


def test_an_old_report_cannot_take_the_number_of_a_document(meeting):
    w.document(meeting)
    with open(__file__, "rb") as file, pytest.raises(ValidationError, match="is the number of a document"):
        archive.put_in_archive("2019", file, KINDS["pdf"], "en", number="ISCG/25-1/01")


def test_the_form_says_which_paper_has_the_number(client, staff, meeting, report):
    w.document(meeting)
    address = f"/admin/reports/annualreport/{report.pk}/number/"
    page = client.post(address, {"meeting": "", "number": "ISCG/25-1/01"}).content.decode()
    assert "ISCG/25-1/01 is the number of a document in the register." in page
    client.post(address, {"meeting": meeting.pk, "number": ""})
    assert AnnualReport.objects.get().number == "ISCG/25-1/02"


def test_the_form_of_a_document_says_that_a_report_has_the_number(client, staff, meeting, report):
    acts.give_number(report, number="ISCG/25-1/07")
    data = {"number": "ISCG/25-1/07", "type": "contribution", "title": "Made up", "original_language": "en"}
    page = client.post("/admin/meetings/document/add/", data | {"visibility": "public"}).content.decode()
    assert "given to something else: annual report 2025" in page and not Document.objects.exists()


@pytest.mark.parametrize("first", ["document", "report"])
def test_the_database_itself_refuses_the_second_paper(meeting, report, first):
    other = w.document(meeting)
    papers = {"document": (Document, other.pk), "report": (AnnualReport, report.pk)}
    model, pk = papers.pop(first)
    model.objects.filter(pk=pk).update(number="ISCG/25-1/99")
    [(second, second_pk)] = papers.values()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        second.objects.filter(pk=second_pk).update(number="ISCG/25-1/99")
    assert "the register gives each once" in sentence_for(refused.value)


def test_a_row_that_keeps_its_number_is_not_judged(meeting, report):
    document = w.document(meeting)
    acts.give_number(report, number="ISCG/25-1/09")
    document.dated_on = date(2025, 2, 1)
    document.full_clean()
    document.save()
    report.place = "Geneva"
    report.full_clean()
    report.save()
