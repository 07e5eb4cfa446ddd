"""What goes into the picture of the lanes, and what comes out of its geometry (`members.lanes`)."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

LEAST_WIDTH = 760  # pixels, below which the picture scrolls
BAR = 24  # pixels


class Lane(NamedTuple):
    """One seat. Days from `recorded_from` on that no bar covers are vacant."""

    label: str
    sector: str = ""
    recorded_from: datetime.date | None = None


class Bar(NamedTuple):
    """One term; `lane` is the place of its lane in the list. `spoken` is the term as a sentence."""

    lane: int
    starts_on: datetime.date
    ends_on: datetime.date | None
    starts_precision: str
    ends_precision: str | None
    label: str
    url: str = ""
    spoken: str = ""


class Band(NamedTuple):
    """The interval that follows a Plenipotentiary Conference, until the next one."""

    label: str
    starts_on: datetime.date
    ends_on: datetime.date | None


@dataclass
class Label:
    """A text in the picture, in per cent and pixels, with its side: start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    dx: float = 0
    kind: str = ""


@dataclass
class Span:
    """A stretch of time in per cent from the picture's left edge; its name where it has room."""

    x: float
    width: float
    y: float = 0
    kind: str = ""
    label: Label | None = None


@dataclass
class PlacedBar:
    """A term: its certain part and its soft edges, any of which may be missing."""

    bar: Bar
    css: str
    solid: Span | None
    soft_start: Span | None
    soft_end: Span | None
    label: Label | None


@dataclass
class Row:
    """A lane with the name of its seat, its vacancies, and the terms too small to stand alone."""

    lane: Lane
    y: float
    css: str
    vacancies: list[Span] = field(default_factory=list)
    crowd: str = ""
    soft_crowd: str = ""


@dataclass
class LanesPicture:
    """Everything the template draws. `day` is the chosen day's place, None outside the picture."""

    height: float
    first: datetime.date
    last: datetime.date
    rtl: bool
    bands: list[Span]
    years: list[Label]
    rows: list[Row]
    bars: list[PlacedBar]
    day: Label | None
    foot: float
    least_width: int = LEAST_WIDTH
    bar_height: int = BAR
