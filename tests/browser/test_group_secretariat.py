"""The secretariat of an advisory group signs in and acknowledges a report, in a real browser with real mail."""

from playwright.sync_api import expect

from reports.models import Transmission
from tests import world as build
from tests.browser.conftest import PHONE
from tests.browser.steps import ask_for_code, enter_code, press
from workspace.models import GroupSecretariat


def test_a_groups_secretariat_acknowledges_its_report_and_staff_see_it(mails, open_page, open_as_staff, barriers):
    report, rag = build.published_report("2024"), build.advisory_group("RAG")
    sent = Transmission.objects.filter(report=report, group=rag).first() or Transmission(report=report, group=rag)
    sent.state, sent.sent_on = "sent", build.DAY
    build.saved(sent)
    account = build.account("rag.secretariat@example.org")
    build.saved(GroupSecretariat(account=account, group=rag, starts_on=build.DAY))
    page = open_page("/en/accounts/login/code/", PHONE)
    ask_for_code(page, account.email)
    enter_code(page, mails[-1])
    page.get_by_role("link", name=report.code).click()
    page.wait_for_url("**/workspace/transmissions/*/")
    assert barriers(page) == []
    press(page, "Acknowledge receipt")
    expect(page.locator("dt", has_text="State").locator("+ dd")).to_have_text("received by the group’s secretariat")
    staff = open_as_staff(f"/admin/reports/transmission/{sent.pk}/change/")
    expect(staff.locator("#content")).to_contain_text("received by")
    assert page.complaints == staff.complaints == []
