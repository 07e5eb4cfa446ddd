"""The open points of the secretariat's desk, which the app above registers from its `AppConfig.ready`."""

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
