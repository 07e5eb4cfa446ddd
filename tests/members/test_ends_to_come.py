"""How a term ended is told only once it has ended, in every output (rule 17)."""

from datetime import timedelta

import pytest

from changes.offices import SEATS, offices_between
from iscg_portal.tenure.dates import print_date, today
from tests import world as w

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def leaves(on):
    term = w.representative("RAG1", w.person("Ada Testperson"), today() - 900 * A_DAY, on, how_ended="replaced")
    w.listing(w.subject("EMF"), today() - 900 * A_DAY)
    return term


ADDRESSES = ["composition/", "composition/history/", "people/ada-testperson/", "composition/history.csv"]
ADDRESSES += ["composition.json", "composition/history.json", "changes.atom"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_of_an_end_to_come_no_output_says_how_it_came(client, address):
    leaves(today() + 16 * A_DAY)
    said = client.get(f"/en/{address}").content.decode()
    assert "replaced" not in said.replace("replaced_", "")


def test_the_day_of_the_end_is_told_before_and_how_it_came_after(client):
    term = leaves(today() + 16 * A_DAY)
    assert f"until {print_date(term.ends_on)}</td>" in client.get("/en/people/ada-testperson/").content.decode()
    term.ends_on = today()
    w.saved(term)
    assert f"until {print_date(today())} (replaced)" in client.get("/en/people/ada-testperson/").content.decode()
    assert client.get("/en/composition/history.json").json()["terms"][0]["how_ended"] == "replaced"


def test_a_change_to_come_has_no_remark_how_it_came():
    term = leaves(today() + 16 * A_DAY)
    (ending,) = offices_between(SEATS, today(), term.ends_on)
    assert (ending.what, ending.remark) == ("leaves office", "")
