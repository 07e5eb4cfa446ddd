"""Every public page in a browser: no barrier, nothing that the policy refuses, nothing wider than the window."""

from datetime import date

import pytest
from django.utils.translation import override

from bench.addresses import public_pages
from subjects.acts import adopt_edition
from tests import world as build
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def addresses(world):
    """Every public page of a record on which each has something to show, in English, and one in Arabic."""
    build.document(build.meeting("25-7"))
    build.key_issue(published_on=build.DAY)
    adopt_edition(date(2025, 1, 23), "ISCG/99-1/05")
    pages = {name: address for name, address in public_pages().items() if not name.endswith(("calendar", "feed"))}
    with override("ar"):
        in_arabic = public_pages()["members:composition"]
    return [*pages.values(), in_arabic]


def faults(page, barriers):
    """What is wrong with the page that is open, in sentences."""
    complaints = [*page.complaints]  # axe adds some of its own
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*complaints, *barriers(page), *(["wider than the window"] if wide else [])]


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone, light", "desk, dark"])
def test_no_public_page_has_a_barrier_or_runs_off_the_window(open_page, barriers, addresses, viewport, scheme):
    page = open_page(addresses[0], viewport, color_scheme=scheme)
    found = {}
    for address in addresses:
        page.complaints.clear()
        page.goto(address)
        found[address] = faults(page, barriers)
    assert {address: said for address, said in found.items() if said} == {}
