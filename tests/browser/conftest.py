"""A real browser: Debian's Chromium without its windows, led by Playwright, with axe to look for barriers."""

import os
from collections.abc import Sequence

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.mail_server import mail_server
from tools.chromium import find_chromium
from workspace.sender import deliver

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# Violations alone leave the browser, as sentences; `preload` would fetch the sheets anew.
BARRIERS = """axe.run({preload: false, resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(
    found => found.violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${rule.help} (${node.html.slice(0, 120)})`)))"""


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; it ends with them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """`open_page(address, viewport=DESK, ...)`: a page in a browser window of its own.

    Its `complaints` are what the browser said in its console: script errors and refusals of the policy.
    """
    contexts = []

    def open_at(address, viewport=DESK, cookies=(), **options):
        context = chromium.new_context(base_url=live_server.url, viewport=viewport, **options)
        contexts.append(context)
        context.add_cookies([{"url": live_server.url, **cookie} for cookie in cookies])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def open_as(open_page, settings):
    """`open_as(account, address, ...)`: a window in which that account is signed in."""

    def opened(account, address, **options):
        browser, name = Client(), settings.SESSION_COOKIE_NAME
        browser.force_login(account)
        return open_page(address, cookies=[{"name": name, "value": browser.cookies[name].value}], **options)

    return opened


@pytest.fixture
def open_as_staff(open_as, admin_user, settings):
    """`open_as_staff(address, ...)`: signed in as staff with every right; no second factor is asked."""
    settings.REQUIRE_SECOND_FACTOR = False
    return lambda address, **options: open_as(admin_user, address, **options)


@pytest.fixture
def mails(transactional_db, settings, live_server):
    """What a real mail server on the loopback got, the oldest first. The links in it lead to this portal.

    Who looks waits for the sender, as who waits for a mail does.
    """
    cache.clear()  # nobody has asked for anything yet
    settings.SITE_URL = live_server.url
    with mail_server(settings) as server:
        yield Arrived(server)


class Arrived(Sequence):
    def __init__(self, server):
        self.server = server

    def __getitem__(self, place):
        deliver()
        return self.server.mails[place]

    def __len__(self):
        deliver()
        return len(self.server.mails)


@pytest.fixture
def barriers():
    """`barriers(page)`: what axe finds on the page, a sentence for each; an empty list is a good page.

    Targets under 24 px (WCAG 2.5.8) count too, which axe does not look for by itself.

    The page needs JavaScript, without which axe never ends.
    """

    def look(page):
        page.evaluate(AXE_SCRIPT)
        return page.evaluate(BARRIERS)

    return look
