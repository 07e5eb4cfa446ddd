"""A character that no text can hold is refused in one place, before PostgreSQL would answer with an error of ours."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests import walks
from tests.admin.conftest import chief, desk, second_factor_is_elsewhere  # noqa: F401

SENTENCE = "a character that no text can hold"
QUERIES = ("q=%00", "%00=1", "id__exact=%00", "e=1&_changelist_filters=%00", "_popup=\0", "p=%00&o=%00")
PAGES = (
    "/en/accounts/login/",
    "/en/accounts/2fa/webauthn/login/",
    "/en/follow/",
    "/en/join/",
    "/en/workspace/",
    "/admin/jsi18n/",
    "/admin/autocomplete/",
    "/admin/password_change/",
)


def admin_addresses(key="1"):
    """Every address of the admin that has a name, of a record that is not there."""
    names = {pattern.name for page in admin.site._registry.values() for pattern in page.urls if pattern.name}
    for name in sorted(names):
        for given in ([], [key], [key, "1"], [key, key]):
            try:
                yield reverse(f"admin:{name}", args=given)
            except NoReverseMatch:
                continue


def statuses(asked):
    return {answer.status_code for answer in asked}


@pytest.mark.walk
@pytest.mark.usefixtures("second_factor_is_elsewhere")
def test_no_query_with_nul_reaches_the_database(desk):  # noqa: F811
    addresses = [*admin_addresses(), *PAGES]
    assert len(addresses) > 150
    asked = walks.part_of(addresses, 5)
    assert statuses(desk.get(f"{address}?{query}") for address in asked for query in QUERIES[:1]) == {400}
    assert statuses(desk.get(f"{address}?{query}") for address in addresses[::40] for query in QUERIES) == {400}
    assert SENTENCE in desk.get(f"{PAGES[0]}?{QUERIES[0]}").content.decode()


@pytest.mark.walk
def test_no_address_of_the_admin_with_nul_breaks(desk):  # noqa: F811
    desk.raise_request_exception = False
    asked = [address for address in admin_addresses("a\0") if "%00" in address]
    assert len(asked) > 50
    assert statuses(desk.get(address) for address in walks.part_of(asked, 3)) == {404}


@pytest.mark.parametrize("form", [{"action": "\0"}, {"\0": "x"}, {"_selected_action": ["1", "a\0"]}])
@pytest.mark.parametrize("page", ["/admin/members/person/", "/en/follow/", "/en/accounts/login/", "/en/workspace/"])
def test_no_form_with_nul_reaches_a_page(desk, page, form):  # noqa: F811
    answer = desk.post(page, form)
    assert answer.status_code == 400
    assert SENTENCE in answer.content.decode()


@pytest.mark.django_db
def test_a_half_of_a_pair_becomes_a_sign_that_can_be_kept(client):
    answer = client.post("/en/follow/", "about=&email=%ED%A0%80@example.org", "application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["sessionid", "knownbrowser", "csrftoken"])
def test_a_cookie_with_nul_is_refused(client, cookie):
    answer = client.get("/en/accounts/login/", headers={"cookie": f'{cookie}="\\000{"a" * 32}"'})
    assert answer.status_code == 400


@pytest.mark.django_db
def test_a_form_in_an_encoding_that_no_form_has_is_refused_once(client, settings):
    settings.DEBUG = True  # its page of errors asks for the form again
    answer = client.post("/en/follow/", "email=x", content_type="application/x-www-form-urlencoded; charset=utf-7")
    assert answer.status_code == 400
