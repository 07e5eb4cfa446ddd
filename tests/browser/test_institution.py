"""Signing in through an institution in a real browser, which applies the policy and sends cookies as browsers do."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from members.models import Account
from tests.iscg_portal.provider import known_to_the_portal, serving


@pytest.fixture
def provider(settings, live_server):
    cache.clear()
    with serving() as found:
        known_to_the_portal(found, settings, live_server.url)
        yield found


def press(page):
    page.get_by_role("button", name="Institute of Examples").click()


def test_button_leads_to_the_provider_and_back_into_the_workspace(open_page, barriers, provider):
    Account.objects.create_user("reader@example.org")
    page = open_page("/en/accounts/login/")
    assert barriers(page) == []
    press(page)
    page.wait_for_url(f"{provider.url}/authorize**")
    page.get_by_role("button", name="Let the portal know me").click()
    page.wait_for_url("**/en/workspace/")
    assert page.complaints == []


def test_refusal_has_no_barrier_and_leads_back_to_signing_in(open_page, barriers, provider):
    page = open_page("/ar/accounts/login/")
    press(page)
    page.wait_for_url(f"{provider.url}/authorize**")
    page.get_by_role("button", name="Let the portal know me").click()
    page.wait_for_url("**/accounts/institution/callback/**")
    assert barriers(page) == []
    page.locator("main a.button").click()
    page.wait_for_url("**/ar/accounts/login/")


def test_page_that_leads_on_has_no_barrier(open_page, barriers, provider):
    page = open_page("/en/accounts/login/")
    page.route(f"{provider.url}/**", lambda route: route.fulfill(status=204))  # the browser stays where it is
    press(page)
    expect(page.get_by_role("link", name="Go on")).to_be_visible()
    assert barriers(page) == []
