"""The group of a representative's seat is read off the seat's code, by the database itself."""

from datetime import date

import pytest

from iscg_portal.bodies import GroupCode
from members.models import Representative
from tests.world import person, representative, seat


@pytest.mark.parametrize("code", ["RAG1", "RAG2", "TSAG1", "TSAG2", "TDAG1", "TDAG2"])
def test_database_and_seat_agree_on_the_group(db, code):
    term = representative(code, person(), date(2020, 1, 1))
    assert Representative.objects.get(pk=term.pk).group_code == seat(code).group_id == code[:-1]


def test_group_follows_the_seat(db):
    term = representative("RAG1", person(), date(2020, 1, 1))
    term.seat = seat("TSAG2")
    term.save()
    assert Representative.objects.get(pk=term.pk).group_code == GroupCode.TSAG
