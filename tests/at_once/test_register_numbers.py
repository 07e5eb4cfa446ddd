"""Two of the staff ask the register at once: each gets a number of its own, and none is given again."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from iscg_portal.files import waiting as waiting_files
from iscg_portal.files.checks import KINDS
from meetings.acts import register
from meetings.acts.document_files import enter_upload
from meetings.docx_headers import Header
from meetings.models import Document, Meeting, RegisterNumber
from tests import world as w


@pytest.fixture
def meeting(transactional_db):
    """A meeting, committed, so that every connection sees it."""
    return w.meeting("25-1")


def entering(meeting, **fields):
    """One of the staff has the form open and presses the button."""

    def act(ready):
        document = Document(meeting=Meeting.objects.get(pk=meeting.pk), title="Made up", **fields)
        ready()
        return (register.enter if document.number else register.number_and_enter)(document).number

    return act


def test_each_gets_a_number_of_its_own(meeting, at_once):
    outcomes = at_once(*(entering(meeting) for _ in range(4)))
    assert sorted(outcomes) == ["ISCG/25-1/01", "ISCG/25-1/02", "ISCG/25-1/03", "ISCG/25-1/04"]
    assert register.gaps(meeting) == []


def test_a_number_brought_along_is_entered_once(meeting, at_once):
    outcomes = at_once(*(entering(meeting, number="ISCG/25-1/07") for _ in range(2)))
    assert sorted(str(outcome)[:30] for outcome in outcomes)[0] == "ISCG/25-1/07"
    [refusal] = [outcome for outcome in outcomes if not isinstance(outcome, str)]
    assert isinstance(refusal, (ValidationError, DatabaseError))
    assert Document.objects.count() == RegisterNumber.objects.count() == 1


def test_one_takes_the_next_number_and_one_brings_it(meeting, at_once):
    w.document(meeting)
    outcomes = at_once(entering(meeting), entering(meeting, number="ISCG/25-1/02"))
    numbers = sorted(outcome for outcome in outcomes if isinstance(outcome, str))
    assert numbers in (["ISCG/25-1/02"], ["ISCG/25-1/02", "ISCG/25-1/03"]), outcomes
    assert Document.objects.count() == len(numbers) + 1


def test_two_revise_the_same_document(meeting, at_once):
    base = w.document(meeting)

    def revising(ready):
        document = Document(title="Revised, made up")
        ready()
        return register.enter_variant(document, Document.objects.get(pk=base.pk), "Rev").number

    assert sorted(at_once(revising, revising)) == ["ISCG/25-1/01 (Rev.1)", "ISCG/25-1/01 (Rev.2)"]


def test_the_button_pressed_twice_stores_an_upload_once(meeting, at_once):
    facts = {"header": Header().as_facts(), "found": {}}
    account = w.staff_account()
    waiting = waiting_files.let_wait(account, "meetings.document", io.BytesIO(b"made up"), "a.pdf", KINDS["pdf"], facts)

    def confirming(ready):
        found = waiting_files.waiting_for(account, "meetings.document", waiting.token)
        document = Document(meeting=Meeting.objects.get(pk=meeting.pk), title="Made up", dated_on=date(2025, 1, 1))
        ready()
        return enter_upload(document, found, "en").name

    outcomes = at_once(confirming, confirming)
    assert sum(outcome == "ISCG-25-1-01-E.pdf" for outcome in outcomes) == 1, outcomes
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes
    assert Document.objects.count() == RegisterNumber.objects.count() == 1
