"""What the database refuses becomes a sentence, the same on both databases."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from iscg_portal.tenure.constraints import sentence_for
from members.models import ChairTerm, Country, Nomination, Person, Representative, Seat
from subjects.models import FocalPoint, Resolution, Revision, Subject

START = date(2024, 1, 1)


def representative(world, **fields):
    return Representative(seat=world.seats["TDAG2"], person=world.lea, **{"starts_on": START} | fields)


REFUSED = {
    "end before start": (
        lambda w: representative(w, ends_on=date(2023, 1, 1), ends_precision="day"),
        "The end must come after the start.",
    ),
    "end without precision": (
        lambda w: representative(w, ends_on=date(2025, 1, 1)),
        "Say how exactly the end is known when there is an end, and only then.",
    ),
    "unknown precision": (
        lambda w: representative(w, starts_precision="about"),
        "Say how exactly the start is known.",
    ),
    "representative in the Chair's seat": (
        lambda w: Representative(seat=w.seats["CHAIR"], person=w.lea, starts_on=START),
        "The Chair's seat is held by Chair terms.",
    ),
    "Chair in another seat": (
        lambda w: ChairTerm(seat=w.seats["RAG1"], person=w.lea, starts_on=START),
        "A Chair term holds the Chair's seat.",
    ),
    "seat that is not its group's": (
        lambda w: Seat(code="RAG9", group_id="TSAG", number=9),
        "A seat's code is CHAIR, or its group and number, as in RAG1.",
    ),
    "two columns that are unique together": (
        lambda w: Resolution(body="PP", number=191, title="Again", slug="pp-191-again"),
        "There is already a resolution of this body with this number.",
    ),
    "three columns that are unique together": (
        lambda w: Revision(resolution=w.resolutions["pp-191"], year=2022, place="Testville"),
        "This resolution already has a revision of this place and year.",
    ),
    "one unique column": (
        lambda w: Person(name="Ada Again", slug=w.ada.slug),
        "Person with this Web address already exists.",
    ),
    "marks without a source": (
        lambda w: Country(code="AD", is_ldc=False),
        "Give the source of the marks, or leave every mark blank.",
    ),
    "subject of one Sector": (
        lambda w: Subject(code="ONE", slug="one", title="One", in_r=True),
        "A subject is of mutual interest: tick at least two of R, T, D and GS.",
    ),
    "Coordinator of the secretariat": (
        lambda w: FocalPoint(subject=w.subjects["ACC"], person=w.ina, body="GS", starts_on=START),
        "A secretariat focal point cannot be a Coordinator on the same day.",
    ),
    "nomination withdrawn too early": (
        lambda w: Nomination(conference=w.pp22, person=w.lea, nominated_on=START, withdrawn_on=date(2023, 1, 1)),
        "A nomination cannot be withdrawn before it was made.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusal_of_the_database_is_a_sentence(world, case):
    make, sentence = REFUSED[case]
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make(world).save(force_insert=True)
    assert str(sentence_for(refusal.value)) == sentence


def test_refusal_that_names_nothing_of_ours_is_still_a_sentence():
    assert str(sentence_for(IntegrityError("FOREIGN KEY constraint failed"))).endswith("Nothing was saved.")
