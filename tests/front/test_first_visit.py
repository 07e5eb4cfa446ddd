"""A first visit on the shipped record weighs under 25,000 bytes, the page with everything that it loads."""

import re
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.utils.translation import override

from bench.addresses import public_pages
from bench.weight import parts_of
from tests import walks

MOST = 25_000
HEADERS_OF_A_PART = 300  # bytes, about
NO_PAGES = ("calendar", "feed", "sheet", "card", "person-data")
MAIN = [
    "front:home",
    "members:composition",
    "subjects:subject-list",
    "subjects:subject-detail",
    "meetings:meeting-list",
    "front:data",
    "front:data-fields",
]


@cache
def weight(address):
    """Bytes of a style sheet, script or icon, as compressed for a reader."""
    path = finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.)", "", address.partition("/static/")[2]))
    return len(brotli.compress(Path(path).read_bytes())) + HEADERS_OF_A_PART


@pytest.mark.walk
@pytest.mark.parametrize("language", walks.part_of(["ar", "en", "zh-hans"], 3))
def test_a_first_visit_weighs_little(shipped_record, client, language):
    with override(language):
        pages = public_pages()
    names = [name for name in pages if not name.endswith(NO_PAGES)]
    heavy = {}
    for name in names if walks.whole else MAIN:
        page = client.get(pages[name], headers={"accept-encoding": "br"})
        own = len(page.content) + sum(len(head) + len(value) + 4 for head, value in page.headers.items())
        bytes_loaded = own + sum(map(weight, parts_of(client.get(pages[name]).content)))
        if bytes_loaded > MOST:
            heavy[name] = bytes_loaded
    assert heavy == {}
