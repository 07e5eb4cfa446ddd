"""Sessions of staff end after a working day and after an hour unused; one-time codes count once."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from iscg_portal.signing_in.sessions import is_over, note_use
from members.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
LOGIN, FACTOR = "/en/accounts/login/", "/en/accounts/2fa/authenticate/"
SET_UP = "/en/accounts/2fa/totp/activate/"
HOUR = 3600


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    cache.clear()
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


@pytest.fixture
def staff():
    return Account.objects.create_superuser("staff@example.org", PASSWORD)


@pytest.fixture
def no_second_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = False


def with_times(client, **ago):
    """The client's session, begun and used so many seconds ago."""
    session = client.session
    session.update({name: time.time() - seconds for name, seconds in ago.items()})
    session.save()
    return client


@pytest.mark.parametrize(
    ("began", "used", "over"),
    [
        (9.9, 0.9, False),
        (10.1, 0, True),  # a working day
        (2, 1.1, True),  # unused for an hour
        (-24, -24, False),  # the clock was set back by a day
        (0, 0, False),
    ],
)
def test_a_session_of_staff_ends(began, used, over):
    now = 1_000_000.0
    assert is_over({"began_at": now - began * HOUR, "used_at": now - used * HOUR}, now) == over


@pytest.mark.parametrize("ago", [{"began_at": 11 * HOUR}, {"used_at": 1.1 * HOUR}])
def test_after_that_one_signs_in_again(client, staff, no_second_factor, ago):
    client.force_login(staff)
    assert client.get("/admin/").status_code == 200
    answer = with_times(client, **ago).get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{LOGIN}?next=%2Fadmin%2F"
    assert "You were signed out" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_using_a_session_keeps_it_and_writes_it_once_a_minute(client, staff, no_second_factor):
    with_times(client_of(client, staff), used_at=0.9 * HOUR).get("/admin/")
    noted = client.session["used_at"]
    assert time.time() - noted < 60
    client.get("/admin/")
    assert client.session["used_at"] == noted


def client_of(client, account):
    client.force_login(account)
    return client


def test_a_session_by_code_ends_with_the_browser_too(client, staff):
    begin = client.post("/en/accounts/login/code/", {"email": staff.email})
    assert begin.cookies["sessionid"]["max-age"] == ""


def test_who_is_not_staff_stays_signed_in(client):
    reader = Account.objects.create_user("reader@example.org", PASSWORD)
    answer = with_times(client_of(client, reader), began_at=20 * HOUR, used_at=5 * HOUR).get("/en/workspace/")
    assert answer.status_code == 200


def test_a_session_lasts_no_longer_because_the_clock_was_set_back():
    now = 1_000_000.0
    session = {"began_at": now + 24 * HOUR, "used_at": now + 24 * HOUR}
    note_use(session, now)
    assert session == {"began_at": now, "used_at": now}


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def sign_in(code):
    """A new browser with the password and the code; whether it is in."""
    browser = Client()
    browser.post(LOGIN, {"login": "staff@example.org", "password": PASSWORD})
    browser.post(FACTOR, {"code": code})
    return "_auth_user_id" in browser.session


@pytest.fixture
def clock_stands(monkeypatch):
    """Both sign-ins of a test fall into the same half minute."""
    moment = time.time() // 30 * 30 + 1
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([int(moment // 30)]))


def test_a_code_signs_in_once(staff, clock_stands):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(staff, secret)
    code = code_of(secret)
    assert [sign_in(code), sign_in(code)] == [True, False]


def test_the_code_of_setting_up_signs_nobody_in(client, staff, clock_stands):
    client.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    client.post(f"/en/accounts/reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    client.get(SET_UP)
    code = code_of(client.session["mfa.totp.secret"])
    client.post(SET_UP, {"code": code})
    assert Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()
    assert not sign_in(code)


def test_a_recovery_code_signs_in_once(staff):
    totp.TOTP.activate(staff, totp.generate_totp_secret())
    code = RecoveryCodes.activate(staff).generate_codes()[0]
    assert [sign_in(code), sign_in(code)] == [True, False]


def test_wrong_codes_of_a_thief_of_the_password_do_not_stop_the_owner(staff):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(staff, secret)
    thief = Client(REMOTE_ADDR="203.0.113.9")
    thief.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    answers = [thief.post(FACTOR, {"code": "000000"}).content.decode() for _ in range(6)]
    assert ["Too many attempts" in answer for answer in answers] == [False] * 5 + [True]
    assert sign_in(code_of(secret))
