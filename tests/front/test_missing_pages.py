"""What is not there, or may not be seen, is told to everyone, and may be kept for a minute; what is private may not."""

import pytest

from iscg_portal.web.public_page import CACHE_CONTROL, CACHE_CONTROL_OF_MISSING, CACHE_CONTROL_OF_MISTAKEN
from tests import world as build

pytestmark = pytest.mark.django_db
PRIVATE = "private, no-store"
MISSING = [
    "/en/documents/nope/",
    "/en/people/nope/",
    "/en/meetings/nope/",
    "/en/meetings/nope.zip",
    "/en/meetings/nope.ics",
    "/en/reports/1999/",
    "/documents/nope/en.pdf",
    "/reports/1999/en.json",
    "/en/subjects/?on=never",
    "/en/subjects.json?on=never",
    "/en/subjects.xlsx?on=never",
    "/en/nothing/",
    "/en/nothing",
    "/nothing.json",
    "/static/nothing.css",
    "/de/",
]


@pytest.mark.parametrize("address", MISSING)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_not_found_is_for_everyone_and_kept_for_a_minute(client, address, accept):
    response = client.get(address, headers={"accept": accept})
    assert (response.status_code, response["Cache-Control"]) == (404, CACHE_CONTROL_OF_MISSING)
    assert CACHE_CONTROL_OF_MISSING == "public, s-maxage=60"
    assert "Accept" in response["Vary"] and "Cookie" not in response["Vary"] and not response.cookies
    in_json = accept == "application/json" or address.partition("?")[0].endswith(".json")
    assert response["Content-Type"].startswith("application/json" if in_json else "text/html")


@pytest.mark.parametrize("visibility", ["restricted", "draft"])
def test_what_may_not_be_seen_is_not_found_like_what_never_was(client, visibility):
    document = build.document(build.meeting("25-7"), visibility=visibility)
    file = build.document_file(document)
    for address in ("/en/documents/iscg-25-7-01/", file.address, "/en/meetings/25-7.zip"):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (404, CACHE_CONTROL_OF_MISSING)


def test_it_is_the_same_for_the_signed_in(client, admin_user):
    anonymous = client.get("/en/documents/nope/").content
    client.force_login(admin_user)
    assert client.get("/en/documents/nope/").content == anonymous


@pytest.mark.parametrize("address", ["/en/confirm/nope/", "/en/follow/stop/nope/", "/en/join/nope/", "/admin/nope/"])
def test_what_is_for_one_reader_is_kept_by_nobody(client, admin_user, address):
    client.force_login(admin_user)
    response = client.get(address)
    assert response.status_code in (302, 404, 410) and response["Cache-Control"] == PRIVATE


def test_a_form_sent_to_no_page_is_kept_by_nobody(client):
    response = client.post("/en/nothing/")
    assert (response.status_code, response["Cache-Control"]) == (404, PRIVATE)


@pytest.mark.parametrize(
    ("address", "to", "keeping"),
    [
        ("/en/subjects", "/en/subjects/", CACHE_CONTROL),
        ("/en/subjects?on=2025-02-12", "/en/subjects/?on=2025-02-12", CACHE_CONTROL_OF_MISTAKEN),
        ("/en/workspace", "/en/workspace/", PRIVATE),
    ],
)
def test_an_address_without_its_last_slash_leads_to_the_page(client, address, to, keeping):
    response = client.get(address)
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (301, to, keeping)


def test_the_beginning_is_kept_once(client):
    assert client.get("/")["Cache-Control"] == CACHE_CONTROL
    junk = client.get("/?utm_source=mail")
    assert (junk["Location"], junk["Cache-Control"]) == ("/en/", CACHE_CONTROL_OF_MISTAKEN)
