"""Old reports that exist only as files: checked, listed like the others, and told by no later report."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from iscg_portal.files.checks import KINDS
from iscg_portal.models import StoredFile
from iscg_portal.tenure.dates import today
from reports.acts import annual_reports as acts
from reports.acts.archive import add_archived_file, put_in_archive
from reports.facts import gather
from reports.models import AnnualReport
from tests import made_up_files as files
from tests import world as w

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/reports/annualreport/archive/"


@pytest.fixture
def staff(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account()
    client.force_login(account)
    return account


def archived(period="2019", text="Made up", **options):
    return put_in_archive(period, files.pdf(text), KINDS["pdf"], "en", **options)


def upload(client, file, name, **changes):
    data = {"period": "2019", "number": "ISCG/20-1/02", "original_language": "en", "language": "en"}
    return client.post(UPLOAD, data | {"file": SimpleUploadedFile(name, file.getvalue())} | changes)


@pytest.mark.parametrize(("make", "kind"), [(files.pdf, "pdf"), (files.docx, "docx")])
def test_an_old_report_is_listed_and_downloaded_like_the_others(client, staff, make, kind):
    assert upload(client, make(), f"Old report.{kind}").status_code == 302
    assert f"/reports/2019/en.{kind}" in client.get("/en/reports/").content.decode()
    page = client.get("/en/reports/2019/").content.decode()
    assert "Report of the ISCG for 2019" in page and "ISCG/20-1/02" in page
    answer = client.get(f"/reports/2019/en.{kind}")
    assert (answer.status_code, answer["Content-Type"]) == (200, KINDS[kind].content_type)


@pytest.mark.parametrize(
    ("make", "name", "sentence"),
    [
        (files.bomb, "old.docx", "unpacks to more"),
        (lambda: BytesIO(b"MZ\x90" + b"\0" * 500), "old.docx", "none of PDF"),
        (lambda: files.cut_short(files.pdf("x")), "old.pdf", "cut short"),
        (lambda: files.docx(types=files.content_types(content_type=files.XLSX)), "old.xlsx", "a PDF or a DOCX"),
        (lambda: files.pdf("ada.testperson@example.org"), "old.pdf", "1 e-mail address"),
    ],
    ids=["a ZIP bomb", "a program", "cut short", "a table", "a personal address"],
)
def test_a_file_that_may_not_be_published_is_refused_with_a_sentence(client, staff, make, name, sentence):
    assert sentence in upload(client, make(), name).content.decode()
    assert not AnnualReport.objects.exists() and not StoredFile.objects.exists()


def test_a_file_with_personal_addresses_is_published_by_a_decision(staff):
    report = archived(text="ada.testperson@example.org", decision="Public since 2019")
    assert report.files.get().history.get().history_change_reason == "Public since 2019"


def test_the_period_has_to_be_over(staff):
    with pytest.raises(ValidationError, match="not over"):
        archived(str(today().year + 1))


def test_a_period_is_archived_once(staff):
    archived()
    with pytest.raises(ValidationError):
        archived()


def test_a_further_language_is_added_once(client, staff):
    report = archived()
    address = f"/admin/reports/annualreport/{report.pk}/file/"
    assert address in client.get(f"/admin/reports/annualreport/{report.pk}/change/").content.decode()
    for content in ("Premier", "Second"):
        sent = {"language": "fr", "file": SimpleUploadedFile("vieux.pdf", files.pdf(content).getvalue())}
        client.post(address, sent)
    assert sorted(report.files.values_list("language", flat=True)) == ["en", "fr"]


def test_a_report_written_here_takes_no_file(staff):
    with pytest.raises(ValidationError, match="made from its text"):
        add_archived_file(acts.open_report("2025"), files.pdf(), KINDS["pdf"], "en")


def test_an_old_report_has_no_text_to_correct(staff):
    with pytest.raises(ValidationError, match="only as a file"):
        acts.correct(archived(), "Rev", staff, "A test")


def test_the_next_report_does_not_tell_what_the_old_one_told(staff):
    w.representative("RAG1", w.person("Ada Testperson"), date(2019, 3, 1))
    archived()
    facts = gather(acts.open_report("2020"))
    assert (facts.own, facts.corrections) == ([], [])
