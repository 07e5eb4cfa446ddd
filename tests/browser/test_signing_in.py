"""The pages about one's own account, in a real browser."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from members.models import Account
from tests.browser.conftest import DESK, PHONE

PASSWORD = "correct horse battery staple"


def sign_in(page):
    page.get_by_label("Email").fill("staff@example.org")
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
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_staff_signs_in_and_sets_up_the_second_factor(open_page, barriers):
    staff = Account.objects.create_superuser("staff@example.org", PASSWORD)
    page = open_page("/admin/")
    sign_in(page)
    page.get_by_role("link", name="Activate").click()
    page.get_by_label("Password").fill(PASSWORD)  # asked again before a factor is set up
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_selector("#authenticator_secret")
    assert barriers(page) == []
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Authenticator code").fill(current_code(secret))
    with page.expect_navigation():
        page.get_by_role("button", name="Set up").click()
    page.goto("/admin/")
    assert page.url.endswith("/admin/")
    assert Authenticator.objects.filter(user=staff).count() == 2
    assert page.complaints == []


def test_passkey_opens_the_admin_and_signs_in(open_page, barriers, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    Account.objects.create_superuser("staff@example.org", PASSWORD)
    page = open_page("/admin/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page)
    page.get_by_role("link", name="Add").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Passwordless").check()
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
