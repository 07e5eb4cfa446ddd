"""What is private stays unread: columns for staff, and holders whose names are not public."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iscg_portal.visibility import private_columns
from members.models import AdvisoryGroup, Person, Representative, Seat
from subjects.models import FocalPoint
from tests import world as build

pytestmark = pytest.mark.django_db


def test_private_columns_are_columns_of_their_model():
    for model in apps.get_models():
        assert not set(private_columns(model)) - {field.name for field in model._meta.fields}, model


def test_tenure_is_read_without_its_note_in_one_query(world):
    with CaptureQueriesContext(connection) as asked:
        terms = [(str(term.person), term.sits_for, term.when) for term in Representative.objects.public()]
    assert terms and len(asked) == 1 and "note" not in asked[0]["sql"]


def test_note_of_a_public_row_cannot_be_read(world):
    with pytest.raises(AssertionError, match="left unread"):
        _note = Representative.objects.public().first().note


def test_private_columns_of_a_joined_model_are_unread(world):
    seat = Seat.objects.public().join_public("group").get(pk="RAG1")
    assert seat.group.get_deferred_fields() == {"mailbox", "seen_where", "text_origins"}


def test_private_columns_stay_unread_where_a_query_asks_for_them():
    assert "mailbox" not in str(AdvisoryGroup.objects.public().only("code", "mailbox").query)


def test_holder_whose_name_is_not_public_is_read_without_it(world):
    build.focal_point(
        world.subjects["EMF"], build.person("Zoe Hiddenname"), "GS", date(2024, 1, 1), organization="A body", source="?"
    )
    row = FocalPoint.objects.public().get(person__name="Zoe Hiddenname")
    assert (row.holder, row.country, row.sits_for, row.source, row.printed_name) == (None, None, "", "", "")
    with pytest.raises(Person.DoesNotExist):
        _person = row.person


def test_holder_whose_name_is_public_is_read_with_it(world):
    assert FocalPoint.objects.public().get(person=world.kim).printed_name == str(world.kim)


def test_public_persons_are_those_whom_the_public_may_know(world):
    hidden = build.person("Zoe Hiddenname")
    build.focal_point(world.subjects["EMF"], hidden, "GS", date(2024, 1, 1))
    assert hidden not in Person.objects.public() and world.ada in Person.objects.public()
