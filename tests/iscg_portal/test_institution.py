"""Signing in through an institution: a real talk over HTTP with a provider on the loopback."""

import re
import time
from html import unescape
from threading import Event
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.core.signing import dumps
from django.test import Client
from django.urls import reverse

from iscg_portal.signing_in.institution import AWAY_FOR, AWAY_SINCE
from iscg_portal.signing_in.known_browsers import SALT
from members.models import Account
from tests.iscg_portal.provider import DISCOVERY, known_to_the_portal, serving

pytestmark = pytest.mark.django_db
BEGIN = "/en/accounts/institution/"
BACK = "/accounts/institution/callback/"
KNOWN, UNKNOWN = "reader@example.org", "nobody@example.org"
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]
NO_ACCOUNT = "did not confirm the e-mail address of an account"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def provider(settings):
    with serving() as found:
        known_to_the_portal(found, settings, "http://testserver")
        yield found


@pytest.fixture
def reader():
    return Account.objects.create_user(KNOWN, "correct horse battery staple")


def begin(client, address=BEGIN, **form):
    """Press the button; the address at the provider to which the page leads."""
    page = client.post(address, form).content.decode()
    return unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1])


def agree(provider, address):
    """Press at the provider; the address at the portal to which it leads."""
    return provider.code_for(urlsplit(address).query).removeprefix("http://testserver")


def sign_in(client, provider, **form):
    return client.get(agree(provider, begin(client, **form)))


def signed_in(client):
    return client.session.get("_auth_user_id")


def nobody_came_in(client):
    return signed_in(client) is None and not SocialAccount.objects.exists()


def seen(answer):
    """Status and body of an answer, without the address that a printed page bears."""
    return answer.status_code, re.sub(r"callback/\?[^<]*", "", answer.content.decode())


def test_a_verified_address_opens_its_account_and_binds_the_identity(client, provider, reader):
    answer = sign_in(client, provider)
    assert answer["Location"] == "/en/workspace/"
    assert signed_in(client) == str(reader.pk)
    identity = SocialAccount.objects.get()
    assert (identity.user, identity.provider, identity.uid) == (reader, "institution", "1")


def test_nothing_but_the_identity_is_kept_and_the_password_stays(client, provider, reader):
    provider.person |= {"name": "Ana Example", "birthdate": "1970-01-01"}
    sign_in(client, provider)
    reader.refresh_from_db()
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()
    assert (reader.name, reader.has_usable_password()) == ("", True)


def test_a_bound_identity_signs_in_again(client, provider, reader):
    sign_in(client, provider)
    other = Client()
    sign_in(other, provider)
    assert signed_in(other) == str(reader.pk)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("email", ["Reader@Example.org", "READER@EXAMPLE.ORG"])
def test_the_address_is_known_in_any_case(client, provider, reader, email):
    provider.person["email"] = email
    sign_in(client, provider)
    assert signed_in(client) == str(reader.pk)


@pytest.mark.parametrize("verified", [False, None, "false", "", 0, [], "yes"])
def test_an_address_that_is_not_verified_opens_nothing(client, provider, reader, verified):
    provider.person["email_verified"] = verified
    assert sign_in(client, provider).status_code == 403
    assert nobody_came_in(client)


@pytest.mark.parametrize(
    "person",
    [
        {"email": UNKNOWN},
        {"email": UNKNOWN, "email_verified": False},
        {"email_verified": False},
        {"email": ""},
        {"email": None},
        {"email": "no address"},
    ],
)
def test_whom_no_account_opens_is_told_the_same_whatever_the_reason(client, provider, reader, person):
    Account.objects.create_user("gone@example.org", is_active=False)
    provider.person["email"] = "gone@example.org"
    deactivated = sign_in(Client(), provider)
    provider.person = {"sub": "1", "email": KNOWN, "email_verified": True} | person
    answer = sign_in(client, provider)
    assert seen(answer) == seen(deactivated)
    assert answer.status_code == 403
    assert NO_ACCOUNT in answer.content.decode()
    assert nobody_came_in(client)
    assert Account.objects.count() == 2


