"""Two of the staff press the button at the same moment: one act is done, the other's page says why it is not."""

import pytest
from django.test import Client

from bench.rows import write_rows
from iscg_portal.importing.rows import RowsRefused
from members.models import Representative
from tests.admin.conftest import list_of, page_of
from tests.world import staff_account

HANDOVER = "2026-06-01"


@pytest.fixture
def two_browsers(standing, settings):
    """Two of the staff, signed in."""
    settings.REQUIRE_SECOND_FACTOR = False
    browsers = []
    for account in (standing.staff, staff_account("colleague@example.org", "Col League")):
        browsers.append(Client())
        browsers[-1].force_login(account)
    return browsers


def sending(browser, address, data):
    def act(ready):
        ready()
        return browser.post(address, data).status_code

    return act


def test_replace_pressed_twice_at_once(standing, two_browsers, at_once):
    ada = Representative.objects.get(person=standing.ada)
    form = {"on": HANDOVER, "how_ended": "replaced", "_act": "Replace"}
    outcomes = at_once(
        *(
            sending(browser, page_of(ada, "replace"), form | {"person": who.pk})
            for browser, who in zip(two_browsers, (standing.lea, standing.max), strict=True)
        )
    )
    assert sorted(outcomes) == [200, 302], outcomes
    assert Representative.objects.filter(seat="RAG1", starts_on=HANDOVER).count() == 1


def test_two_appointments_to_one_seat(standing, two_browsers, at_once):
    form = {"seat": "TDAG2", "starts_on": HANDOVER}
    outcomes = at_once(
        *(
            sending(browser, list_of(Representative, "add"), form | {"person": who.pk})
            for browser, who in zip(two_browsers, (standing.lea, standing.max), strict=True)
        )
    )
    assert sorted(outcomes) == [200, 302], outcomes
    assert Representative.objects.filter(seat="TDAG2").count() == 1


def importing(who):
    rows = [{"seat": "TDAG2", "person": who.slug, "starts_on": HANDOVER, "starts_precision": "day"}]

    def act(ready):
        ready()
        return write_rows(Representative, rows, reason="at the same moment")

    return act


def test_two_files_with_rival_rows(standing, at_once):
    outcomes = at_once(importing(standing.lea), importing(standing.max))
    assert [isinstance(outcome, RowsRefused) for outcome in outcomes].count(True) == 1, outcomes
    assert Representative.objects.filter(seat="TDAG2").count() == 1


def test_the_same_file_twice_is_written_once(standing, at_once):
    outcomes = at_once(importing(standing.lea), importing(standing.lea))
    assert sorted(outcome.rows[0].verdict for outcome in outcomes) == ["added", "unchanged"], outcomes
    assert Representative.objects.filter(seat="TDAG2").count() == 1
