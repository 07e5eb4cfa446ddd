"""What nginx answers by itself: limits, error pages in six languages, static files; and what it writes down."""

import http.client
import json
import re
import ssl

import pytest

from iscg_portal.languages import HTML_LANG, PREFIX_OF_LANGUAGE
from tests.nginx.conftest import BROWSER, NAMELESS, Answer
from tests.nginx.test_kept_pages import answering

PUBLIC = {"Cache-Control": "public, s-maxage=60"}
ROOM = 300  # people behind one address


def asking(site, source, addresses, method="GET"):
    """The answers to requests over one connection after the other, from one network."""
    connection = None
    for number, address in enumerate(addresses):
        if number % 500 == 0:
            connection = http.client.HTTPSConnection(
                "localhost", site.server.port, timeout=30, context=NAMELESS, source_address=(source, 0)
            )
        connection.request(method, address, headers=BROWSER)
        answer = connection.getresponse()
        yield Answer(answer.status, dict(answer.getheaders()), answer.read())


def statuses(*asked):
    return {answer.status for answer in asking(*asked)}


def flood(site, source, address, method="GET"):
    """The first answer that refuses more, to a network that asks as fast as it can."""
    return next(answer for answer in asking(site, source, [address] * 20_000, method) if answer.status == 429)


def slow(site):
    """How many of the logged answers nginx held back for a third of a second, which is the pace of three a second."""
    return sum(float(line.split()[-2]) > 0.25 for line in site.server.logs.splitlines())


@pytest.mark.parametrize("language", PREFIX_OF_LANGUAGE)
def test_a_page_never_seen_says_in_its_language_that_the_portal_is_away(front, language):
    answer = front.ask(f"/{PREFIX_OF_LANGUAGE[language]}/composition/")
    assert (answer.status, answer.headers["retry-after"]) == (503, "120")
    assert answer.headers["cache-control"] == "private, no-store" and "etag" not in answer.headers
    assert f'<html lang="{HTML_LANG[language]}"' in answer.text and "<h1>" in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize("address", ["/", "/de/", "/admin/", "/documents/iscg-25-7-01/en.pdf", "/nothing"])
def test_an_address_without_a_language_is_told_in_english(front, address):
    answer = front.ask(address)
    assert answer.status == 503 and '<html lang="en"' in answer.text


@pytest.mark.parametrize(
    ("address", "accept"),
    [("/fr/composition.json", "text/html,*/*"), ("/fr/composition/", "application/json"), ("/fr/", "application/json")],
)
def test_a_program_is_told_so_in_json(front, address, accept):
    answer = front.ask(address, accept=accept)
    assert (answer.status, answer.headers["retry-after"]) == (503, "120")
    assert answer.headers["content-type"].startswith("application/json")
    told = json.loads(answer.body)
    assert told["status"] == 503 and told["error"] and told["error"] != json.loads(front.ask("/en.json").body)["error"]


@pytest.mark.parametrize("address", ["/fr/follow/", "/fr/join/", "/fr/accounts/login/"])
def test_a_form_that_was_sent_while_the_portal_is_away_is_answered_too(front, address):
    answer = front.ask(address, method="POST", body=b"a=b")
    assert answer.status == 503 and '<html lang="fr"' in answer.text


def test_too_much_is_refused_with_a_sentence_but_a_file_for_the_admin_is_let_through(front):
    front.start(answering("200 OK"))
    answer = front.ask("/es/follow/", method="POST", body=b"x" * 7_000_000)
    assert answer.status == 413 and '<html lang="es"' in answer.text
    assert front.ask("/admin/", method="POST", body=b"x" * 7_000_000).status == 200
    assert front.ask("/admin/", method="POST", content_length="102000000", body=b"x").status == 413
    for place in ("/en/corrections/new/", "/en/accounts/login/", "/accounts/institution/", "/en/workspace/"):
        assert front.ask(place, method="POST", content_length="6100000", body=b"x").status == 413, place


def test_a_room_of_300_behind_one_address_is_not_stopped_and_a_flood_is(front):
    front.start(answering("200 OK", **PUBLIC))
    room = [f"/en/subjects/?on=2025-01-{1 + number % 28:02}&page={number}" for number in range(3 * ROOM)]
    assert statuses(front, "127.0.0.2", room) == {200}
    refused = flood(front, "127.0.0.2", "/fr/subjects/?on=2025-01-01")
    assert refused.headers["Retry-After"] == "120" and '<html lang="fr"' in refused.text
    assert front.ask("/fr/subjects/", source="127.0.0.2").status == 200
    assert front.ask("/fr/subjects/?on=2025-01-01", source="127.0.0.3").status == 200


