"""The register: numbers given once, variants, earlier schemes, gaps and withdrawals."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.history import remove_mistake
from meetings.acts import register
from meetings.models import Document, RegisterNumber
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return w.meeting("25-1")


def in_order():
    return [document.number for document in Document.objects.order_by("sort_key")]


def test_the_register_gives_the_next_number_of_the_meeting(meeting):
    assert [w.document(meeting).number for _ in range(3)] == ["ISCG/25-1/01", "ISCG/25-1/02", "ISCG/25-1/03"]
    assert w.document(w.meeting("25-2", date(2025, 9, 1))).number == "ISCG/25-2/01"


def test_the_address_is_made_of_the_number(meeting):
    assert w.document(meeting).slug == "iscg-25-1-01"


def test_a_removed_document_leaves_its_number_used(meeting):
    first = w.document(meeting)
    remove_mistake(first, reason="A test")
    assert w.document(meeting).number == "ISCG/25-1/02"
    assert register.gaps(meeting) == [(1, "")]


def test_a_refused_document_spends_no_number(meeting):
    with pytest.raises(ValidationError):
        w.document(meeting, title="")
    assert not RegisterNumber.objects.exists()
    assert w.document(meeting).number == "ISCG/25-1/01"


@pytest.mark.parametrize("code", ["TDAG-25", "ISCT-2018"])
def test_only_meetings_of_the_present_scheme_have_numbers(code):
    with pytest.raises(ValidationError, match="a code such as 25-1"):
        w.document(w.meeting(code, body="TDAG" if code.startswith("T") else "ISCG"))


def test_a_document_without_a_meeting_has_no_next_number():
    with pytest.raises(ValidationError, match="Choose the meeting"):
        w.document()


def test_a_number_that_comes_with_a_document_is_taken(meeting):
    w.document(number="ISCG/25-1/03-E")
    assert w.document(meeting).number == "ISCG/25-1/04"
    assert register.gaps(meeting) == [(1, ""), (2, "")]


def test_a_number_of_another_meeting_is_refused(meeting):
    with pytest.raises(ValidationError, match="belongs to the meeting 24-1"):
        w.document(meeting, number="ISCG/24-1/03")


def test_a_number_of_a_meeting_that_is_not_on_record_is_refused():
    with pytest.raises(ValidationError, match="belongs to the meeting 24-1"):
        w.document(number="ISCG/24-1/03")


@pytest.mark.parametrize("again", ["ISCG/25-1/03", "ISCG/25-1/3-F", "iscg/25-1/03"])
def test_a_duplicate_number_is_refused_with_a_sentence(meeting, again):
    w.document(number="ISCG/25-1/03")
    with pytest.raises(ValidationError, match="ISCG/25-1/03 is in the register already"):
        w.document(number=again)


def test_earlier_schemes_are_accepted_and_sorted_rightly(meeting):
    w.document(meeting)
    w.document(number="ISCT-18/12")
    w.document(number="ISCT-18/2")
    w.document(number="TDAG/ISCT/5", dated_on=date(2016, 3, 1))
    w.document(number="TDAG/ISCT/4")
    assert in_order() == ["TDAG/ISCT/4", "TDAG/ISCT/5", "ISCT-18/2", "ISCT-18/12", "ISCG/25-1/01"]


def test_a_later_date_moves_a_number_without_a_year_and_its_revision(meeting):
    old = w.document(number="TDAG/ISCT/5")
    w.variant(old)
    w.document(number="ISCT-16/1")
    old.dated_on = date(2017, 3, 1)
    w.saved(old)
    register.put_variants_in_place(old)
    assert in_order() == ["ISCT-16/1", "TDAG/ISCT/5", "TDAG/ISCT/5 (Rev.1)"]


def test_variants_are_numbered_each_for_itself_and_follow_their_document(meeting):
    first = w.document(meeting)
    w.document(meeting)
    numbers = [w.variant(first, kind).number for kind in ("Rev", "Corr", "Rev", "Add")]
    assert numbers == [
        "ISCG/25-1/01 (Rev.1)",
        "ISCG/25-1/01 (Corr.1)",
        "ISCG/25-1/01 (Rev.2)",
        "ISCG/25-1/01 (Add.1)",
    ]
    assert in_order() == ["ISCG/25-1/01", numbers[1], numbers[3], numbers[0], numbers[2], "ISCG/25-1/02"]


def test_an_addendum_is_revised(meeting):
    addendum = w.variant(w.document(meeting), "Add")
    revised = w.variant(addendum)
    assert (revised.number, revised.slug) == ("ISCG/25-1/01 (Add.1) (Rev.1)", "iscg-25-1-01-add1-rev1")


def test_a_revision_is_not_revised(meeting):
    revision = w.variant(w.document(meeting))
    with pytest.raises(ValidationError, match="enter the next revision of its document"):
        w.variant(revision)


def test_a_variant_is_entered_by_its_printed_number(meeting):
    first = w.document(meeting)
    revision = w.document(number="ISCG/25-1/01(Rev.3)-E")
    assert (revision.base, revision.variant_number, revision.meeting) == (first, 3, meeting)
    assert w.variant(first).number == "ISCG/25-1/01 (Rev.4)"


def test_a_revision_of_a_document_that_does_not_exist_is_refused(meeting):
    with pytest.raises(ValidationError, match="ISCG/25-1/09 is not in the register"):
        w.document(number="ISCG/25-1/09 (Rev.1)")
    assert not Document.objects.exists() and not RegisterNumber.objects.exists()


def test_the_same_revision_twice_is_refused(meeting):
    w.variant(w.document(meeting))
    with pytest.raises(ValidationError, match="is in the register already"):
        w.document(number="ISCG/25-1/01 (Rev.1)")


def test_the_number_of_a_document_cannot_be_changed(meeting):
    first = w.document(meeting)
    first.number = "ISCG/25-1/77"
    with pytest.raises(ValidationError, match="set once"):
        first.full_clean()


def test_a_gap_is_explained_once_it_is_one(meeting):
    w.document(number="ISCG/25-1/02")
    register.explain_gap(meeting, 1, "Kept for an agenda that did not come")
    assert register.gaps(meeting) == [(1, "Kept for an agenda that did not come")]
    [number] = RegisterNumber.objects.public()
    assert (str(number), number.unused_because) == ("ISCG/25-1/01", "Kept for an agenda that did not come")


@pytest.mark.parametrize(
    ("serial", "why", "refusal"), [(2, "x", "has a document"), (3, "x", "not used yet"), (1, " ", "why")]
)
def test_what_is_no_gap_or_has_no_reason_is_not_explained(meeting, serial, why, refusal):
    w.document(number="ISCG/25-1/02")
    with pytest.raises(ValidationError, match=refusal):
        register.explain_gap(meeting, serial, why)


def test_a_number_whose_document_is_hidden_is_no_gap(meeting):
    w.document(meeting, visibility="draft")
    assert register.gaps(meeting) == list(RegisterNumber.objects.public()) == []


def test_a_withdrawn_document_keeps_its_day_and_reason(meeting):
    first = w.document(meeting)
    register.withdraw(first, w.DAY, "Sent by mistake")
    first.refresh_from_db()
    assert (first.withdrawn_on, first.withdrawn_because) == (w.DAY, "Sent by mistake")
    assert first.history.first().history_change_reason == "Sent by mistake"


def test_withdrawing_needs_a_reason_and_happens_once(meeting):
    first = w.document(meeting)
    with pytest.raises(ValidationError, match="Say why"):
        register.withdraw(first, w.DAY, "  ")
    register.withdraw(first, w.DAY, "Sent by mistake")
    with pytest.raises(ValidationError, match="already withdrawn"):
        register.withdraw(first, w.DAY, "Again")


def test_a_withdrawal_by_mistake_is_taken_back(meeting):
    first = w.document(meeting, withdrawn_on=w.DAY, withdrawn_because="A test")
    register.reinstate(first, "The wrong document")
    first.refresh_from_db()
    assert (first.withdrawn_on, first.withdrawn_because) == (None, "")


def test_an_agenda_item_of_another_meeting_is_refused(meeting):
    other = w.agenda_item(w.meeting("25-2", date(2025, 9, 1)))
    with pytest.raises(ValidationError, match="agenda of another meeting"):
        w.document(meeting, agenda_item=other)


@pytest.mark.parametrize("field", ["title", "submitted_by", "contact_role"])
def test_public_words_of_a_document_hold_no_personal_address(meeting, field):
    with pytest.raises(ValidationError, match="personal e-mail addresses"):
        w.document(meeting, **{field: "Write to ada.testperson@example.org"})


def test_a_role_mailbox_may_stand_as_contact(meeting):
    assert w.document(meeting, contact_role="Secretariat, iscg@itu.int").pk
