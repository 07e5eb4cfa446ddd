"""My data, and closing an account, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests import world as w
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import fits

PASSWORD = "a long test password"


def test_owner_reads_the_data_and_closes_the_account_without_javascript(open_page):
    w.account("reader@example.org")
    page = open_page("/en/workspace/", java_script_enabled=False)
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="My data").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "iscg-my-data.json"
    page.goto("/en/workspace/close-account/")
    page.get_by_role("button", name="Close my account").click()
    page.get_by_label("Password").fill(PASSWORD)  # asked again before anything is closed
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Your account is closed.")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", ["/en/workspace/my-data/", "/en/workspace/close-account/", "/ar/follow/"])
def test_page_has_no_barrier_and_breaks_no_policy(open_as_staff, barriers, address, viewport):
    page = open_as_staff(address, viewport=viewport)
    assert barriers(page) == []
    assert page.complaints == []
    assert fits(page)
