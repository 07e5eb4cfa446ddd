"""The blocks in a page of another host: that which is named shows them, another is refused by the browser."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from iscg_portal.tenure.dates import today
from tests import walks
from tests import world as build
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


class OtherHost(ThreadingHTTPServer):
    """A website of somebody else on the loopback, whose only page holds `body`; asked by two names, it is two hosts."""

    body = ""

    def named(self, name):
        return f"http://{name}:{self.server_port}"


class OnlyPage(BaseHTTPRequestHandler):
    def do_GET(self):
        page = f"<!DOCTYPE html><meta charset=utf-8><title>A page of another host</title><body>{self.server.body}"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *said):
        pass


@pytest.fixture
def other_host():
    with OtherHost(("127.0.0.1", 0), OnlyPage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def code(world, open_page, live_server, other_host, settings):
    """`code(language, theme)`: the code that the page “Embedding” gives for its three blocks."""
    settings.SITE_URL, settings.EMBED_ANCESTORS = live_server.url, [other_host.named("127.0.0.1")]
    soon = today() + timedelta(days=30)
    build.meeting("40-1", starts_on=soon, ends_on=soon, state="planned")

    def given(language, theme):
        page = open_page(f"/{language}/embed/{theme and f'?theme={theme}'}")
        return "\n".join(page.locator("pre code").all_inner_texts())

    return given


def frames_of(page):
    """The frames of the page, when what they show is there or refused. A frame below the window waits to be seen."""
    for place in page.locator("iframe").all():
        place.scroll_into_view_if_needed()
    for frame in page.frames[1:]:
        frame.wait_for_url(lambda url: url != "about:blank")
    return page.frames[1:]


def refusals_of(page, number):
    """What the browser complains of frames that may not be shown. It may say so later than it refuses."""
    for _tenth in range(50):
        if len(page.complaints) >= number:
            break
        page.wait_for_timeout(100)
    return [said for said in page.complaints if "frame-ancestors" in said]


@pytest.mark.parametrize(
    ("language", "theme", "window", "said"),
    [
        ("en", "light", DESK, ["Composition of the ISCG", "Subjects of mutual interest", "Next meeting of the ISCG"]),
        ("en", "dark", PHONE, ["Ms Ada Testperson", "Ms Ina Sample", "ISCG 40-1"]),
        ("ar", "", PHONE, ["Ada Testperson", "Ina Sample", "40-1"]),
    ],
)
def test_a_named_host_shows_the_blocks(open_page, other_host, code, language, theme, window, said):
    other_host.body = code(language, theme)
    page = open_page(other_host.named("127.0.0.1"), window, color_scheme="light")
    frames = frames_of(page)
    walks.picture(page, "embedding", f"{language}-{theme}")
    for frame, words in zip(frames, said, strict=True):
        expect(frame.locator("body")).to_contain_text(words)
        assert frame.evaluate("document.dir") == ("rtl" if language == "ar" else "ltr")
        assert (frame.evaluate(BACKGROUND) == "rgb(255, 255, 255)") == (theme != "dark")
    assert page.complaints == []


def test_a_host_that_is_not_named_is_refused_by_the_browser(open_page, other_host, code):
    other_host.body = code("en", "")
    page = open_page(other_host.named("localhost"))
    frames = frames_of(page)
    assert [frame.locator("h1").count() for frame in frames] == [0, 0, 0]
    refused = refusals_of(page, 3)
    assert len(refused) == len(page.complaints) == 3


def test_no_other_page_is_shown_to_a_named_host(open_page, live_server, other_host, code):
    code("en", "")
    other_host.body = f'<iframe src="{live_server.url}/en/composition/"></iframe>'
    page = open_page(other_host.named("127.0.0.1"))
    [frame] = frames_of(page)
    assert frame.locator("h1").count() == 0
    assert len(refusals_of(page, 1)) == 1
