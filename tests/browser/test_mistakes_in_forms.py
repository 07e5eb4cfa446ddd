"""What was not taken is said above the form, with the focus and a link to each field, and beside the field."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_request_with_mistakes_is_shown_again_with_what_was_typed(open_page, scripts):
    page = open_page("/en/join/", PHONE, java_script_enabled=scripts)
    page.get_by_label("Name").fill("Una Delegate")
    page.get_by_label("Sector Member").check()
    page.get_by_label("Affiliation").fill("A company, made up")
    page.get_by_label("E-mail address").fill("una@nowhere")  # good enough for a browser
    page.get_by_role("button", name="Ask to take part").click()
    expect(page.locator(".mistakes")).to_be_focused()
    assert page.title().startswith("Not taken yet: ")
    page.locator(".mistakes").get_by_role("link", name="E-mail address").click()
    expect(page.get_by_label("E-mail address")).to_have_value("una@nowhere")
    assert page.url.endswith("#id_email")
    expect(page.get_by_label("Name")).to_have_value("Una Delegate")
    expect(page.locator("#id_email_error")).to_be_visible()


def test_the_list_of_mistakes_has_no_barrier(open_page, barriers):
    page = open_page("/en/accounts/login/", PHONE)
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".mistakes")).to_be_focused()
    assert barriers(page) == []
    assert page.complaints == []
