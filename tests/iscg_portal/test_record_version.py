"""The token that public pages build their ETag on changes with every change of the record."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from iscg_portal import record_version
from members.models import Account, Country

BUMP = "iscg_portal_recordversion"


@pytest.fixture
def country(db):
    return Country.objects.create(code="CH")


def token_after(act):
    before = record_version.current()
    act()
    return before, record_version.current()


def test_adding_changing_and_removing_each_give_a_new_token(country):
    tokens = [record_version.current()]
    for act in (lambda: Country.objects.create(code="IT"), country.save, country.delete):
        act()
        tokens.append(record_version.current())
    assert len(set(tokens)) == 4


def test_signing_in_is_not_a_change_of_the_record(client, admin_user):
    before, after = token_after(lambda: client.force_login(admin_user))
    assert Account.objects.get().last_login
    assert before == after


def test_inside_a_transaction_the_token_is_written_before_the_data(country):
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        transaction.atomic(),
    ):
        country.save()
    writes = [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert BUMP in writes[0]
    assert "members_country" in writes[1]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_token_follows_the_data():
    country = Country.objects.create(code="CH")
    with CaptureQueriesContext(connection) as queries:
        Country.objects.get(pk=country.pk).save()
    writes = [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert BUMP in writes[-1]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_the_token_alone():
    Country.objects.create(code="CH")

    def change_and_think_better_of_it():
        with transaction.atomic():
            Country.objects.create(code="IT")
            transaction.set_rollback(True)

    before, after = token_after(change_and_think_better_of_it)
    assert before == after


@pytest.mark.django_db(transaction=True)
def test_change_after_an_inner_rollback_still_gives_a_new_token():
    Country.objects.create(code="CH")

    def change_one_of_two():
        with transaction.atomic():
            with transaction.atomic():
                Country.objects.create(code="IT")
                transaction.set_rollback(True)
            Country.objects.create(code="FR")

    before, after = token_after(change_one_of_two)
    assert before != after


@pytest.mark.django_db(transaction=True)
def test_connection_that_the_database_closed_meanwhile_is_made_anew(country):
    token = record_version.current()
    if connection.vendor == "postgresql":
        connection.connection.close()  # what a restart of the server leaves behind
    connection.health_check_done = False  # as at the beginning of each request
    assert record_version.current() == token
