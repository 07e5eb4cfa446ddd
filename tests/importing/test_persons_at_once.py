"""New persons of a file are written together, and judged as if each came alone."""

import pytest

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.rows import RowsRefused
from members.models import Person
from members.resources import PersonResource
from tests import world

pytestmark = pytest.mark.django_db


def rows(*persons):
    return [
        {"slug": slug, "honorific": "Ms", "name": name, "sort_key": name, "source": "ISCG/99-1/01"}
        for slug, name in persons
    ]


def numbered(number):
    return rows(*((f"number-{each}-madeup", f"Number {each} Madeup") for each in range(number)))


def test_each_has_its_history_and_reason():
    account = world.account("imports@example.org")
    write_rows(Person, numbered(3), reason="Imported from persons.xlsx", by=account)
    history = Person.history.filter(slug__endswith="-madeup")
    said = {(row.history_type, row.history_change_reason, row.history_user) for row in history}
    assert said == {("+", "Imported from persons.xlsx", account)} and history.count() == 3


def test_a_row_costs_at_most_two_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        assert judge_rows(Person, numbered(40)).counts["added"] == 40
    with django_assert_max_num_queries(80):
        assert write_rows(Person, numbered(40)).counts["added"] == 40


def test_one_that_cannot_stand_is_named_and_none_is_written():
    before = Person.objects.count()
    with pytest.raises(RowsRefused) as refused:
        write_rows(Person, [*numbered(2), *rows(("third", ""))])
    assert [row.verdict for row in refused.value.preview.rows] == ["added", "added", "refused"]
    assert Person.objects.count() == before


def test_what_the_database_alone_refuses_is_named_in_its_row(monkeypatch):
    world.person("Ada Testperson", slug="came-in-between")
    monkeypatch.setattr(PersonResource, "find", lambda resource, row, loader: None)
    preview = judge_rows(Person, [*numbered(2), *rows(("came-in-between", "Bea Testperson"))])
    assert [row.verdict for row in preview.rows] == ["added", "added", "refused"]
    assert preview.rows[2].problems[0].cell == "A4"


@pytest.mark.parametrize("names", [("Ada Madeup", "Madeup, Ada"), ("Ada Madeup", "ADA MADEUP")])
def test_two_of_one_name_are_told_apart_as_if_they_came_one_after_the_other(names):
    write_rows(Person, rows(*zip(("one", "another"), names, strict=True)))
    first, second = Person.objects.get(slug="one"), Person.objects.get(slug="another")
    assert not first.is_told_apart and second.is_told_apart


def test_one_of_a_name_on_record_is_told_apart_too():
    world.person("Ada Madeup")
    write_rows(Person, rows(("another", "Ada Madeup")))
    assert Person.objects.get(slug="another").is_told_apart
