"""Signing in by an e-mailed code; and what nobody learns by trying."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iscg_portal.mail.models import Mail
from members.models import Account

pytestmark = pytest.mark.django_db
ASK = "/en/accounts/login/code/"
CONFIRM = "/en/accounts/login/code/confirm/"
PASSWORD = "correct horse battery staple"
KNOWN, UNKNOWN = "reader@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def reader():
    return Account.objects.create_user(KNOWN)


def code_in_mail():
    return re.search(r"^[A-Z0-9-]{6,}$", Mail.objects.order_by("pk").last().text, re.MULTILINE)[0]


def sign_in_by_code(client, address=ASK):
    client.post(address, {"email": KNOWN})
    return client.post(CONFIRM, {"code": code_in_mail()})


def what_is_seen(client, method, address, form, email):
    """Status, place to go, number of queries and body of an answer, without the address and the token in it."""
    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method)(address, form)
    body = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode()).replace(email, "")
    return answer.status_code, answer.headers.get("Location"), len(queries), body


def test_code_signs_in_without_a_password(client, reader):
    sign_in_by_code(client)
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_code_is_good_once(client, reader):
    sign_in_by_code(client)
    other = Client()
    other.post(CONFIRM, {"code": code_in_mail()})
    assert "_auth_user_id" not in other.session


def test_third_wrong_code_ends_the_attempt(client, reader):
    client.post(ASK, {"email": KNOWN})
    for _ in range(3):
        client.post(CONFIRM, {"code": "WRONG-CODE"})
    client.post(CONFIRM, {"code": code_in_mail()})
    assert "_auth_user_id" not in client.session


def test_codes_of_one_address_are_not_asked_for_endlessly(reader):
    for _ in range(8):
        Client().post(ASK, {"email": KNOWN})
    assert Mail.objects.count() == 5


@pytest.mark.parametrize("path", ["login/code/", "password/reset/"])
def test_asking_does_not_tell_whether_there_is_an_account(reader, path):
    address = f"/en/accounts/{path}"
    seen = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        client.get(address)
        steps = [what_is_seen(client, "post", address, {"email": email}, email)]
        steps.append(what_is_seen(client, "get", steps[0][1], {}, email))
        steps += [what_is_seen(client, "post", steps[0][1], {"code": "WRONG-CODE"}, email) for _ in range(3)]
        seen.append(steps)
    assert seen[0] == seen[1]
    assert Mail.objects.count() == 2


def test_wrong_password_does_not_tell_whether_there_is_an_account(client):
    Account.objects.create_user(KNOWN, PASSWORD)
    form = {"password": "a guess that is wrong"}
    seen = [
        what_is_seen(Client(), "post", "/en/accounts/login/", {**form, "login": email}, email)
        for email in (KNOWN, UNKNOWN)
    ]
    assert seen[0] == seen[1]


@pytest.mark.parametrize("email", ["a@example.org\nBcc: b@example.org", f"{'a' * 300}@example.org", "читатель@пример"])
def test_address_that_is_none_is_refused_with_a_sentence(client, email):
    answer = client.post(ASK, {"email": email})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Mail.objects.exists()


def test_session_gets_another_key_at_sign_in(client, reader):
    client.post(ASK, {"email": KNOWN})
    before = client.session.session_key
    client.post(CONFIRM, {"code": code_in_mail()})
    assert before
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(client, elsewhere):
    Account.objects.create_user(KNOWN, PASSWORD)
    answer = client.post("/en/accounts/login/", {"login": KNOWN, "password": PASSWORD, "next": elsewhere})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_a_code_leads_to_the_page_that_was_asked_for_and_never_elsewhere(reader):
    asked = {"/en/accounts/sessions/": "/en/accounts/sessions/", "https://evil.example/": "/en/workspace/"}
    for wanted, reached in asked.items():
        one = Client()
        one.post(f"{ASK}?next={wanted}", {"email": KNOWN, "next": wanted})
        assert one.post(CONFIRM, {"code": code_in_mail(), "next": wanted})["Location"] == reached


@pytest.mark.parametrize("address", [ASK, "/en/accounts/login/", "/en/accounts/logout/", "/en/accounts/sessions/"])
def test_form_of_another_site_is_refused(reader, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post(address, {"email": KNOWN}).status_code == 403


def test_forged_host_writes_no_mail(client, reader):
    assert client.post("/en/accounts/password/reset/", {"email": KNOWN}, HTTP_HOST="evil.example").status_code == 400
    assert not Mail.objects.exists()


def test_owner_sees_the_sessions_and_ends_the_others(client, reader):
    sign_in_by_code(client)
    other = Client()
    sign_in_by_code(other)
    page = client.get("/en/accounts/sessions/").content.decode()
    assert page.count("<td>127.0.0.1</td>") == 2
    client.post("/en/accounts/sessions/")
    assert "_auth_user_id" not in other.session
    assert UserSession.objects.get().session_key == client.session.session_key


def test_owner_ends_one_session_and_no_other(client, reader):
    others = [Client(), Client()]
    for one in (client, *others):
        sign_in_by_code(one)
    ended = UserSession.objects.get(session_key=others[0].session.session_key)
    address = f"/en/accounts/sessions/{ended.pk}/end/"
    assert address in client.get("/en/accounts/sessions/").content.decode()
    assert client.get(address).status_code == 405
    assert client.post(address)["Location"] == "/en/accounts/sessions/"
    assert ["_auth_user_id" in one.session for one in (client, *others)] == [True, False, True]
    assert client.post(address).status_code == 404


def test_ending_the_session_that_one_is_in_signs_out(client, reader):
    sign_in_by_code(client)
    here = UserSession.objects.get()
    assert client.post(f"/en/accounts/sessions/{here.pk}/end/")["Location"] == "/en/accounts/login/"
    assert "_auth_user_id" not in client.session


def test_nobody_ends_the_session_of_another_account(client, reader):
    sign_in_by_code(client)
    stranger = Client()
    stranger.force_login(Account.objects.create_user("other@example.org"))
    assert stranger.post(f"/en/accounts/sessions/{UserSession.objects.first().pk}/end/").status_code == 404
    assert "_auth_user_id" in client.session


def test_after_signing_in_one_is_in_the_workspace_to_which_the_menu_leads(client, reader):
    answer = sign_in_by_code(client)
    assert answer["Location"] == "/en/workspace/"
    assert 'href="/en/workspace/"' in client.get("/en/accounts/sessions/").content.decode()


def test_passkey_is_a_second_factor(client):
    staff = Account.objects.create_superuser("staff@example.org")
    Authenticator.objects.create(user=staff, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    client.force_login(staff)
    assert client.get("/admin/").status_code == 200


def test_code_alone_does_not_sign_in_who_has_a_second_factor(client, reader):
    Authenticator.objects.create(user=reader, type=Authenticator.Type.TOTP, data={"secret": "ABCDEFGHIJKLMNOP"})
    assert sign_in_by_code(client).headers["Location"].startswith("/en/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
