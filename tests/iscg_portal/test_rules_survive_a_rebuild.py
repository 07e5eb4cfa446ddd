"""A migration that rebuilds a table on SQLite loses neither the one-holder rule nor the never-both rule."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection, models

from iscg_portal.across_tables import drop_triggers, make_triggers
from members.models import Representative
from subjects.models import Coordinator, FocalPoint
from tests.iscg_portal.test_no_overlap import allowed_by_the_database

START = date(2024, 1, 1)

CLASHES = {
    Representative: lambda w: Representative(seat=w.seats["RAG1"], person=w.lea, starts_on=START),
    Coordinator: lambda w: Coordinator(subject=w.subjects["EMF"], person=w.lea, starts_on=START),
    FocalPoint: lambda w: FocalPoint(subject=w.subjects["EMF"], person=w.kim, body="RAG", starts_on=START),
}


def rebuild(model):
    """What `migrate` does around an AlterField, there and back again."""
    subjects = apps.get_app_config("subjects")
    old = model._meta.get_field("note")
    new = models.TextField("note", blank=True, default="nothing")
    new.set_attributes_from_name("note")
    new.model = model
    for before, after in ((old, new), (new, old)):
        drop_triggers(subjects, plan=["one migration"])
        with connection.schema_editor() as editor:
            editor.alter_field(model, before, after, strict=True)
        make_triggers(subjects)


@pytest.fixture
def rebuilt_world(transactional_db, world):
    """The standing ISCG after its tables of offices were made anew."""
    for model in CLASHES:
        rebuild(model)
    return world


def test_one_holder_rule_survives(rebuilt_world):
    verdicts = {model: allowed_by_the_database(make(rebuilt_world)) for model, make in CLASHES.items()}
    assert verdicts == dict.fromkeys(CLASHES, False)


def test_never_both_rule_survives_in_both_directions(rebuilt_world):
    emf, acc = rebuilt_world.subjects["EMF"], rebuilt_world.subjects["ACC"]
    assert not allowed_by_the_database(Coordinator(subject=acc, person=rebuilt_world.jon, starts_on=START))
    assert not allowed_by_the_database(FocalPoint(subject=emf, person=rebuilt_world.ina, body="GS", starts_on=START))


def test_rows_survive(rebuilt_world):
    assert Representative.objects.count() == 6
    assert Representative.objects.get(person=rebuilt_world.ada).group_code == "RAG"
