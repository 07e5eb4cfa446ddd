"""The Chair reads and comments on an annual report before it is approved: the Chair is named as its source (F3).

Beside the draft stand the open points of the secretariat's desk, which the app above registers in its `ready`.
"""

import datetime
from collections.abc import Callable
from typing import NamedTuple


class OpenPoint(NamedTuple):
    """What a clause of the Terms of Reference asks and is not so."""

    clause: str
    sentence: str


points: list[Callable[[datetime.date], list[OpenPoint]]] = []


def register(give):
    """Let `give(on)` name open points."""
    points.append(give)


def open_points(on) -> list[OpenPoint]:
    """All that are open on a day."""
    return [point for give in points for point in give(on)]