def test_a_form_that_is_made_anew_for_each_question_has_the_same_limit(front):
    front.start(answering("200 OK", **{"Cache-Control": "private, no-store"}))
    refused = flood(front, "127.0.0.5", "/es/corrections/new/?about=/es/subjects/")
    assert refused.headers["Retry-After"] == "120" and '<html lang="es"' in refused.text
    assert 429 in statuses(front, "127.0.0.5", ["/es/follow/?about=emf"] * 50)
    assert front.ask("/es/corrections/new/", source="127.0.0.5").status == 200
    assert front.ask("/es/corrections/new/?about=/es/", source="127.0.0.6").status == 200


def test_a_room_that_signs_in_at_once_is_not_stopped_and_a_flood_of_forms_stops_only_its_own_network(front):
    front.start(answering("200 OK", **{"Cache-Control": "private, no-store"}))
    sign_in, code = "/fr/accounts/login/", "/fr/accounts/login/code/confirm/"
    assert statuses(front, "127.0.0.7", [sign_in, code, code] * ROOM, "POST") == {200}
    assert '<html lang="fr"' in flood(front, "127.0.0.7", sign_in, "POST").text
    assert 429 in statuses(front, "127.0.0.7", ["/fr/join/"] * 50, "POST")
    assert front.ask(sign_in, source="127.0.0.7").status == front.ask("/fr/?page=2", source="127.0.0.7").status == 200
    assert front.ask(sign_in, source="127.0.0.8", method="POST").status == 200


def test_files_of_other_days_that_cost_much_are_slowed_down_for_one_network(front):
    front.start(answering("200 OK", **PUBLIC))
    others = ["/en/data.zip", "/en/composition.pdf", "/en/subjects/?on=2025-01-01"] * 20
    assert statuses(front, "127.0.0.4", others) == {200}
    at_ease = slow(front)
    days = [f"/en/data.zip?on=2025-01-{1 + number % 28:02}" for number in range(110)]
    assert statuses(front, "127.0.0.4", days) == {200}
    assert at_ease < 3 and slow(front) >= 7


def test_static_files_come_from_the_disk_and_those_with_a_hash_never_change(front):
    lasting, plain = front.ask("/static/css/base.0123456789ab.css"), front.ask("/static/css/base.css")
    assert lasting.status == plain.status == 200 and lasting.text == "body { color: black }"
    assert lasting.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == "public, max-age=60"
    assert lasting.headers["content-type"] == "text/css" and lasting.headers["x-content-type-options"] == "nosniff"
    assert front.ask("/static/../errors/503-en.html").status == front.ask("/errors/503-en.html").status == 404
    assert front.ask("/static../nginx.conf").status == 503  # an address like any other, and the portal is away


def test_no_address_of_a_reader_and_no_key_is_written_down(front):
    reader = "127.0.0.88"
    links = [f"{name}/secrettoken/" for name in ("confirm", "invitation", "join", "mail-language")]
    for address in (*links, "?q=secret"):
        assert front.ask(f"/en/{address}", source=reader).status == 503
    front.ask("/en/follow/stop/secrettoken/", source=reader, method="POST", body=b"x" * 7_000_000)
    flood(front, reader, "/en/subjects/?on=2025-01-01")
    front.ask("/static/nothing.css", source=reader)  # nginx has written what it answered before
    written = front.server.logs
    assert re.search(r"GET /en/subjects/ 429 \d+ [\d.]+ -", written)
    assert reader not in written and "secret" not in written


def test_who_asks_for_another_name_gets_nothing(front):
    other = http.client.HTTPSConnection("127.0.0.1", front.server.port, context=NAMELESS)  # an address sends no name
    with pytest.raises(ssl.SSLError):
        other.request("GET", "/")
    plain = http.client.HTTPConnection("127.0.0.1", front.server.http_port)
    plain.request("GET", "/en/?on=2025-01-01", headers={"Host": "localhost"})
    assert plain.getresponse().getheader("Location") == f"https://localhost:{front.server.port}/en/?on=2025-01-01"
    stranger = http.client.HTTPConnection("127.0.0.1", front.server.http_port)
    stranger.request("GET", "/", headers={"Host": "elsewhere.example"})
    with pytest.raises(http.client.RemoteDisconnected):
        stranger.getresponse()
