"""The pages of the team ask few questions of the database, however long the record has grown."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iscg_portal.history import remove_with_reason
from iscg_portal.search.following import made_anew_together
from members.composition import SEVEN
from members.models import ChairTerm, Representative
from tests import world as build

pytestmark = pytest.mark.django_db

MOST = 8
PAGES = [
    "/en/composition/",
    "/en/composition/?on=2001-02-03",
    "/en/composition.json",
    "/en/composition.csv",
    "/en/composition/history/",
    "/en/composition/history/?page=2&on=2001-02-03",
    "/en/composition/history/?sort=-holder&group=RAG",
    "/en/composition/history.xlsx",
    "/en/composition/changes/",
    "/en/composition/changes/?from=1950-01-01&page=2",
    "/en/people/ada-testperson/",
    "/fr/people/gus-example/",
]


@pytest.fixture
@made_anew_together()
def long_record(world, db):
    """Hundreds of terms before those of the standing ISCG, and a correction."""
    persons = [build.person(f"Test Many{number}", slug=f"many-{number}") for number in range(14)]
    for place, code in enumerate(SEVEN):
        model = ChairTerm if code == "CHAIR" else Representative
        for number in range(70):
            start = date(1990, 1, 1) + timedelta(days=60 * number)
            end = {"ends_on": start + timedelta(days=60), "ends_precision": "day"}
            model.objects.create(seat_id=code, person=persons[(number * 7 + place) % 14], starts_on=start, **end)
    mistake = build.representative("TDAG2", world.ada, date(2021, 1, 1))
    remove_with_reason(mistake, "Made up.")


def cost(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", [page for page in PAGES if "page=2" not in page])
def test_page_asks_few_questions(world, client, db, address):
    assert cost(client, address) <= MOST


def test_long_record_asks_hardly_more(long_record, client):
    assert {address: cost(client, address) for address in PAGES if cost(client, address) > MOST} == {}
