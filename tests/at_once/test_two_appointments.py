"""Two requests at the same moment cannot both appoint: one stands, the other gets a sentence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from iscg_portal.history import save_with_reason
from iscg_portal.tenure.constraints import sentence_for
from iscg_portal.tenure.joint_validation import save_together
from members.acts.succession import succeed
from members.models import ChairTerm, Representative
from subjects.models import Coordinator, FocalPoint

START = date(2026, 5, 1)
HANDOVER = date(2026, 6, 1)

RIVALS = {
    "one seat": (
        lambda w: Representative(seat=w.seats["TDAG2"], person=w.lea, starts_on=START),
        lambda w: Representative(seat=w.seats["TDAG2"], person=w.max, starts_on=START),
    ),
    "one person in two seats of a group": (
        lambda w: Representative(
            seat=w.seats["TDAG1"], person=w.lea, starts_on=START, ends_on=HANDOVER, ends_precision="day"
        ),
        lambda w: Representative(seat=w.seats["TDAG2"], person=w.lea, starts_on=START),
    ),
    "one subject": (
        lambda w: Coordinator(subject=w.subjects["ACC"], person=w.lea, starts_on=START),
        lambda w: Coordinator(subject=w.subjects["ACC"], person=w.max, starts_on=START),
    ),
    "Coordinator and secretariat focal point": (
        lambda w: Coordinator(subject=w.subjects["ACC"], person=w.lea, starts_on=START),
        lambda w: FocalPoint(subject=w.subjects["IOT"], person=w.lea, body="BDT", starts_on=START),
    ),
    "secretariat focal point and Coordinator": (
        lambda w: FocalPoint(subject=w.subjects["ACC"], person=w.lea, body="GS", starts_on=START),
        lambda w: Coordinator(subject=w.subjects["ACC"], person=w.lea, starts_on=START),
    ),
}
REFUSALS = (
    "Somebody else holds this seat",
    "This person already holds a seat of this advisory group",
    "This subject has another Coordinator",
    "A secretariat focal point cannot be a Coordinator",
)


def checked_then_saved(row):
    """What a form does: look whether the row may stand, and only then write it."""

    def act(ready):
        row.full_clean()
        ready()
        save_with_reason(row, "at the same moment")

    return act


def written_by_the_database_alone(row):
    """The same without a form and without any lock of ours."""

    def act(ready):
        ready()
        with transaction.atomic():
            type(row).objects.bulk_create([row])

    return act


@pytest.mark.parametrize("case", RIVALS)
@pytest.mark.parametrize("way", [checked_then_saved, written_by_the_database_alone])
def test_one_of_two_rivals_stands(standing, at_once, case, way):
    rows = [make(standing) for make in RIVALS[case]]
    outcomes = at_once(*(way(row) for row in rows))
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert [isinstance(refusal, DatabaseError) for refusal in refused] == [True], outcomes


@pytest.mark.parametrize("case", RIVALS)
def test_the_refused_one_gets_the_sentence_of_the_rule(standing, at_once, case):
    outcomes = at_once(*(checked_then_saved(make(standing)) for make in RIVALS[case]))
    [refusal] = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(refusal, IntegrityError)
    assert str(sentence_for(refusal)).startswith(REFUSALS)


def replacing(model, code_field, code, who):
    """One of the staff replaces a holder, having seen the term on the page."""

    def act(ready):
        tenure = model.objects.in_office(HANDOVER).get(**{code_field: code})
        ready()
        return succeed(tenure, who, HANDOVER, reason="at the same moment")

    return act


@pytest.mark.parametrize(
    ("model", "field", "code"),
    [(Representative, "seat", "RAG1"), (ChairTerm, "seat", "CHAIR"), (Coordinator, "subject__code", "EMF")],
)
def test_two_staff_replace_the_same_holder(standing, at_once, model, field, code):
    outcomes = at_once(*(replacing(model, field, code, who) for who in (standing.lea, standing.max)))
    successors = [outcome for outcome in outcomes if isinstance(outcome, model)]
    refusals = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert (len(successors), len(refusals)) == (1, 1), outcomes
    assert list(model.objects.in_office(HANDOVER).filter(**{field: code})) == successors
    assert model.objects.filter(**{field: code}, ends_on=HANDOVER).count() == 1


def moving(term, code, world):
    """One of the staff moves a term to another seat, having judged it."""

    def act(ready):
        row = Representative.objects.get(pk=term.pk)
        row.seat = world.seats[code]
        ready()
        save_together([row])

    return act


def test_two_terms_moved_to_one_seat(standing, at_once):
    ada, dan = (Representative.objects.get(person=who) for who in (standing.ada, standing.dan))
    outcomes = at_once(moving(ada, "TDAG2", standing), moving(dan, "TDAG2", standing))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "RefusedTogether"], outcomes
    assert Representative.objects.filter(seat="TDAG2").count() == 1


def test_acts_that_do_not_meet_both_go_through(standing, at_once):
    rows = [
        Representative(seat=standing.seats["TDAG2"], person=standing.lea, starts_on=START),
        Representative(seat=standing.seats["TSAG2"], person=standing.max, starts_on=START),
    ]
    assert at_once(*(checked_then_saved(row) for row in rows)) == [None, None]
