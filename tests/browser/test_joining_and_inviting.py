"""From an invitation to the first sign-in, from a request to taking part, and a group's answer, in a real browser."""

import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from reports.models import Transmission
from tests import world as w
from tests.browser.conftest import DESK, PHONE
from workspace.models import GroupSecretariat, Participant


def link_in_mail(kind):
    return re.search(rf"/en/{kind}/[\w-]{{20,}}/", mail.outbox[-1].body)[0]


def test_an_invited_person_opens_the_account_and_signs_in_by_code(open_as_staff, open_page, barriers):
    ada = w.person("Ada Testperson", "Ms")
    desk = open_as_staff(f"/admin/members/person/{ada.pk}/invite/")
    assert barriers(desk) == []
    desk.get_by_label("E-mail address").fill("ada@example.org")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Send the invitation").click()
    page = open_page(link_in_mail("invitation"), PHONE)
    assert barriers(page) == []
    page.get_by_role("button", name="Open the account").click()
    page.wait_for_url("**/accounts/login/code/")
    page.get_by_label("Email").fill("ada@example.org")
    with page.expect_navigation():
        page.locator("main button[type=submit]").first.click()
    page.get_by_label("Code").fill(re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)[0])
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/en/workspace/")
    assert barriers(page) == []
    assert page.complaints == []


@pytest.mark.parametrize(("viewport", "scripts"), [(PHONE, False), (DESK, True)], ids=["phone", "desk"])
def test_a_delegate_joins(open_as_staff, open_page, barriers, viewport, scripts):
    page = open_page("/en/join/", viewport, java_script_enabled=scripts)
    page.get_by_label("Name", exact=True).fill("Una Delegate")
    page.get_by_label("Sector Member").check()
    page.get_by_label("Affiliation").fill("Made-up Networks")
    page.get_by_label("E-mail address").fill("una@example.org")
    page.get_by_role("button", name="Ask to take part").click()
    page.wait_for_url("**/join/asked/")
    page.goto(link_in_mail("join"))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    asked = Participant.objects.get()
    desk = open_as_staff(f"/admin/workspace/participant/{asked.pk}/act/confirm/")
    assert barriers(desk) == []
    desk.get_by_label("Why?").fill("Known to the secretariat")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Confirm").click()
    asked.refresh_from_db()
    assert asked.state == "takes part"
    assert page.complaints == []


def test_a_groups_secretariat_acknowledges_its_report(open_as_staff, open_page, barriers, settings):
    group = w.advisory_group("RAG")
    account = w.account("rag@example.org")
    w.saved(GroupSecretariat(account=account, group=group, starts_on=date(2020, 1, 1)))
    report = w.published_report("2024")
    sent = Transmission.objects.filter(report=report, group=group).first() or Transmission(report=report, group=group)
    sent.state, sent.sent_on = "sent", date(2025, 1, 15)
    w.saved(sent)
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    page = open_page("/en/workspace/", cookies=[{"name": name, "value": client.cookies[name].value}])
    page.get_by_role("link", name="2024").click()
    page.wait_for_url("**/workspace/transmissions/*/")
    assert barriers(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Acknowledge receipt").click()
    desk = open_as_staff(f"/admin/reports/transmission/{sent.pk}/change/")
    assert "noted" in desk.inner_text("#content")
    sent.refresh_from_db()
    assert sent.state == "noted"
    assert page.complaints == []
