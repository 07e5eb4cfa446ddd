"""A Coordinator's report in a real browser: from the draft to the annual report, with and without JavaScript."""

from datetime import date, timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from iscg_portal.dates import today
from reports import acts
from tests import world as build
from tests.browser.conftest import DESK, PHONE
from workspace.models import ReportDraft

ADDRESS = "/en/workspace/reports/emf/99-1/"


@pytest.fixture
def emf(transactional_db, settings):
    """EMF with its Coordinator Ina, her last report, and a meeting to which the next one is due."""
    settings.REQUIRE_SECOND_FACTOR = False
    subject, ina = build.subject("EMF"), build.person("Ina Sample", "Ms")
    build.coordinator(subject, ina, date(2022, 4, 1))
    last = build.meeting("24-1", date(2024, 2, 1))
    texts = {"results": "Old results, made up", "next_steps": "Next steps, made up"}
    build.coordinator_report(subject, last, ina, starts_on=date(2023, 2, 1), **texts)
    build.meeting("99-1", today() + timedelta(30))
    return subject


@pytest.fixture
def open_as(open_page, live_server, settings):
    """`open_as(account, address, ...)`: a window of a signed-in account."""

    def opened(account, address, **options):
        browser = Client()
        browser.force_login(account)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": browser.cookies[settings.SESSION_COOKIE_NAME].value}
        return open_page(address, cookies=[cookie], **options)

    return opened


@pytest.fixture
def ina(emf):
    return build.account("ina@example.org", person=emf.coordinator_set.get().person)


def accept_it(open_as, barriers):
    """A colleague of the secretariat opens what waits on the desk, and accepts it."""
    page = open_as(build.staff_account(), "/admin/")
    page.get_by_role("link", name="EMF: the report of Ms Ina Sample to ISCG 99-1").click()
    expect(page.locator(".difference ins").first).to_be_visible()
    assert page.complaints == []
    assert barriers(page) == []  # it looks for style sheets in its own way, of which the console tells
    page.complaints.clear()
    page.get_by_role("link", name="Accept…").click()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("The report is on record")).to_be_visible()
    assert page.complaints == []


def annual_report_shows(open_as, text):
    """The draft of the annual report of that year, as staff see it before it is published."""
    period = f"{today()}..{today() + timedelta(60)}"
    report = acts.open_report(period)
    staff = build.staff_account("second@example.org")
    page = open_as(staff, f"/admin/reports/annualreport/{report.pk}/preview/")
    expect(page.get_by_text(text)).to_have_count(1)


def test_a_report_is_kept_as_it_is_typed_accepted_and_in_the_annual_report(emf, ina, open_as, barriers):
    page = open_as(ina, "/en/workspace/")
    page.get_by_role("link", name="Report on EMF to ISCG 99-1").click()
    expect(page.get_by_text("Taken over from the report to ISCG 24-1")).to_have_count(2)
    assert barriers(page) == []
    page.get_by_label("Results").fill("New results, made up")
    expect(page.get_by_role("status")).to_contain_text("Saved at ")
    expect(page.get_by_text("Taken over from the report to ISCG 24-1")).to_have_count(1)
    page.get_by_label("Activities examined").fill("Activities, made up")
    with page.expect_navigation():
        page.get_by_role("button", name="Submit to the secretariat").click()
    expect(page.get_by_text("It waits for the secretariat")).to_be_visible()
    assert page.complaints == []
    accept_it(open_as, barriers)
    annual_report_shows(open_as, "New results, made up")


def test_without_javascript_the_buttons_do_the_same(emf, ina, open_as, barriers):
    page = open_as(ina, ADDRESS, java_script_enabled=False)
    page.get_by_label("Results").fill("New results, made up")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved at ")).to_be_visible()
    page.get_by_role("button", name="Submit to the secretariat").click()
    expect(page.get_by_text("It waits for the secretariat")).to_be_visible()
    accept_it(open_as, barriers)
    annual_report_shows(open_as, "New results, made up")


def test_what_was_typed_stays_when_the_session_is_lost_and_is_saved_after_signing_in_again(emf, ina, open_as, client):
    page = open_as(ina, ADDRESS)
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Results").fill("An hour of work")
    expect(page.get_by_role("status")).to_contain_text("You are not signed in any more. Nothing was saved")
    page.get_by_label("Results").fill("An hour of work, and more")
    expect(page.get_by_role("status")).to_have_text("Not saved yet.")
    expect(page.get_by_role("status")).to_contain_text("You are not signed in any more. Nothing was saved")
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
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.complaints == []
