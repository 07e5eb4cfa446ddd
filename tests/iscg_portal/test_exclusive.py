"""Who holds a secretariat focal point on a day cannot be a Coordinator on the same day, whichever came first."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iscg_portal.across_tables import drop_triggers, make_triggers
from subjects.models import Coordinator, FocalPoint
from tests.iscg_portal.test_no_overlap import APART, TOGETHER, allowed_by_the_database, allowed_by_validation
from tests.iscg_portal.timelines import period
from tests.world import coordinator, focal_point, person, subject


@pytest.mark.parametrize("body", ["BR", "TSB", "BDT", "GS"])
@pytest.mark.parametrize(("first", "second"), TOGETHER[:3])
def test_coordinator_cannot_become_secretariat_focal_point(db, body, first, second):
    who = person()
    coordinator(subject("ONE"), who, **period(first))
    row = FocalPoint(subject=subject("TWO"), person=who, body=body, **period(second))
    assert [allowed_by_validation(row), allowed_by_the_database(row)] == [False, False]


@pytest.mark.parametrize(("first", "second"), TOGETHER)
def test_secretariat_focal_point_cannot_become_coordinator(db, first, second):
    who = person()
    focal_point(subject("ONE"), who, "TSB", **period(first))
    row = Coordinator(subject=subject("TWO"), person=who, **period(second))
    assert [allowed_by_validation(row), allowed_by_the_database(row)] == [False, False]


@pytest.mark.parametrize(("first", "second"), APART)
def test_one_after_the_other_is_allowed(db, first, second):
    who = person()
    focal_point(subject("ONE"), who, "GS", **period(first))
    assert coordinator(subject("TWO"), who, **period(second)).pk


@pytest.mark.parametrize("body", ["RAG", "TSAG", "TDAG"])
def test_focal_point_of_an_advisory_group_may_be_coordinator(db, body):
    who = person()
    focal_point(subject("ONE"), who, body, date(2020, 1, 1))
    assert coordinator(subject("TWO"), who, date(2020, 1, 1)).pk


def test_another_person_is_not_concerned(db):
    focal_point(subject("ONE"), person("One Person"), "BR", date(2020, 1, 1))
    assert coordinator(subject("TWO"), person("Another Person"), date(2020, 1, 1)).pk


def test_group_focal_point_who_coordinates_cannot_be_moved_to_the_secretariat(db):
    who = person()
    coordinator(subject("ONE"), who, date(2020, 1, 1))
    row = focal_point(subject("TWO"), who, "RAG", date(2020, 1, 1))
    row.body = "BR"
    assert [allowed_by_validation(row), allowed_by_the_database(row)] == [False, False]


def test_refusal_names_the_row_in_the_way(world):
    with pytest.raises(ValidationError) as refusal:
        coordinator(world.subjects["IOT"], world.jon, date(2024, 1, 1))
    assert refusal.value.messages == [
        "A secretariat focal point cannot be a Coordinator on the same day."
        " (Mr Jon Dummy, EMF (BR), since 1 April 2022)"
    ]


@pytest.fixture
def subjects_app():
    from django.apps import apps

    return apps.get_app_config("subjects")


def test_making_the_triggers_finds_old_rows_that_break_the_rule(db, subjects_app):
    drop_all(subjects_app)
    who = person()
    Coordinator(subject=subject("ONE"), person=who, starts_on=date(2020, 1, 1)).save()
    FocalPoint(subject=subject("TWO"), person=who, body="BR", starts_on=date(2020, 1, 1)).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_triggers(subjects_app)


def drop_all(app):
    """Take the triggers away, as somebody with a database shell could."""
    from django.db import connection

    with connection.cursor() as cursor:
        for model in (Coordinator, FocalPoint):
            for rule in model._meta.constraints:
                for statement in getattr(rule, "uninstall_sql", lambda *_: ())(model, connection):
                    cursor.execute(statement)


def test_migrating_with_nothing_to_apply_leaves_the_triggers_in_place(world, subjects_app):
    drop_triggers(subjects_app, plan=[])
    row = Coordinator(subject=world.subjects["IOT"], person=world.jon, starts_on=date(2024, 1, 1))
    assert not allowed_by_the_database(row)
