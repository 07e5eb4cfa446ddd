"""A public page has one address for each question: what a page does not know leads to the address without it.

Walks every public page, file and feed of the portal, as its URL patterns have them.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.urls import get_resolver, resolve

from bench.addresses import public_files, public_pages
from iscg_portal.web.public_page import CACHE_CONTROL_OF_MISTAKEN
from tests import world as build
from tests.walks import part_of

pytestmark = pytest.mark.django_db
OF_NO_LANGUAGE = ["/robots.txt", "/favicon.ico", "/sitemap.xml", "/reports/2024/en.json", "/schemas/subjects.json"]
OF_NO_LANGUAGE += ["/openapi.json", "/reports/2024/en-with-cover.pdf"]
JUNK = [
    "utm_source=mail&utm_medium=e%2Dmail",
    "fbclid=" + "x" * 3000,
    "on%20=2025-02-12",
    "ON=2025-02-12",
    "%0d%0aSet-Cookie:%20a=b",
    "x" * 200,
    "%E2%80%AE=1&%ff=%fe",
    "__proto__=1&a[b]=c&a;b=1",
]


@pytest.fixture
def addresses(roles):
    """Every public address, each of one record."""
    file = build.document_file(build.document(build.meeting("25-9")))
    files = [file.address, "/en/meetings/25-9.zip", "/en/data.zip", *OF_NO_LANGUAGE]
    pages = [address for address in public_pages().values() if "?" not in address]
    return [*pages, "/en/composition/changes/", "/en/mapping/changes/", *public_files().values(), *files]


def test_every_public_view_is_walked(addresses):
    walked = {resolve(address).func for address in addresses}
    lacking = {view for view in _public_views(get_resolver()) if view not in walked}
    assert lacking == set(), "Give it a record in `public_pages`, or an address in `addresses`."


def _public_views(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _public_views(pattern)
        elif getattr(pattern.callback, "is_public_page", False):
            yield pattern.callback


@pytest.mark.parametrize("junk", JUNK)
def test_unknown_parameters_lead_to_the_address_without_them(addresses, client, junk):
    for address in addresses if junk is JUNK[0] else addresses[:1]:
        response = client.get(f"{address}?{junk}")
        assert (response.status_code, response["Location"]) == (301, address)
        assert response["Cache-Control"] == CACHE_CONTROL_OF_MISTAKEN
        assert client.head(f"{address}?{junk}").status_code == 301
        assert client.post(f"{address}?{junk}").status_code == 405


@pytest.mark.parametrize(
    ("asked", "lasting"),
    [
        ("/en/subjects/?utm_id=1&sort=-code&fbclid=2&sector=R", "/en/subjects/?sort=-code&sector=R"),
        ("/en/subjects.json?on=2025-02-12&page=2", "/en/subjects.json?on=2025-02-12"),
        ("/en/subjects/?%6fn=2025%2d02-12", "/en/subjects/?on=2025-02-12"),
        ("/en/subjects/?&&sector=R&", "/en/subjects/?sector=R"),
        ("/zh/meetings/?subject=%e4%b8%ad&x=1", "/zh/meetings/?subject=%E4%B8%AD"),
    ],
)
def test_known_ones_are_kept_in_their_order_as_a_form_writes_them(world, client, asked, lasting):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, lasting)
    assert client.get(lasting).status_code != 301


def test_what_is_refused_is_refused_where_it_was_asked(world, client):
    assert client.get("/en/subjects/?sector=<script>").status_code == 400
    assert client.get("/en/subjects/?on='").status_code == 404


@pytest.mark.parametrize("address", ["/en/subjects/?page=01", "/en/subjects/?page=+1", "/en/meetings/?year=02025"])
def test_a_number_has_one_way_to_be_written(world, client, address):
    assert client.get(address).status_code in (400, 404)


@pytest.mark.walk
def test_links_of_the_pages_lead_to_no_redirect(addresses, client):
    """What stands behind the “?” of our own links is known, and is written as the portal writes it.

    In `make test` on one page in three.
    """
    for address in part_of(addresses, 3):
        if address.endswith("/"):
            for link in re.findall(r'href="([^"]*\?[^"]*)"', client.get(address).content.decode()):
                parts = urlsplit(link.replace("&amp;", "&"))
                match = resolve(parts.path or address).func
                if getattr(match, "is_public_page", False):
                    pairs = parse_qsl(parts.query, keep_blank_values=True)
                    assert {name for name, _value in pairs} <= match.parameters, link
                    assert urlencode(pairs) == parts.query, link
