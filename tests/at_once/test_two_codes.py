"""One code of the second factor, and guesses, that come at the same moment in several windows."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client, RequestFactory

from iscg_portal.signing_in.limits import attempt
from members.models import Account

PASSWORD = "correct horse battery staple"


@pytest.fixture
def owner(transactional_db):
    cache.clear()
    return Account.objects.create_user("owner@example.org", PASSWORD)


@pytest.fixture
def clock_stands(monkeypatch):
    """Both fall into the same half minute."""
    counter = next(totp.yield_hotp_counters_from_time())
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([counter]))


def entering(code):
    browser = Client()
    browser.post("/en/accounts/login/", {"login": "owner@example.org", "password": PASSWORD})

    def act(ready):
        ready()
        browser.post("/en/accounts/2fa/authenticate/", {"code": code})
        return "_auth_user_id" in browser.session

    return act


def test_one_code_lets_one_of_two_in(owner, at_once, clock_stands):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(owner, secret)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert sorted(at_once(entering(code), entering(code))) == [False, True]


def test_one_recovery_code_lets_one_of_two_in(owner, at_once):
    totp.TOTP.activate(owner, totp.generate_totp_secret())
    code = RecoveryCodes.activate(owner).generate_codes()[0]
    assert sorted(at_once(entering(code), entering(code))) == [False, True]


def test_of_twelve_guesses_at_once_no_more_than_five_are_tried(owner, at_once):
    def guess(ready):
        ready()
        return bool(attempt(RequestFactory().post("/en/accounts/login/"), "password", owner.email))

    outcomes = at_once(*[guess] * 12)
    assert all(isinstance(outcome, bool) for outcome in outcomes)
    assert 1 <= sum(outcomes) <= 5
