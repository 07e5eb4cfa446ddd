"""The secretariat accepts what a Coordinator handed in, or sends it back; nothing public changes before (clause A4)."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from iscg_portal import record_version
from iscg_portal.mail.models import Mail
from meetings.models import Meeting
from reports.acts import annual_reports as acts
from reports.composing import tree_of
from reports.facts import gather
from reports.models import CoordinatorReport
from secretariat.to_do import to_do
from tests import world as build
from workspace.drafts.acts import accept, refuse, take_back
from workspace.models import ReportDraft

pytestmark = pytest.mark.django_db
BEN_FROM = date(2025, 1, 1)


@pytest.fixture(autouse=True)
def second_factor_is_elsewhere(settings):
    """That staff need a second factor is tested where it is asked for."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def staff():
    return build.staff_account()


@pytest.fixture
def emf():
    """EMF, coordinated by Ina and from 2025 on by Ben; the group met in 24-1 and 25-1."""
    subject = build.subject("EMF")
    build.coordinator(subject, build.person("Ina Sample", "Ms"), date(2022, 4, 1), BEN_FROM)
    build.coordinator(subject, build.person("Ben Madeup", "Mr"), BEN_FROM)
    build.meeting("24-1", date(2024, 2, 1))
    build.meeting("25-1")
    return subject


def handed_in(emf, first_day=BEN_FROM, **texts):
    """The report of whoever began on that day, to 25-1, submitted."""
    given = {"results": "New results, made up"} | texts
    of = {"subject": emf, "meeting": meeting("25-1"), "person": emf.coordinator_set.get(starts_on=first_day).person}
    return build.saved(ReportDraft(**of, state="submitted", submitted_at=timezone.now(), **given))


def meeting(code):
    return Meeting.objects.get(code=code)


@pytest.fixture
def waiting(emf):
    """Ben's report to 25-1, submitted."""
    return handed_in(emf)


def page_of(draft, act="change"):
    return reverse(f"admin:workspace_reportdraft_{act}", args=[draft.pk])


def received_table(period="2025"):
    """The rows of “reports received” in an annual report."""
    report = acts.open_report(period)
    tree = tree_of(report, gather(report), {}, "en")
    blocks = [block for section in tree["sections"] for block in section["blocks"]]
    return next(block["rows"] for block in blocks if block["key"] == "received")


def test_it_waits_on_the_desk_with_who_and_when(waiting, staff):
    [handed_in] = to_do(staff, date(2025, 3, 1), ["drafts"])
    assert handed_in.lines[0].text == "EMF: the report of Mr Ben Madeup to ISCG 25-1"
    assert handed_in.lines[0].href == page_of(waiting)


def test_a_draft_that_was_not_submitted_is_not_on_the_desk_and_has_no_page(waiting, staff, client):
    ReportDraft.objects.update(state="draft")
    client.force_login(staff)
    assert to_do(staff, date(2025, 3, 1), ["drafts"]) == []
    assert client.get(page_of(waiting)).status_code == 404


def test_the_page_shows_the_difference_to_the_last_report(emf, waiting, staff, client):
    ina = emf.coordinator_set.get(ends_on=BEN_FROM).person
    build.coordinator_report(
        emf, meeting("24-1"), ina, starts_on=date(2023, 2, 1), results="Old results, made up", next_steps="On"
    )
    ReportDraft.objects.update(next_steps="On")
    client.force_login(staff)
    page = client.get(page_of(waiting)).content.decode()
    assert "Difference to the last report, of Ms Ina Sample to ISCG 24-1" in page
    assert "<del>Old</del><ins>New</ins> results, made up" in page
    assert page.count("(word for word as before)") == 1


def test_what_is_in_a_text_does_no_harm_on_the_desk(waiting, staff, client):
    ReportDraft.objects.update(results="<script>alert(1)</script> **bold**")
    client.force_login(staff)
    assert "<script>alert" not in client.get(page_of(waiting)).content.decode()


def test_accepted_it_is_the_report_of_the_record_with_who_and_why(waiting, staff, client):
    client.force_login(staff)
    client.post(page_of(waiting, "accept"), {"version": waiting.version, "reason": "Looked over"})
    report = CoordinatorReport.objects.get()
    assert (report.results, report.person, report.starts_on) == (
        "New results, made up",
        waiting.person,
        date(2024, 2, 1),
    )
    change = report.history.get()
    assert change.history_user == staff
    assert change.history_change_reason.startswith("Written by Mr Ben Madeup, submitted on ")
    assert change.history_change_reason.endswith("Looked over")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("accepted", staff)
    on_record = reverse("admin:reports_coordinatorreport_change", args=[report.pk])
    assert on_record in client.get(page_of(waiting)).content.decode()


def test_its_writer_hears_in_his_language_that_it_was_accepted(waiting, staff):
    build.account("ben@example.org", person=waiting.person, language="fr")
    accept(waiting, waiting.version, by=staff)
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("ben@example.org", "fr")
    assert "Le secrétariat a accepté votre rapport sur EMF à ISCG 25-1." in mail.text
    assert CoordinatorReport.objects.get().get_absolute_url().removeprefix("/en") in mail.text


