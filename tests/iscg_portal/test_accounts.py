"""Signing in: for staff, with a second factor, and never more often than is human."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from members.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
LOGIN = "/en/accounts/login/"
SET_UP = "/en/accounts/2fa/totp/activate/"
FACTORS = "/en/accounts/2fa/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def staff():
    return Account.objects.create_superuser("staff@example.org", PASSWORD)


@pytest.fixture
def second_factor(staff):
    return TOTP.activate(staff, generate_totp_secret())


def sign_in(client, email="staff@example.org", password=PASSWORD):
    return client.post(f"{LOGIN}?next=/admin/", {"login": email, "password": password})


def test_admin_sends_to_the_sign_in_of_the_portal(client):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/en/accounts/login/?next=")


def test_staff_without_a_second_factor_set_one_up_before_the_admin_opens(client, staff):
    sign_in(client)
    for address in ("/admin/", "/admin/members/person/"):
        assert client.get(address).headers["Location"] == FACTORS


def test_picture_to_scan_stands_in_the_page_itself(client, staff):
    sign_in(client)
    client.post(f"/en/accounts/reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "data:" not in page


def test_setting_up_a_second_factor_ends_the_sessions_that_began_without(client, staff, monkeypatch):
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())
    thief = Client()
    for browser in (thief, client):
        sign_in(browser)
    client.post(f"/en/accounts/reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    client.get(SET_UP)
    secret, counter = client.session["mfa.totp.secret"], next(iter(yield_hotp_counters_from_time()))
    client.post(SET_UP, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert client.get("/admin/").status_code == 200
    assert thief.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_second_factor_is_not_asked_where_settings_say_so(client, staff, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_password_alone_does_not_sign_in_who_has_a_second_factor(client, second_factor):
    assert sign_in(client).headers["Location"].startswith("/en/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302


def test_admin_opens_with_the_second_factor(client, staff, second_factor):
    client.force_login(staff)
    assert client.get("/admin/").status_code == 200


def test_account_without_staff_rights_may_not_see_the_admin(client):
    client.force_login(Account.objects.create_user("reader@example.org", PASSWORD))
    assert client.get("/admin/").status_code in (302, 403)


def test_address_is_known_in_any_case(client, staff):
    assert sign_in(client, email="Staff@Example.org").status_code == 302


def test_deactivated_account_cannot_sign_in(client, staff):
    staff.is_active = False
    staff.save()
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/en/accounts/signup/", form)
    assert not Account.objects.exists()


def test_endless_guessing_is_stopped(client, staff):
    answers = [sign_in(client, password=f"guess {number}") for number in range(12)]
    assert "too many" in answers[-1].content.decode().lower()
    assert sign_in(client).status_code != 302


def test_behind_a_proxy_attempts_are_counted_by_the_address_that_the_proxy_saw(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    assert get_adapter().get_client_ip(request) == "198.51.100.7"


def test_without_a_proxy_no_header_is_believed(rf):
    request = rf.get("/", headers={"x-forwarded-for": "203.0.113.9"})
    assert get_adapter().get_client_ip(request) == "127.0.0.1"


@pytest.mark.parametrize("address", [LOGIN, "/en/accounts/password/reset/", "/admin/"])
def test_signed_in_pages_are_kept_by_nobody(client, address):
    assert client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_sign_in_page_stands_in_the_frame_of_the_portal(client, language):
    page = client.get(f"/{language}/accounts/login/").content.decode()
    assert 'id="main"' in page
    assert f'<html lang="{"zh-Hans" if language == "zh" else language}"' in page


def test_first_staff_account_signs_in_with_the_printed_password(client, capsys, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    call_command("ensure_staff")
    words = capsys.readouterr().out.splitlines()[0].split()
    assert sign_in(client, email=words[words.index("as") + 1], password=words[-1]).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_second_staff_account_is_not_made(capsys, staff):
    call_command("ensure_staff")
    assert Account.objects.count() == 1
    assert PASSWORD not in capsys.readouterr().out


def test_nobody_takes_the_address_of_somebody_else(client, staff):
    client.force_login(staff)
    before = staff.email
    for action in ("action_add", "action_primary"):
        answer = client.post("/en/accounts/email/", {action: "", "email": "somebody@example.org"})
        assert answer.status_code == 405
    staff.refresh_from_db()
    assert staff.email == before
