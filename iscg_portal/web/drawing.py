"""What every picture shares: how wide a text will be, how it breaks, how a picture is mirrored for Arabic.

Geometry is made of numbers and short texts only; the SVG is written by templates, coloured by classes.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string

NARROW = frozenset("iljtfrI.,:;'’()-–·! \u00a0")
SPACED = 1.3  # so much wider is a text with the spacing that a reader may set (WCAG 1.4.12)
PIECE = re.compile(r" *(?:[^ \u3400-\u9fff]*[\u3400-\u9fff][，。；：、）]*|[^ \u3400-\u9fff]+)")  # no line ends within
BROAD = frozenset("mwMWЖШЩЮФжшщюфм@%")
RIGHT_TO_LEFT = "\u200f"
LATIN_FIRST, ARABIC = re.compile(r"\A[\W\d_]*[A-Za-z]"), re.compile("[\u0621-\u064a]")


@lru_cache(maxsize=2_000)
def text_width(text: str, size: float) -> float:
    """Width in pixels of the text at a font size, estimated from above for a humanist sans."""
    ems = 0.0
    for letter in text:
        if letter in NARROW:
            ems += 0.36
        elif letter in BROAD:
            ems += 0.92
        elif unicodedata.east_asian_width(letter) in "WF":
            ems += 1.02
        elif letter == RIGHT_TO_LEFT or unicodedata.combining(letter):
            continue
        else:
            ems += 0.68 if letter.isupper() else 0.59
    return ems * size


def wrapped(text: str, width: float, size: float, most: int = 4) -> list[str]:
    """The text in lines of at most `width` pixels, broken at plain spaces and after Chinese characters.

    What is left over joins the last line.
    """
    lines = [""]
    for piece in PIECE.findall(text):
        longer = lines[-1] + piece
        if not lines[-1] or len(lines) == most or text_width(longer, size) <= width:
            lines[-1] = longer.lstrip(" ")
        else:
            lines.append(piece.lstrip(" "))
    return [from_the_right(line) for line in lines if line]


def from_the_right(line: str) -> str:
    """An Arabic line that begins with a name in Latin letters: marked, since it would be set from the left."""
    begins_latin = LATIN_FIRST.match(line) and not line.startswith(RIGHT_TO_LEFT)
    return f"{RIGHT_TO_LEFT}{line}" if begins_latin and ARABIC.search(line) else line


def width_of_names(names, size: float, least: float) -> int:
    """How wide a column is that keeps bold names of lanes apart from the bars beside them."""
    return max([round(least), *(round(text_width(name, size) * SPACED) + 8 for name in names)])


class Drawing(NamedTuple):
    """A picture before it is drawn: its template, and what that draws, laid out in the active language."""

    template: str
    geometry: Any


def drawn(drawing: Drawing, caption: str) -> str:
    """The picture as SVG, in the active language."""
    return render_to_string(drawing.template, {"picture": drawing.geometry, "caption": caption})


class TextLine(NamedTuple):
    """One line of text at a point. `fit` is the width it is pressed into, 0 where it fits by itself."""

    x: float
    y: float
    text: str
    kind: str = ""
    fit: int = 0


def stacked(parts, x: float, y: float, width: float, *, rising: bool = False, most: int = 4) -> list[TextLine]:
    """Lines under each other from baseline `y` down, or ending at `y` when `rising`.

    `parts` are (text, kind, font size in pixels); each is wrapped to `width`, in `most` lines.
    """
    lines = [(line, kind, size) for text, kind, size in parts if text for line in wrapped(text, width, size, most)]
    if rising:
        y -= sum(_leading(size) for _line, _kind, size in lines[1:])
    placed = []
    for index, (line, kind, size) in enumerate(lines):
        y += _leading(size) if index else 0
        placed.append(TextLine(x, round(y, 1), line, kind, _fit(line, size, width)))
    return placed


def _fit(line, size, width):
    """0, or the width that the line keeps: where it has more than there is, or would have with a reader's spacing.

    Of the latter only a line without a space, such as a date: any other breaks earlier where its room is small.
    """
    natural = text_width(line, size)
    if natural > width:
        return int(width)
    return int(natural) if " " not in line and natural * SPACED > width else 0


def _leading(size: float) -> float:
    return round(size * 1.3, 1)
