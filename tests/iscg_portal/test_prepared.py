"""A kept query gives what its queryset gives, with every new value."""

from datetime import date

import pytest
from django.db import connection

from iscg_portal.prepared import ask, padded
from members.models import Conference, Country, Person
from tests import world as build

pytestmark = pytest.mark.django_db


def begun_by(on):
    return Conference.objects.rewrite(False).filter(starts_on__lte=on).order_by("code").values_list("code", "starts_on")


def named(name):
    return Person.objects.filter(name=name).values_list("name", "honorific")


def among(first, second):
    return Person.objects.filter(pk__in=[first, second]).values_list("pk")


def per_cent(name):
    return Person.objects.filter(name__contains="%").exclude(name=name).values_list("name")


def all_per_cent():
    return Person.objects.filter(name__contains="%").values_list("name")


def organizations():
    return Country.objects.values_list("regional_organizations")


def sliced(low, high):
    return Person.objects.order_by("name").values_list("name")[low:high]


def same_day(on):
    return Conference.objects.rewrite(False).filter(starts_on__year=on.year).values_list("code")


def translated():
    return Conference.objects.values_list("name")


def test_each_day_has_its_rows():
    build.conference("PP-18", starts_on=date(2018, 10, 29), ends_on=date(2018, 11, 16))
    build.conference("PP-22")
    assert [tuple(row) for row in ask(begun_by, date(2020, 1, 1))] == [("PP-18", date(2018, 10, 29))]
    assert len(ask(begun_by, date(2023, 1, 1))) == 2
    assert ask(begun_by, date(2010, 1, 1)) == []


@pytest.mark.parametrize("name", ["Ada Testperson", "O'Test %s", "100% Test", "“Test”; --"])
def test_text_is_a_value_and_never_sql(name):
    build.person(name, slug="test")
    assert [tuple(row) for row in ask(named, name)] == [(name, "")]


def test_per_cent_in_the_query_itself_stays():
    build.person("100% Test")
    assert [tuple(row) for row in ask(per_cent, "Nobody")] == [("100% Test",)]
    assert [tuple(row) for row in ask(all_per_cent)] == [("100% Test",)]


def test_values_come_as_the_field_has_them():
    build.country("CH", regional_organizations=["CEPT"])
    assert [list(row) for row in ask(organizations)] == [[["CEPT"]]]


def test_keys_are_filled_up():
    someone = build.person()
    assert [row[0] for row in ask(among, *padded([someone.pk], 2))] == [someone.pk]


def test_slice_is_part_of_the_query():
    build.person("A Test"), build.person("B Test")
    assert [row[0] for row in ask(sliced, fixed=(0, 1))] == ["A Test"]
    assert [row[0] for row in ask(sliced, fixed=(1, 2))] == ["B Test"]


def test_asking_is_one_query_from_the_first_time_on(django_assert_num_queries):
    connection.ensure_connection()
    for _ in range(2):
        with django_assert_num_queries(1):
            ask(named, "Nobody")


def test_value_that_changes_on_its_way_into_the_query_is_refused():
    with pytest.raises(ValueError, match="does not reach the query"):
        ask(same_day, date(2020, 1, 1))


def test_translated_queryset_is_refused():
    with pytest.raises(TypeError, match="rewrite"):
        ask(translated)
