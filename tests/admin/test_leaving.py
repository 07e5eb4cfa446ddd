"""A page that came with what was typed says so to the script that asks before it is left."""

import re
from datetime import date

import pytest

from iscg_portal.history import save_with_reason
from members.models import Person, Representative
from tests import world
from tests.admin.conftest import page_of

pytestmark = pytest.mark.django_db


def mark(page):
    """What the page says at the script, None where it has none."""
    found = re.search(r"js/leaving\.js\" defer([^>]*)>", page.content.decode())
    return found and found[1].strip()


def test_what_is_rehearsed_or_brought_back_and_not_saved_is_typed(desk):
    ada, ben = world.person("Ada Testperson"), world.person("Ben Madeup")
    term = world.representative("RAG1", ada, date(2020, 1, 1))
    replacing = page_of(term, "replace")
    assert mark(desk.get(replacing)) == ""
    shown = desk.post(replacing, {"person": ben.pk, "on": "1 March 2025", "_preview": "1"})
    assert Representative.objects.count() == 1 and mark(shown) == "data-typed"
    save_with_reason(Person.objects.get(pk=ada.pk), "Changed")
    version = ada.history.last().history_id
    assert mark(desk.get(page_of(ada))) == "" and mark(desk.get(f"{page_of(ada)}?version={version}")) == "data-typed"


def test_forms_of_everybody_ask_too_and_those_of_signing_in_do_not(client):
    for address in ("/en/join/", "/en/corrections/new/"):
        assert mark(client.get(address)) == "", address
    assert mark(client.post("/en/join/", {"name": "Una Delegate"})) == "data-typed"
    for address in ("/en/accounts/login/", "/en/accounts/password/reset/", "/en/composition/"):
        assert mark(client.get(address)) is None, address
