"""A Coordinator's report in a real browser with real mail: from the draft to the annual report, and sent back."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from iscg_portal.mail.sending import send_waiting
from iscg_portal.tenure.dates import today
from meetings.models import Meeting
from reports.acts import annual_reports as acts
from tests import world as build
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import fits, links_in, press, text_of
from workspace.models import ReportDraft

ADDRESS = "/en/workspace/reports/emf/99-1/"


@pytest.fixture
def emf(transactional_db):
    """EMF with its Coordinator Ina, her last report, and a meeting to which the next one is due."""
    subject, ina = build.subject("EMF"), build.person("Ina Sample", "Ms")
    build.coordinator(subject, ina, date(2022, 4, 1))
    last = build.meeting("24-1", date(2024, 2, 1))
    texts = {"results": "Old results, made up", "next_steps": "Next steps, made up"}
    build.coordinator_report(subject, last, ina, starts_on=date(2023, 2, 1), **texts)
    build.meeting("99-1", today() + timedelta(30))
    return subject


@pytest.fixture
def ina(emf):
    return build.account("ina@example.org", person=emf.coordinator_set.get().person)


def open_from_desk(open_as_staff, barriers):
    """A colleague of the secretariat opens what waits on the desk, and sees what is new in it."""
    page = open_as_staff("/admin/")
    page.get_by_role("link", name="EMF: the report of Ms Ina Sample to ISCG 99-1").click()
    expect(page.locator(".difference ins").first).to_be_visible()
    assert barriers(page) == []
    assert page.complaints == []
    return page


def accept_it(open_as_staff, barriers, mails):
    """It is on record, in the draft of the annual report of its period, and its writer hears so."""
    page = open_from_desk(open_as_staff, barriers)
    page.get_by_role("link", name="Accept…").click()
    page.wait_for_url("**/accept/")
    press(page, "Accept")
    expect(page.get_by_text("The report is on record")).to_be_visible()
    meeting = Meeting.objects.get(code="99-1")
    meeting.starts_on = meeting.ends_on = today()
    meeting.state = "held"
    meeting.save()  # before that day no report tells anything of it
    report = acts.open_report(f"{today()}..{today() + timedelta(60)}")
    page.goto(f"/admin/reports/annualreport/{report.pk}/preview/")
    expect(page.get_by_text("New results, made up").first).to_be_visible()
    assert page.complaints == []
    send_waiting()
    assert mails[-1]["To"] == "ina@example.org"
    assert "accepted your report on EMF to ISCG 99-1" in text_of(mails[-1])


def test_a_report_is_kept_as_it_is_typed_accepted_and_in_the_annual_report(
    mails, emf, ina, open_as, open_as_staff, barriers
):
    page = open_as(ina, "/en/workspace/")
    page.get_by_role("link", name="Report on EMF to ISCG 99-1").click()
    expect(page.get_by_text("Taken over from the report to ISCG 24-1")).to_have_count(2)
    assert barriers(page) == []
    page.get_by_label("Results").fill("New results, made up")
    expect(page.get_by_role("status")).to_contain_text("Saved at ")
    expect(page.get_by_text("Taken over from the report to ISCG 24-1")).to_have_count(1)
    page.get_by_label("Activities examined").fill("Activities, made up")
    press(page, "Submit to the secretariat")
    expect(page.get_by_text("It waits for the secretariat")).to_be_visible()
    assert page.complaints == []
    accept_it(open_as_staff, barriers, mails)


def test_on_a_phone_without_javascript_it_is_sent_back_with_a_reason_and_accepted_then(
    mails, emf, ina, open_as, open_as_staff, barriers
):
    page = open_as(ina, ADDRESS, viewport=PHONE, java_script_enabled=False)
    page.get_by_label("Results").fill("Results, made up")
    press(page, "Save")
    expect(page.get_by_text("Saved at ")).to_be_visible()
    press(page, "Submit to the secretariat")
    expect(page.get_by_text("It waits for the secretariat")).to_be_visible()
    staff = open_from_desk(open_as_staff, barriers)
    staff.get_by_role("link", name="Send back…").click()
    staff.get_by_label("Why?").fill("Say what is new")
    press(staff, "Send back")
    send_waiting()
    assert "Say what is new" in text_of(mails[-1])
    page.goto(links_in(mails[-1])[0])
    expect(page.get_by_text("Say what is new")).to_be_visible()
    page.get_by_label("Results").fill("New results, made up")
    press(page, "Submit to the secretariat")
    expect(page.get_by_text("It waits for the secretariat")).to_be_visible()
    assert page.complaints == []
    accept_it(open_as_staff, barriers, mails)


def test_what_was_typed_stays_when_the_session_is_lost_and_is_saved_after_signing_in_again(emf, ina, open_as):
    page = open_as(ina, ADDRESS)
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Results").fill("An hour of work")
    expect(page.get_by_role("status")).to_contain_text("You are no longer signed in. Nothing was saved")
    page.get_by_label("Results").fill("An hour of work, and more")
    expect(page.get_by_role("status")).to_have_text("Not saved yet.")
    expect(page.get_by_role("status")).to_contain_text("You are no longer signed in. Nothing was saved")
    expect(page.get_by_label("Results")).to_have_value("An hour of work, and more")
    page.context.add_cookies(kept)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("status")).to_contain_text("Saved at ")
    assert ReportDraft.objects.get().results == "An hour of work, and more"


def test_a_second_window_overwrites_nothing(emf, ina, open_as):
    old, new = open_as(ina, ADDRESS), open_as(ina, ADDRESS)
    new.get_by_label("Results").fill("Newer")
    expect(new.get_by_role("status")).to_contain_text("Saved at ")
    old.get_by_label("Results").fill("Typed in an old window")
    expect(old.get_by_role("status")).to_contain_text("A newer version was saved")
    assert ReportDraft.objects.get().results == "Newer"
    with old.expect_navigation():
        old.get_by_role("button", name="Save").click()
    expect(old.get_by_label("Results")).to_have_value("Typed in an old window")
    expect(old.get_by_text("What is saved")).to_have_count(1)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", [ADDRESS, "/ar/workspace/reports/emf/99-1/", "/en/workspace/"])
def test_pages_have_no_barrier_and_fit(emf, ina, open_as, barriers, address, viewport):
    page = open_as(ina, address, viewport=viewport, color_scheme="dark")
    assert barriers(page) == []
    assert fits(page)
    assert page.complaints == []