def test_nothing_public_changes_before_it_is_accepted_and_the_annual_report_has_it_once_then(waiting, staff):
    assert received_table() == []
    accept(waiting, waiting.version, by=staff)
    expected = ["Subject EMF, made up (EMF)", "ISCG 25-1", "Mr Ben Madeup", "New results, made up"]
    assert received_table("2024-12-31..2025-06-30") == [expected]


def test_the_report_of_a_second_person_changes_the_one_on_record(emf, waiting, staff):
    first = handed_in(emf, date(2022, 4, 1), results="What Ina found")
    accept(first, first.version, by=staff)
    accept(waiting, waiting.version, by=staff)
    report = CoordinatorReport.objects.get()
    assert (report.results, report.person) == ("New results, made up", waiting.person)
    assert report.history.count() == 2
    assert len(received_table()) == 1


def test_sent_back_it_can_be_written_on_and_its_writer_gets_a_mail_in_his_language(waiting, staff, client):
    reader = build.account("ben@example.org", person=waiting.person, language="fr")
    client.force_login(staff)
    client.post(page_of(waiting, "refuse"), {"version": waiting.version, "reason": "Say more of the results"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("refused", "Say more of the results")
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == (reader.email, "fr")
    assert "Say more of the results" in mail.text
    assert "/fr/workspace/reports/emf/25-1/" in mail.text
    assert not CoordinatorReport.objects.exists()


def test_the_writer_reads_why_and_submits_again(waiting, staff, client):
    refuse(waiting, waiting.version, reason="Say more of the results", by=staff)
    client.force_login(build.account("ben@example.org", person=waiting.person))
    address = "/en/workspace/reports/emf/25-1/"
    assert "Say more of the results" in client.get(address).content.decode()
    assert "Say more of the results" in client.get("/en/workspace/").content.decode()
    client.post(address, {"version": waiting.version, "results": "Much more", "submit": "1"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.version, waiting.results) == ("submitted", 2, "Much more")


def test_without_a_reason_nothing_is_sent_back(waiting, staff, client):
    client.force_login(staff)
    client.post(page_of(waiting, "refuse"), {"version": waiting.version, "reason": " "})
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


@pytest.mark.parametrize("second", [accept, refuse])
def test_of_two_who_decide_at_once_the_second_gets_a_sentence(waiting, staff, second):
    accept(ReportDraft.objects.get(), waiting.version, by=staff)
    with pytest.raises(ValidationError, match="Sam Staff decided before you; this report is: accepted"):
        second(waiting, waiting.version, reason="Late", by=build.staff_account("other@example.org"))
    assert CoordinatorReport.objects.get().history.count() == 1
    assert not Mail.objects.exists()


def test_the_second_reads_it_on_the_page(waiting, staff, client):
    accept(ReportDraft.objects.get(), waiting.version, by=staff)
    client.force_login(staff)
    answer = client.post(page_of(waiting, "refuse"), {"version": waiting.version, "reason": "Late"})
    assert "decided before you" in answer.content.decode()


def test_what_was_submitted_anew_is_looked_at_anew(waiting, staff):
    ReportDraft.objects.update(version=2)
    with pytest.raises(ValidationError, match="submitted again"):
        accept(waiting, 1, by=staff)
    assert not CoordinatorReport.objects.exists()


def test_what_the_record_refuses_stays_waiting(emf, waiting, staff):
    emf.coordinator_set.filter(person=waiting.person).update(starts_on=date(2025, 6, 1))
    with pytest.raises(ValidationError, match="was not the Coordinator"):
        accept(waiting, waiting.version, by=staff)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


@pytest.mark.parametrize("act", ["accept", "refuse"])
def test_who_may_only_look_cannot_decide(waiting, client, act):
    reader = build.account("reader@example.org", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_coordinatorreport"))
    client.force_login(reader)
    assert client.get(page_of(waiting)).status_code == 200
    assert client.post(page_of(waiting, act), {"version": 1, "reason": "Mine"}).status_code == 403


def test_deciding_tells_public_pages_that_the_record_changed_and_writing_does_not(waiting, staff, client):
    client.force_login(build.account("ben@example.org", person=waiting.person))
    ReportDraft.objects.update(state="draft")
    before = record_version.current()
    client.post("/en/workspace/reports/emf/25-1/", {"version": 1, "results": "More", "submit": "1"})
    assert record_version.current() == before
    accept(waiting, 2, by=staff)
    assert record_version.current() != before


@pytest.mark.parametrize("act", ["accept", "refuse"])
def test_who_decides_on_what_its_writer_took_back_keeps_the_reason_and_reads_no_draft(waiting, staff, client, act):
    take_back(ReportDraft.objects.get())
    client.force_login(staff)
    page = client.post(page_of(waiting, act), {"version": waiting.version, "reason": "Say more, typed"}).text
    assert "This report no longer waits for a decision." in page and "Say more, typed" in page
    assert "New results" not in page and ReportDraft.objects.get().state == "draft"
    assert client.get(page_of(waiting, act)).status_code == 404
