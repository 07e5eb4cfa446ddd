"""The difference of two texts: read without what is gone it is the new text, without what is new the old one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace.drafts.admin import MOST_WORDS, DifferencePiece, pieces

TEXTS = st.lists(st.sampled_from(["one ", "two, ", "three\n", "four ", "\n", "<five> "]), max_size=30).map("".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_in_it(old, new):
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "new") == old
    assert "".join(piece.text for piece in found if piece.kind != "gone") == new


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("", "", []),
        ("same", "same", ["same"]),
        ("", "new", ["new"]),
        ("one two\nsame", "one three\nsame", ["same", "gone", "new", "same"]),
    ],
)
def test_words_and_paragraphs_that_stay_are_told_apart(old, new, kinds):
    assert [piece.kind for piece in pieces(old, new)] == kinds


def test_long_paragraphs_are_not_compared_word_by_word():
    old, new = "old " * MOST_WORDS, "new " * MOST_WORDS
    assert pieces(old, new) == [DifferencePiece("gone", old), DifferencePiece("new", new)]
