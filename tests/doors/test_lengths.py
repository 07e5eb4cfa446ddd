"""The length of a text is judged first: what is too long is looked through by nothing, and told in true figures."""

import time

import pytest
from django.core.exceptions import ValidationError

from iscg_portal import text_fields
from iscg_portal.plain_text import MOST_MARKS, cleaned
from iscg_portal.text_fields import LONGEST, LongTextField, TypedLine, TypedText
from meetings.models import Document

MARKS = "\u0301\u0316"  # sorted by every normal form, which takes the square of their number


@pytest.mark.parametrize("length", [301, 300_000])
def test_a_field_of_a_form_says_that_and_asks_no_validator(length):
    asked = []
    with pytest.raises(ValidationError) as refused:
        TypedLine(max_length=300, validators=[asked.append]).clean("x" * length)
    (sentence,) = refused.value.messages
    assert sentence == f"Ensure this value has at most 300 characters (it has {length})."
    assert asked == []


def test_what_takes_no_room_is_cleaned_away_before_it_counts():
    assert TypedLine(max_length=3).clean("a\u200b\u200bbc") == "abc"


def test_a_field_without_a_limit_has_one():
    with pytest.raises(ValidationError, match="at most 100000"):
        TypedText().clean("x" * (LONGEST + text_fields.UNSEEN + 1))


def test_a_field_of_a_model_says_that_alone():
    with pytest.raises(ValidationError) as refused:
        Document(submitted_by="tel" * 100_000).clean_fields()
    assert [error.code for error in refused.value.error_dict["submitted_by"]] == ["max_length"]


def test_a_long_text_of_a_model_keeps_to_its_limit():
    with pytest.raises(ValidationError, match="at most 10"):
        LongTextField(max_length=10).clean("x" * 11, None)


def test_marks_on_one_letter_are_cleaned_in_no_time_and_kept_as_far_as_anybody_reads_them():
    began = time.process_time()
    text = cleaned("e" + MARKS * 500_000 + " Testperson", lines=True)
    assert time.process_time() - began < 5
    assert text.endswith(" Testperson")
    assert len(text) <= MOST_MARKS + len("e Testperson")
    assert cleaned(text) == text
