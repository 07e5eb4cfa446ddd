"""The difference of two texts for a reader: paragraph by paragraph, and word by word where a paragraph changed."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 4_000  # of two paragraphs longer than this together, no words are compared
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of text: "same", "gone" (in the old text alone) or "new" (in the new one alone)."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """The stretches of both texts in order. Without the new ones it is the old text, without the gone ones the new."""
    return _joined(_compared(old.splitlines(keepends=True), new.splitlines(keepends=True), within=True))


def _compared(before, after, *, within=False):
    matcher = SequenceMatcher(None, before, after)  # what is frequent is no anchor, or it takes minutes
    for tag, first, last, start, end in matcher.get_opcodes():
        gone, new = "".join(before[first:last]), "".join(after[start:end])
        if tag == "equal":
            yield Piece("same", gone)
            continue
        words = (_WORDS.findall(gone), _WORDS.findall(new)) if within and gone and new else None
        if words and sum(map(len, words)) <= MOST_WORDS:
            yield from _compared(*words)
        else:
            yield from (Piece(kind, text) for kind, text in (("gone", gone), ("new", new)) if text)


def _joined(found):
    """Stretches of one kind that follow each other are one."""
    joined = []
    for piece in found:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
