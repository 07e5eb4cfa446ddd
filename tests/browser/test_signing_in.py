"""The pages about one's own account, in a real browser."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import expect

from iscg_portal.mail.sending import send_waiting
from members.models import Account
from tests import world as build
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import ask_for_code, enter_code, fits, hold_passkeys
from tests.mail_server import mail_server, no_mail_server

PASSWORD = "correct horse battery staple"


def sign_in(page):
    page.get_by_label("E-mail address").fill("staff@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def current_code(secret):
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "address",
    ["/en/accounts/login/", "/ar/accounts/login/", "/en/accounts/password/reset/", "/en/accounts/login/code/"],
)
def test_page_has_no_barrier_and_breaks_no_policy(open_page, barriers, address, viewport):
    page = open_page(address, viewport)
    assert barriers(page) == []
    assert page.complaints == []
    assert fits(page)


def test_staff_stop_before_the_admin_until_they_set_up_a_second_factor(open_page, barriers):
    staff = Account.objects.create_superuser("staff@example.org", PASSWORD)
    page = open_page("/admin/members/person/")
    sign_in(page)
    expect(page).to_have_url(re.compile("/accounts/2fa/$"))
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/accounts/2fa/$"))
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Password").fill(PASSWORD)  # asked again before a factor is set up
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector("#authenticator_secret")
    assert barriers(page) == []
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Code").fill(current_code(secret))
    with page.expect_navigation():
        page.get_by_role("button", name="Set up").click()
    page.goto("/admin/")
    assert page.url.endswith("/admin/")
    assert Authenticator.objects.filter(user=staff).count() == 2
    assert page.complaints == []


def test_passkey_opens_the_admin_and_signs_in(open_page, barriers):
    Account.objects.create_superuser("staff@example.org", PASSWORD)
    page = open_page("/admin/")
    hold_passkeys(page)
    sign_in(page)
    page.get_by_role("link", name="Add a passkey or security key").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("It signs in alone").check()
    assert barriers(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Add").click()
    page.goto("/admin/")
    assert page.url.endswith("/admin/")
    page.context.clear_cookies()
    page.goto("/en/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")
    assert page.complaints == []


def test_a_code_waits_while_the_mail_server_is_down_and_comes_when_it_is_back(open_page, settings):
    cache.clear()  # nobody has asked for a code yet
    build.account("reader@example.org")
    page = open_page("/en/accounts/login/code/", PHONE, java_script_enabled=False)
    with no_mail_server(settings):
        ask_for_code(page, "reader@example.org")
    with mail_server(settings) as server:
        send_waiting()
    enter_code(page, server.mails[0])
    page.wait_for_url("**/en/workspace/")
    assert page.complaints == []
