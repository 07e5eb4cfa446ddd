"""A form of the workspace that is sent through nginx after its session ended: what was typed stands there again."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import requests
import urllib3
from django.contrib.sessions.models import Session
from django.core.cache import cache

from iscg_portal.tenure.dates import today
from tests import world as build
from workspace.models import ReportDraft

PASSWORD = "correct horse battery staple"
TYPED = "Half a sentence, é中ع, with “quotes” & <tags>\r\nand a second line that nobody"
ADDRESS, LOGIN = "/en/workspace/reports/emf/99-1/", "/en/accounts/login/"


@pytest.fixture
def ina(site, world):
    """The account of a Coordinator who writes a report to a meeting to come."""
    cache.clear()
    person = build.person("Ina Sample", "Ms")
    build.coordinator(build.subject("MUI"), person, date(2022, 4, 1))
    build.meeting("99-1", today() + timedelta(30))
    account = build.account("ina@example.org", person=person)
    account.set_password(PASSWORD)
    account.save()
    return account


class Browser(requests.Session):
    """Follows what nginx says as a reader's browser does."""

    def __init__(self, site):
        super().__init__()
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)  # the certificate is of nobody
        self.trust_env = self.verify = False
        self.site = f"https://localhost:{site.server.port}"

    def send(self, request, **how):
        request.headers.setdefault("Referer", request.url)
        return super().send(request, **how)

    def ask(self, path):
        return self.get(self.site + path, timeout=30)

    def sign_in(self, page):
        return self.fill_in(page, login="ina@example.org", password=PASSWORD)

    def fill_in(self, page, **given):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        return self.post(page.url, {"csrfmiddlewaretoken": token, **given}, timeout=30)


def test_what_was_half_typed_is_not_lost_with_the_session(site, ina):
    address = ADDRESS.replace("emf", "mui")
    browser = Browser(site)
    assert browser.sign_in(browser.ask(LOGIN)).status_code == 200
    form = browser.ask(address)
    Session.objects.all().delete()
    away = browser.fill_in(form, version=0, results=TYPED)
    assert away.url.startswith(browser.site + LOGIN) and "The portal keeps your text for an hour" in away.text
    assert not ReportDraft.objects.exists()
    again = browser.sign_in(away)
    assert again.url == browser.site + address and "Nothing was saved yet" in again.text
    assert unescape(re.search(r'name="results"[^>]*>\s*(.*?)</textarea>', again.text, re.S)[1]) == TYPED.replace(
        "\r", ""
    )
    assert not ReportDraft.objects.exists()
    browser.fill_in(again, version=0, results=TYPED)
    assert ReportDraft.objects.get().results == TYPED.replace("\r", "")
    assert site.server.kept == []
