"""`manage.py warm_up` through nginx: afterwards all of the sitemap answers while the portal is down."""

import re
import ssl
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from front.warming import requests_for, warm_up

FORMS = ("br", "gzip", "identity")


@pytest.fixture
def found(site, settings, monkeypatch):
    """The site at the address that readers use; its certificate is of nobody."""
    settings.SITE_URL = f"https://localhost:{site.server.port}"
    monkeypatch.setattr(ssl, "create_default_context", ssl._create_unverified_context)
    return site


def few(addresses):
    """Of each kind of page one, which is enough for a test."""
    kinds = {re.sub(r"[^/]+/$", "", address): address for address in addresses}
    return list(kinds.values())[:12]


def test_what_was_asked_for_answers_in_every_form_while_the_portal_is_down(found, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "front.warming.requests_for", lambda addresses: requests_for(asked.extend(few(addresses)) or asked)
    )
    said = StringIO()
    call_command("warm_up", rate=1000, stdout=said)
    assert len(asked) == 12 and said.getvalue() == f"{3 * (12 + 6)} answers, 0 of them errors.\n"
    with found.stopped():
        paths = [address.removeprefix(f"https://localhost:{found.server.port}") for address in asked]
        answers = {(path, form): found.ask(path, accept_encoding=form).status for path in paths for form in FORMS}
        assert set(answers.values()) == {200}, answers
        assert found.ask("/", accept_language="fr", accept_encoding="gzip").status == 302
        assert found.ask("/en/privacy-of-nobody/").status == 503


def test_each_page_of_the_sitemap_is_asked_for_in_each_form(settings):
    pages = [f"{settings.SITE_URL}/en/", f"{settings.SITE_URL}/fr/contact/", "https://elsewhere.example.org/en/"]
    asked = {(request.full_url, request.get_header("Accept-encoding")) for request in requests_for(pages)}
    assert asked == {(page, form) for page in (f"{settings.SITE_URL}/", *pages[:2]) for form in FORMS}


def test_no_more_is_asked_in_a_second_than_the_rate_says(found, monkeypatch):
    monkeypatch.setattr("front.warming.requests_for", lambda addresses: list(requests_for(addresses))[:10])
    began = time.monotonic()
    assert warm_up(10).answers == 10
    assert time.monotonic() - began >= 1


def test_pages_that_answer_with_an_error_are_named(found, monkeypatch):
    gone = f"https://localhost:{found.server.port}/en/persons/nobody-of-this-name/"
    monkeypatch.setattr("front.warming.requests_for", lambda _: list(requests_for([gone]))[-1:])
    with pytest.raises(CommandError, match="nobody-of-this-name/: answered 404"):
        call_command("warm_up", rate=1000, stdout=StringIO())


def test_a_portal_that_is_away_is_said_so(found):
    with found.stopped(), pytest.raises(CommandError, match=r"sitemap\.xml cannot be read: .*503"):
        call_command("warm_up")