def test_a_deactivated_account_stays_shut_to_the_identity_bound_to_it(client, provider, reader):
    sign_in(client, provider)
    Account.objects.update(is_active=False)
    other = Client()
    assert sign_in(other, provider).status_code == 403
    assert signed_in(other) is None


def test_a_second_identity_does_not_open_a_bound_account(client, provider, reader):
    sign_in(client, provider)
    provider.person = provider.person | {"sub": "2"}
    other = Client()
    answer = sign_in(other, provider)
    assert (answer.status_code, NO_ACCOUNT in answer.content.decode()) == (403, True)
    assert signed_in(other) is None
    assert SocialAccount.objects.get().uid == "1"


def test_a_bound_identity_opens_no_account_of_another_address(client, provider, reader):
    sign_in(client, provider)
    Account.objects.create_user("other@example.org")
    for email in ("other@example.org", UNKNOWN):
        provider.person = provider.person | {"email": email}
        other = Client()
        assert sign_in(other, provider).status_code == 403
        assert signed_in(other) is None


def test_refusal_does_not_sign_out_who_is_signed_in(client, provider, reader):
    client.force_login(reader)
    provider.person["email"] = UNKNOWN
    sign_in(client, provider)
    assert signed_in(client) == str(reader.pk)


def test_an_identity_is_not_connected_by_asking_for_it(client, provider, reader):
    client.force_login(reader)
    provider.person["email"] = UNKNOWN
    assert sign_in(client, provider, process="connect").status_code == 403
    assert not SocialAccount.objects.exists()


def test_what_the_address_says_changes_nothing_that_is_asked_of_the_provider(client, provider):
    bent = f"{BEGIN}?process=connect&scope=admin&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example%26state%3Dx"
    asked = dict(parse_qsl(urlsplit(begin(client, bent)).query))
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert asked["state"] != "x"


BEFORE = [DISCOVERY]  # asked before the browser goes to the provider
ALL = [DISCOVERY, "/token", "/userinfo"]
GARBAGE = ["", "<html>", "null", "[]", "{}", '"text"', "12", '{"sub": null}', '{"sub": ["1"]}', '{"access_token": 1}']


def fails_at(provider, path, client):
    """The answer of the portal where the provider begins to fail: at once, or once the browser comes back."""
    return client.post(BEGIN) if path in BEFORE else sign_in(client, provider)


@pytest.mark.parametrize("body", GARBAGE)
@pytest.mark.parametrize("path", ALL)
def test_nonsense_of_the_provider_is_told_with_502(client, provider, reader, path, body):
    provider.tells[path] = body
    answer = fails_at(provider, path, client)
    assert answer.status_code == 502
    assert "no answer that the portal understands" in answer.content.decode()
    assert nobody_came_in(client)


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
@pytest.mark.parametrize("path", ALL)
def test_error_of_the_provider_is_told_with_502(client, provider, reader, path, status):
    provider.fails[path] = status
    assert fails_at(provider, path, client).status_code == 502
    assert nobody_came_in(client)


def test_provider_that_breaks_down_meanwhile_is_told_with_502(client, provider, reader):
    address = agree(provider, begin(client))
    provider.fails[DISCOVERY] = 500
    assert client.get(address).status_code == 502


def test_provider_that_is_down_is_told_with_502(client, settings):
    with serving() as found:
        known_to_the_portal(found, settings, "http://testserver")
    answer = client.post(BEGIN)
    assert answer.status_code == 502
    assert 'id="main"' in answer.content.decode()


