"""Replacing a Coordinator with the advisory groups' own decisions, and a Focal Point."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.acts.succession import DecisionBehind, succeed
from subjects.acts import appoint, appointment, succeed_coordinator
from subjects.models import Appointment, Coordinator
from tests import world

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


@pytest.fixture
def ina():
    return world.coordinator(world.subject(), world.person("Ina Sample"), date(2024, 1, 1), groups=["RAG", "TSAG"])


def test_successor_gets_the_appointments_of_the_groups(ina):
    decisions = [appointment("RAG", "RAG26/5", ON), appointment("TDAG", "TDAG26/6", ON)]
    successor = succeed_coordinator(ina, world.person("Jo Newname"), ON, DecisionBehind("RAG"), appointments=decisions)
    assert [str(row) for row in successor.appointments.all()] == ["RAG RAG26/5", "TDAG TDAG26/6"]
    assert ina.appointments.count() == 2


def test_a_coordinator_is_appointed_by_a_group_at_least(ina):
    with pytest.raises(ValidationError, match="which advisory group"):
        succeed_coordinator(ina, world.person("Jo Newname"), ON, appointments=[])


def test_nothing_is_saved_when_an_appointment_is_wrong(ina):
    wrong = [appointment("RAG"), appointment("RAG")]
    with pytest.raises(ValidationError, match="already recorded"):
        succeed_coordinator(ina, world.person("Jo Newname"), ON, appointments=wrong)
    assert Coordinator.objects.count() == 1


def test_a_secretariat_focal_point_cannot_succeed(ina):
    jon = world.person("Jon Dummy")
    world.focal_point(ina.subject, jon, "BR", date(2024, 1, 1))
    with pytest.raises(ValidationError, match="cannot be a Coordinator"):
        succeed_coordinator(ina, jon, ON, appointments=[appointment("RAG")])


def test_publication_of_a_name_is_not_inherited(ina):
    jon = world.focal_point(ina.subject, world.person("Jon Dummy"), "BR", date(2024, 1, 1), name_is_public=True)
    successor = succeed(jon, world.person("Jo Newname"), ON)
    assert (successor.subject, successor.body, successor.name_is_public) == (ina.subject, "BR", False)


def test_appointments_are_changed_added_and_removed_in_one_act(ina):
    first = ina.appointments.get(group="RAG")
    appoint(ina, [appointment("RAG", "RAG/100", first.decided_on), appointment("TDAG")])
    assert [str(row) for row in ina.appointments.all()] == ["RAG RAG/100", "TDAG"]
    assert ina.appointments.get(group="RAG") == first


def test_an_appointment_that_says_the_same_is_not_written_again(ina):
    row = ina.appointments.get(group="RAG")
    same = [appointment(a.group, a.document, a.decided_on) for a in Appointment.objects.all()]
    appoint(ina, same)
    assert row.history.count() == 1
