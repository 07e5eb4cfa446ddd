"""Following by e-mail, my data, and closing an account, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests import world as w
from tests.browser.conftest import DESK, PHONE
from workspace.models import Follow, Mail

PASSWORD = "a long test password"


def link_in_mail(kind):
    return re.search(rf"/en/follow/{kind}/[^\s]+", Mail.objects.first().text)[0]


def fits(page, viewport):
    return page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_reader_follows_a_subject_and_ends_it(open_page, barriers, viewport):
    w.subject("EMF")
    page = open_page("/en/subjects/emf/", viewport)
    page.get_by_role("link", name="Follow by e-mail").click()
    page.wait_for_url("**/en/follow/?subject=EMF")
    assert barriers(page) == []
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send me the link").click()
    page.wait_for_url("**/en/follow/asked/")
    assert barriers(page) == []
    page.goto(link_in_mail("confirm"))
    assert barriers(page) == []
    page.get_by_role("button", name="Yes, write to me").click()
    expect(page.get_by_role("heading", name="You follow it now")).to_be_visible()
    page.goto("/en/follow/")
    page.get_by_label("What to follow").select_option("emf")
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send me the link").click()
    page.wait_for_url("**/en/follow/asked/")
    page.goto(link_in_mail("stop"))
    assert barriers(page) == []
    assert fits(page, viewport)
    page.get_by_role("button", name="Get no more of these mails").click()
    expect(page.get_by_role("heading", name="No more mails of this come")).to_be_visible()
    assert not Follow.objects.exists()
    assert page.complaints == []


def test_owner_reads_the_data_and_closes_the_account_without_javascript(open_page):
    w.account("reader@example.org")
    page = open_page("/en/workspace/", java_script_enabled=False)
    page.get_by_label("Email").fill("reader@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="My data").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "iscg-my-data.json"
    page.goto("/en/workspace/close-account/")
    page.get_by_role("button", name="Close my account").click()
    page.get_by_label("Password").fill(PASSWORD)  # asked again before anything is closed
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Your account is closed.")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", ["/en/workspace/my-data/", "/en/workspace/close-account/", "/ar/follow/"])
def test_page_has_no_barrier_and_breaks_no_policy(open_as_staff, barriers, address, viewport):
    page = open_as_staff(address, viewport=viewport)
    assert barriers(page) == []
    assert page.complaints == []
    assert fits(page, viewport)