def test_provider_that_is_slow_is_not_waited_for(client, provider, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.05
    provider.goes_on = Event()
    assert client.post(BEGIN).status_code == 502
    provider.goes_on.set()


def test_one_waits_for_a_provider_that_hangs_and_the_others_do_not(client, provider, reader, settings, monkeypatch):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.05
    address, provider.goes_on = agree(provider, begin(client)), Event()
    assert client.post(BEGIN).status_code == 502
    asked = len(provider.asked)
    assert [client.post(BEGIN).status_code for _ in range(9)] == [502] * 9
    assert client.get(address).status_code == 502
    assert len(provider.asked) == asked
    provider.goes_on.set()
    later = time.time() + AWAY_FOR
    monkeypatch.setattr(time, "time", lambda: later)
    sign_in(client, provider)
    assert signed_in(client)


def test_a_clock_that_was_set_back_keeps_no_provider_away(client, provider, reader):
    cache.set(AWAY_SINCE, time.time() + 86_400, 2 * 86_400)
    sign_in(client, provider)
    assert signed_in(client)


@pytest.mark.parametrize("sub", ["", "x" * 192, None, 7, ["1"]])
def test_a_name_for_the_person_that_is_none_opens_nothing(client, provider, reader, sub):
    provider.person["sub"] = provider.signs["sub"] = sub
    assert sign_in(client, provider).status_code == 502
    assert nobody_came_in(client)


@pytest.mark.parametrize("bent", [{"sub": "2"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}])
def test_a_token_for_another_person_portal_provider_or_time_opens_nothing(client, provider, reader, bent):
    provider.signs = bent
    assert sign_in(client, provider).status_code == 502
    assert nobody_came_in(client)


def test_an_answer_without_a_token_of_the_person_opens_nothing(client, provider, reader):
    provider.tells["/token"] = '{"access_token": "x"}'
    provider.tokens["x"] = provider.person
    assert sign_in(client, provider).status_code == 502
    assert nobody_came_in(client)


@pytest.mark.parametrize(
    ("error", "status"), [("access_denied", 403), ("server_error", 502), ("temporarily_unavailable", 502)]
)
def test_refusal_at_the_provider_is_told(client, provider, reader, error, status):
    state = dict(parse_qsl(urlsplit(begin(client)).query))["state"]
    answer = client.get(BACK, {"error": error, "state": state, "error_description": "<b>not shown</b>"})
    assert answer.status_code == status
    assert "not shown" not in answer.content.decode()
    assert nobody_came_in(client)


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"code": "x", "state": "forged"}, {"error": "x"}, {"state": ""}])
def test_coming_back_without_having_begun_is_refused(client, provider, query):
    answer = client.get(BACK, query)
    assert answer.status_code == 400
    assert "was not begun in this browser" in answer.content.decode()
    assert provider.asked == []


def test_what_somebody_else_began_signs_nobody_in(client, provider, reader):
    address = agree(provider, begin(Client()))
    assert client.get(address).status_code == 400
    assert nobody_came_in(client)


def test_coming_back_twice_is_refused(client, provider, reader):
    address = agree(provider, begin(client))
    client.get(address)
    assert client.get(address).status_code == 400
    assert provider.asked.count("/token") == 1


def test_a_code_is_good_once_and_for_who_began(client, provider, reader):
    code = dict(parse_qsl(urlsplit(agree(provider, begin(client))).query))["code"]
    for other in (Client(), Client()):
        state = dict(parse_qsl(urlsplit(begin(other)).query))["state"]
        assert other.get(BACK, {"code": code, "state": state}).status_code == 502
        assert signed_in(other) is None


def test_coming_back_is_a_get(client, provider):
    assert client.post(BACK).status_code == 405


def test_form_of_another_site_does_not_begin(provider):
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403
    assert provider.asked == []


def test_a_link_begins_nothing(client, provider):
    assert client.get(BEGIN)["Location"] == "/en/accounts/login/"
    assert provider.asked == []


