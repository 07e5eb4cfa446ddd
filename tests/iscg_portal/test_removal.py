"""Removing a row that was entered by mistake."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.history import remove_mistake
from members.models import Representative
from subjects.models import Resolution, Revision
from tests import world

pytestmark = pytest.mark.django_db


def test_history_keeps_the_row_and_says_who_and_why():
    staff = world.staff_account()
    row = world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))
    pk = row.pk
    remove_mistake(row, reason="Wrong seat", by=staff)
    last = Representative.history.filter(id=pk).first()
    assert (last.history_type, last.history_change_reason, last.history_user) == ("-", "Wrong seat", staff)


def test_parts_go_with_the_whole_and_say_the_same_reason():
    resolution = world.resolution()
    world.revision(resolution)
    remove_mistake(resolution, reason="No such resolution")
    assert not Resolution.objects.exists()
    assert Revision.history.first().history_change_reason == "No such resolution"


def test_what_others_rest_on_stays_and_the_refusal_names_them():
    ada = world.person("Ada Testperson")
    world.representative("RAG1", ada, date(2020, 1, 1))
    with pytest.raises(ValidationError, match="other records rest on it: representative: Ada Testperson, RAG1"):
        remove_mistake(ada, reason="Entered by mistake")


def test_many_records_in_the_way_are_not_all_named():
    ada = world.person("Ada Testperson")
    for year in range(2000, 2020):
        world.representative("RAG1", ada, date(year, 1, 1), date(year + 1, 1, 1))
    with pytest.raises(ValidationError, match="…"):
        remove_mistake(ada, reason="Entered by mistake")


def test_a_reason_is_asked_for():
    with pytest.raises(ValidationError, match="Say why"):
        remove_mistake(world.person("Ada Testperson"), reason=" ")
