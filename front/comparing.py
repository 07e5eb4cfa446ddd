"""Two texts compared word by word, for readers who see the marks and for those who hear them."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

# A word with what follows it; in Chinese each sign is a word.
WORDS = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")


class Piece(NamedTuple):
    """A stretch of a text: `is_changed` where the other text does not have it."""

    text: str
    is_changed: bool


class Comparison(NamedTuple):
    """The older and the newer text, each in pieces."""

    older: list[Piece]
    newer: list[Piece]


def compare(older, newer) -> Comparison:
    """What was taken out of the older text, and what the newer one brought."""
    before, after = WORDS.findall(older), WORDS.findall(newer)
    plain = [[word.strip() for word in words] for words in (before, after)]
    # In long texts words that come very often anchor nothing: without that, repetitions would take minutes.
    matched = SequenceMatcher(None, *plain).get_opcodes()
    left = [Piece("".join(before[start:end]), tag != "equal") for tag, start, end, _from, _to in matched if end > start]
    right = [Piece("".join(after[start:end]), tag != "equal") for tag, _from, _to, start, end in matched if end > start]
    return Comparison(left, right)