def test_session_gets_another_key_at_sign_in(client, provider, reader):
    address = agree(provider, begin(client))
    before = client.session.session_key
    client.get(address)
    assert before
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/en/accounts/sessions/", "/en/accounts/sessions/"),
        ("https://evil.example/", "/en/workspace/"),
        ("//evil.example", "/en/workspace/"),
        ("/\\evil.example", "/en/workspace/"),
        ("javascript:alert(1)", "/en/workspace/"),
    ],
)
def test_it_leads_to_the_page_that_was_asked_for_and_never_elsewhere(client, provider, reader, wanted, reached):
    assert sign_in(client, provider, next=wanted)["Location"] == reached


def test_who_has_a_second_factor_is_asked_for_it(client, provider, reader):
    Authenticator.objects.create(user=reader, type=Authenticator.Type.TOTP, data={"secret": "ABCDEFGHIJKLMNOP"})
    assert sign_in(client, provider)["Location"].startswith("/en/accounts/2fa/authenticate/")
    assert signed_in(client) is None


def test_staff_without_a_second_factor_set_one_up_before_the_admin_opens(client, provider):
    Account.objects.create_superuser(KNOWN)
    assert sign_in(client, provider)["Location"] == "/admin/"
    assert client.get("/admin/")["Location"] == "/en/accounts/2fa/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_address_is_registered_and_the_language_comes_back(client, provider, reader, language):
    page = client.get(f"/{language}/accounts/login/").content.decode()
    assert f'action="/{language}/accounts/institution/"' in page
    assert "Institute of Examples" in page
    back = agree(provider, begin(client, f"/{language}/accounts/institution/"))
    assert back.startswith(BACK)
    assert client.get(back)["Location"] == f"/{language}/workspace/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_stands_in_the_frame_of_the_portal_in_the_language_it_was_begun_in(client, provider, language):
    page = client.get(agree(provider, begin(client, f"/{language}/accounts/institution/")))
    assert f'<html lang="{"zh-Hans" if language == "zh" else language}"' in page.content.decode()
    assert f'href="/{language}/accounts/login/"' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_beginning_endlessly_is_stopped_and_stops_no_browser_that_was_here_before(client, provider, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "institution": "2/m/ip",
        "institution_known": "3/m/key",
    }
    assert [client.post(BEGIN).status_code for _ in range(3)] == [200, 200, 429]
    client.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = dumps([(1, "number")], salt=SALT)
    assert [client.post(BEGIN).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_without_a_provider_there_is_no_button_and_no_address(client):
    assert "institution" not in client.get("/en/accounts/login/").content.decode()
    assert [client.get(BEGIN).status_code, client.post(BEGIN).status_code, client.get(BACK).status_code] == [404] * 3


@pytest.mark.parametrize("path", ["login/cancelled/", "login/error/", "3rdparty/", "oidc/institution/login/"])
def test_pages_that_connect_and_make_accounts_are_not_there(client, provider, reader, path):
    client.force_login(reader)
    assert client.get(f"/en/accounts/{path}").status_code == 404


def test_another_address_of_the_account_forgets_the_identity(admin_client, provider, reader, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    sign_in(Client(), provider)
    page = admin_client.get(reverse("admin:members_account_change", args=[reader.pk]))
    form = page.context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"email": "new@example.org"}
    data |= {"_version": page.context.get("version", "")}
    data = {name: value for name, value in data.items() if value not in (False, "")}
    assert admin_client.post(reverse("admin:members_account_change", args=[reader.pk]), data).status_code == 302
    assert not SocialAccount.objects.exists()


def test_staff_forget_the_identity_of_an_account(admin_client, provider, reader, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    sign_in(Client(), provider)
    address = f"/admin/members/account/{reader.pk}/identity/"
    assert address in admin_client.get(f"/admin/members/account/{reader.pk}/change/").content.decode()
    assert admin_client.get(address).status_code == 200
    assert SocialAccount.objects.exists()
    admin_client.post(address, {"reason": "Moved to another institute."})
    assert not SocialAccount.objects.exists()
