"""Two of the secretariat save in the admin at the same moment: one is told so, and nobody sees a 500."""

import pytest
from django.test import Client

from members.models import Person, Representative
from tests import world
from tests.admin.conftest import as_sent, complaints, page_of


@pytest.fixture
def colleagues(standing, settings):
    """Two browsers, each signed in as another account."""
    settings.REQUIRE_SECOND_FACTOR = False
    browsers = []
    for name in ("Sam", "Olga"):
        browser = Client()
        browser.force_login(world.staff_account(f"{name.lower()}@example.com", name=f"{name} Colleague"))
        browsers.append(browser)
    return browsers


def said(outcomes):
    """The statuses, and what the refused one was told."""
    refused = [complaints(response) for response in outcomes if response.status_code == 200]
    return sorted(response.status_code for response in outcomes), " ".join(refused)


def test_one_of_two_replaces_the_representative(standing, colleagues, at_once):
    term = Representative.objects.get(seat="RAG1")
    successors = [standing.lea, standing.max]

    def replace(browser, successor):
        def act(ready):
            ready()
            data = {"person": successor.pk, "on": "2026-12-01", "how_ended": "replaced", "_act": "Replace"}
            return browser.post(page_of(term, "replace"), data)

        return act

    statuses, sentence = said(at_once(*map(replace, colleagues, successors)))
    assert statuses == [200, 302]
    assert "Somebody else holds this seat" in sentence


def test_one_of_two_saves_the_page_both_had_open(standing, colleagues, at_once):
    def save(browser, honorific):
        def act(ready):
            data = as_sent(browser.get(page_of(standing.ada))) | {"honorific": honorific}
            ready()
            return browser.post(page_of(standing.ada), {key: value for key, value in data.items() if value is not None})

        return act

    statuses, sentence = said(at_once(*map(save, colleagues, ["Dr", "Prof."])))
    assert statuses == [200, 302]
    assert "Someone saved this record after you opened it" in sentence
    assert Person.objects.get(pk=standing.ada.pk).history.count() == 2


def test_one_of_two_appoints_to_the_vacant_seat_on_its_page(standing, colleagues, at_once):
    seat = standing.seats["TSAG2"]

    def appoint(browser, person):
        def act(ready):
            data = as_sent(browser.get(page_of(seat))) | {"opened_version": None}
            first = data["representative_set-TOTAL_FORMS"]
            data |= {"representative_set-TOTAL_FORMS": first + 1}
            data |= {f"representative_set-{first}-person": person.pk, f"representative_set-{first}-starts_on": "2026"}
            ready()
            return browser.post(page_of(seat), {key: value for key, value in data.items() if value is not None})

        return act

    statuses, sentence = said(at_once(*map(appoint, colleagues, [standing.lea, standing.max])))
    assert statuses == [200, 302]
    assert "Somebody else holds this seat" in sentence
