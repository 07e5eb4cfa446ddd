"""Whoever makes up addresses without end pushes no page out of what nginx keeps, and keeps nobody waiting."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.nginx.conftest import Site
from tests.nginx.test_at_the_door import PUBLIC, asking
from tests.nginx.test_kept_pages import answering
from tools.nginx import free_port, temporary_server

PAGES = [f"/en/people/person-{number}/" for number in range(20)]
MADE_UP = 1_500  # far more than what fits beside the pages
LONG = {"Cache-Control": "public, max-age=0, s-maxage=60, stale-if-error=86400"}


def portal(environ, start_response):
    """Knows the pages, every question about them, and nothing else."""
    known = environ["PATH_INFO"] in PAGES
    status = "200 OK" if known else "404 Not Found"
    return answering(status, **(LONG if known else PUBLIC))(environ, start_response)


@pytest.fixture
def small(public):
    """nginx with room for the names of some hundred pages."""
    port = free_port()
    with temporary_server(port, public, keys="64k") as server:
        site = Site(server, port)
        site.start(portal)
        yield site
        site.stop()


@pytest.mark.parametrize("made_up", ["/en/people/nobody-{}/", "/en/people/person-1/?on={}"])
def test_a_flood_of_made_up_addresses_pushes_no_page_out(small, made_up):
    assert {small.ask(page).status for page in PAGES} == {200}
    flood = [made_up.format(number) for number in range(MADE_UP)]
    assert {answer.status for answer in asking(small, "127.0.0.5", flood)} <= {200, 404, 429}
    small.after(61)
    small.stop()
    assert {small.ask(page).status for page in PAGES} == {200}


def test_what_leads_to_nothing_is_kept_only_in_the_place_of_a_page(front):
    front.start(answering("404 Not Found", **PUBLIC))
    assert front.ask("/en/nothing/").status == 404 and front.server.kept == []
    front.start(answering("200 OK", **LONG))
    assert front.ask("/en/something/").status == 200
    front.start(answering("404 Not Found", **PUBLIC))
    front.after(61)
    assert front.ask("/en/something/").status == 404 and front.how == "EXPIRED"
    assert front.ask("/en/something/").status == 404 and front.how == "HIT"


def test_a_room_that_follows_a_wrong_link_at_once_does_not_wait_in_line(front):
    front.start(answering("404 Not Found", **PUBLIC))
    began = time.monotonic()
    with ThreadPoolExecutor(40) as pool:
        statuses = set(pool.map(lambda _: front.ask("/en/wrong-link/").status, range(80)))
    assert statuses == {404} and time.monotonic() - began < 5
