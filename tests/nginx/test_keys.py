"""A page is kept once for each form of it, whatever browsers and attackers write."""

import socket

import pytest

from tests.nginx.conftest import NAMELESS
from tests.nginx.test_kept_pages import answering

FORMS = [
    ("gzip, deflate, br", "br"),
    ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
    ("gzip, deflate, br, zstd", "br"),
    ("BR", "br"),
    ("gzip", "gzip"),
    ("gzip, br;q=0", "gzip"),
    ("gzip;q=0.5,deflate", "gzip"),
    ("x-gzip, vibrant", None),
    ("gzip;q=0, br;q=0.000", None),
    ("identity", None),
    ("", None),
]


def test_a_page_kept_for_one_browser_is_there_for_every_other_when_the_portal_is_down(site):
    for encoding in ("br", "gzip", "identity"):
        site.ask("/en/composition/", accept_encoding=encoding)
    with site.stopped():
        for accepted, encoding in FORMS:
            answer = site.ask("/en/composition/", accept_encoding=accepted)
            assert (answer.status, answer.headers.get("content-encoding")) == (200, encoding), accepted
    assert len(site.server.kept) == 3


def test_unknown_parameters_and_spellings_leave_nothing_behind(site):
    page = site.ask("/en/composition/")
    for number in range(5):
        answer = site.ask(f"/en/composition/?utm_source={number}&fbclid=x")
        assert (answer.status, answer.headers["location"]) == (301, "/en/composition/")
    for address in ("/en/%63omposition/", "//en/composition/", "/fr/../en/./composition/", "/en/composition/?"):
        assert site.ask(address).body == page.body and site.how == "HIT", address
    assert len(site.server.kept) == 1


@pytest.mark.parametrize(
    ("address", "status"), [("/en/composition/%3Fon=2020-02-02", 404), ("/en/composition/%20?on=2020-02-02", 301)]
)
def test_no_address_takes_the_place_of_another(site, address, status):
    assert site.ask(address).status == status
    assert site.ask("/en/composition/?on=2020-02-02").status == 200


def test_a_space_in_the_question_is_no_question(site):
    plain = socket.create_connection(("localhost", site.server.port))
    with NAMELESS.wrap_socket(plain, server_hostname="localhost") as raw:
        raw.sendall(b"GET /en/composition/?on=2020-02-02 /fr/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert raw.recv(1000).startswith(b"HTTP/1.1 400")


def test_an_error_in_json_is_never_given_to_a_browser(site, paper):
    address = paper.own[0]
    assert site.ask(address).status == site.ask(address, accept="application/json").status == 200
    paper.visibility = "restricted"
    paper.save()
    site.after(61)
    for _again in range(2):
        json = site.ask(address, accept="application/json")
        page = site.ask(address)
        assert (json.status, json.headers["content-type"]) == (404, "application/json")
        assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert site.how == "HIT"


def test_the_beginning_leads_to_the_language_of_the_browser_even_while_the_portal_is_down(site):
    wanted = {"fr-CH, en;q=0.5": "/fr/", "de, ZH;q=0.8": "/zh/", "de": "/en/", "": "/en/"}
    asked = {header: site.ask("/", accept_language=header).headers["location"] for header in wanted}
    site.after(61)
    with site.stopped():
        kept = {header: site.ask("/", accept_language=header).headers["location"] for header in wanted}
    assert asked == kept == wanted


def test_a_page_for_one_reader_is_not_kept_and_keeps_its_own_error(front):
    front.start(answering("503 Service Unavailable", **{"Cache-Control": "private, no-store"}))
    for address in ("/admin/", "/en/accounts/login/", "/fr/workspace/", "/en/confirm/secrettoken/"):
        assert front.ask(address).body == b"in its own words", address
    front.start(answering("200 OK", **{"Cache-Control": "private, no-store"}))
    front.ask("/en/anything/")
    assert front.server.kept == []
