"""Undoing in a browser: a mistaken Replace is undone from the message, and the public pages are as before."""

import re
from datetime import date

import pytest

from members.models import Representative
from tests import world
from tests.admin.conftest import page_of
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_admin_pages import choose

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone, dark", "desk, light"])
def test_a_mistaken_replace_is_undone_from_its_message(open_as_staff, barriers, viewport, scheme):
    term = world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1), country=world.country("FR"))
    world.person("Ben Madeup")
    page = open_as_staff(page_of(term, "replace"), viewport=viewport, color_scheme=scheme)
    outputs = ["/en/composition/", "/composition.json"]
    before = [told(page, address) for address in outputs]
    choose(page, "id_person", "Madeup")
    page.get_by_role("button", name="Replace", exact=True).click()
    page.wait_for_url("**/change/")
    assert "Ben Madeup" in page.request.get(outputs[0]).text()
    page.get_by_role("link", name="Undo this…").click()
    page.wait_for_url("**/undo/**")
    assert barriers(page) == [] and page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.fill("#id_reason", "The wrong person")
    page.get_by_role("button", name="Undo", exact=True).click()
    page.wait_for_url("**/change/")
    assert Representative.objects.get().ends_on is None
    assert [told(page, address) for address in outputs] == before


def told(page, address):
    """What the page says, but for the minute in which it is asked."""
    return re.sub(r"As recorded on [^(]*\(Geneva\)", "", page.request.get(address).text())
