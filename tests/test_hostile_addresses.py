"""Every public page and file, asked with nonsense: never an error of ours, and the next request is answered."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from bench.addresses import public_files, public_names, public_pages
from subjects.acts import adopt_edition
from tests import world as build
from tests.walks import part_of

METHODS = ("post", "put", "patch", "delete", "options", "trace")
TEXTS = ("yesterday", "-1", "9" * 400, "%00", "%ff", "%27 OR 1=1 --")
WORDS = ("on", "from", "to", "page", "sector", "state", "coordinator", "sort")
QUERIES = [
    *(f"{word}={text}" for word in WORDS for text in TEXTS),
    *("on=2025-02-12&on=nonsense", "from=9999-12-31&to=0001-01-01", "&&==&", "x" * 5000, "on=x%0d%0aA:b"),
]
WITH_NUL = [query for query in QUERIES if "%00" in query]
OTHERS = [query for query in QUERIES if "%00" not in query]
SLUGS = ("nope", "emf\0", "a" * 900, "\u202e", "2025-02-31", "25-99", "'", "9999")


@pytest.fixture
def addresses(world):
    """Every public page and file, without a query string."""
    build.document(build.meeting("25-7"))
    adopt_edition(date(2025, 1, 23), "ISCG/99-1/05")
    return [address.partition("?")[0] for address in [*public_pages().values(), *public_files().values()]]


def errors_of_ours(client, asked):
    """Of (method, address) those answered with 500; an exception of a view counts as one."""
    client.raise_request_exception = False
    return [(method, address) for method, address in asked if getattr(client, method)(address).status_code >= 500]


def address_of(name, arguments, value):
    """The address with this value for each argument; None where no such address can be."""
    try:
        return reverse(name, kwargs=dict.fromkeys(arguments, value))
    except NoReverseMatch:
        return None


@pytest.mark.walk
@pytest.mark.long(on="postgresql")  # tests/test_no_text.py and the tests of days hold there what it would not take
def test_no_query_string_breaks_a_page(client, addresses):
    """Each page is asked with every twentieth query string and one with a NUL, the next page with the next of them.

    `make walk` asks each page with each.
    """
    asked = [
        ("get", f"{address}?{query}")
        for turn, address in enumerate(addresses)
        for query in [*part_of(WITH_NUL, len(WITH_NUL), turn), *part_of(OTHERS, 20, turn)]
    ]
    assert errors_of_ours(client, asked) == []
    assert [address for address in part_of(addresses, 10) if client.get(address).status_code != 200] == []


@pytest.mark.walk
def test_no_method_breaks_a_page(client, addresses):
    asked = [(method, address) for turn, address in enumerate(addresses) for method in part_of(METHODS, 3, turn)]
    assert errors_of_ours(client, asked) == []


def test_no_unknown_record_breaks_a_page(client, addresses):
    records = [(name, given) for name, given in public_names() if given and "format" not in given and ":" in name]
    asked = [address_of(name, given, value) for name, given in records for value in SLUGS]
    assert errors_of_ours(client, [("get", address) for address in asked if address]) == []
