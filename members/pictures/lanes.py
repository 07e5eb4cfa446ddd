"""Geometry of the lanes: one lane a seat, every term a bar, the intervals between conferences behind.

The picture stretches with the page: what lies along time is given in per cent of its width, what stands
across in pixels. Whether a label fits is judged at the least width, so it fits at every other.
A day that is not exactly known has a soft edge over the days in question.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import end_of_period, print_date
from iscg_portal.web.drawing import SPACED, Drawing, text_width, width_of_names

LEAST_WIDTH = 960  # pixels, below which the picture scrolls
BAR = 24  # pixels
TOP, PITCH = 46, 38
FADE = 22  # pixels of a soft edge that has no other side (by, after)
LABEL, NAME = 12.5, 13
SYMBOL = 32  # pixels before the name of a lane
HAIR = 0.13  # per cent: a pixel, between two terms, or where a soft edge laps over the certain part


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

    @property
    def place(self):
        """Where it stands, as attributes of SVG: numbers and the word of its side."""
        return mark_safe(f'x="{self.x}%" dx="{self.dx}" y="{self.y}" text-anchor="{self.anchor}"')


@dataclass
class Span:
    """A stretch of time in per cent from the picture's left edge; its name where it has room."""

    x: float
    width: float
    y: float = 0
    kind: str = ""
    label: Label | None = None

    @property
    def place(self):
        """Where a bar of this length stands, as attributes of SVG: numbers."""
        return mark_safe(f'x="{self.x}%" y="{self.y}" width="{self.width}%" height="{BAR}"')


@dataclass
class PlacedBar:
    """A term: its certain part and its soft edges, any of which may be missing."""

    bar: Bar
    css: str
    solid: Span | None
    soft_start: Span | None
    soft_end: Span | None
    label: Label | None

    @property
    def spans(self):
        """The parts that there are, each with the mask that softens it."""
        parts = (("", self.solid), ("edge-in", self.soft_start), ("edge-out", self.soft_end))
        return [part for part in parts if part[1]]


@dataclass
class LaneRow:
    """A lane with the name of its seat and its vacancies."""

    lane: Lane
    y: float
    css: str
    vacancies: list[Span] = field(default_factory=list)


@dataclass
class LanesPicture:
    """Everything the template draws. `day` is the chosen day's place, None outside the picture."""

    height: float
    first: datetime.date
    last: datetime.date
    rtl: bool
    bands: list[Span]
    years: list[Label]
    rows: list[LaneRow]
    bars: list[PlacedBar]
    day: Label | None
    foot: float
    names: int  # the width of the column of names, in pixels


class Scale:
    """Days to per cent of the width, from the right edge in Arabic."""

    def __init__(self, first, last, rtl):
        self.first, self.days, self.rtl = first, max((last - first).days, 1), rtl

    def along(self, day):
        """Per cent from where reading begins, cut to the picture."""
        return min(max((day - self.first).days * 100 / self.days, 0.0), 100.0)

    def x(self, along):
        return round(100 - along if self.rtl else along, 3)

    def span(self, start, end, **more):
        """The stretch between two places along the picture, or None where nothing is left of it."""
        if end - start < 0.01:
            return None
        return Span(self.x(end if self.rtl else start), round(end - start, 3), **more)

    def day_at(self, along, day):
        """The label of a day at its place, at the side that keeps it within the picture."""
        text = print_date(day)
        half = SPACED * text_width(text, LABEL) / 2 * 100 / LEAST_WIDTH
        anchor = "start" if along < half else "end" if along > 100 - half else "middle"
        return Label(self.x(along), 14, text, anchor)


def pixels(per_cent: float) -> float:
    """Per cent of the width in pixels, when the picture is at its narrowest."""
    return per_cent * LEAST_WIDTH / 100


def draw_lanes(lanes, bars, bands, *, first, last, day, rtl=False) -> Drawing:
    """The picture of the days from `first` to `last`; bars outside them are left out. See `Lane`, `Bar`, `Band`."""
    return Drawing("components/_svg_lanes.html", lay_out_lanes(lanes, bars, bands, first, last, day, rtl))


def lay_out_lanes(lanes, bars, bands, first, last, day, rtl) -> LanesPicture:
    """The geometry of `draw_lanes`."""
    scale = Scale(first, last, rtl)
    shown = [b for b in bars if b.starts_on < last and (b.ends_on is None or b.ends_on > first)]
    by_lane = defaultdict(list)
    for bar in sorted(shown, key=lambda b: b.starts_on):
        by_lane[bar.lane].append(bar)
    rows, placed = [], []
    for index, lane in enumerate(lanes):
        row = LaneRow(lane, TOP + index * PITCH + (PITCH - BAR) // 2, lane.sector.lower() or "chair")
        row.vacancies = list(_vacancies(lane, by_lane[index], scale, first, last, row.y))
        placed += _place(by_lane[index], row, scale)
        rows.append(row)
    foot = TOP + len(lanes) * PITCH
    bands_drawn = [_band(band, number, scale, last) for number, band in enumerate(bands)]
    return LanesPicture(
        height=foot + 26,
        first=first,
        last=last,
        rtl=rtl,
        bands=[band for band in bands_drawn if band],
        years=list(_years(scale, first, last, foot)),
        rows=rows,
        bars=placed,
        day=scale.day_at(scale.along(day), day) if first <= day <= last else None,
        foot=foot,
        names=SYMBOL + width_of_names([lane.label for lane in lanes], NAME, 92 - SYMBOL),
    )


def _place(bars, row, scale):
    """The bars of one lane, each with its label where there is room: upon it, after it or before it."""
    placed, edges = [], [(_certain(bar, scale), bar) for bar in bars]
    vacant = list(_words_between(row, scale))
    taken = 0.0
    for index, ((begin, start, end, stop), bar) in enumerate(edges):
        following = edges[index + 1][0][0] if index + 1 < len(edges) else 100.0
        following = min([word for word, _end in vacant if word >= stop], default=following)
        taken = max([word for _start, word in vacant if taken < word <= begin], default=taken)
        label, taken = _label(bar, row, scale, (begin, start, end, stop), taken, following)
        placed.append(
            PlacedBar(
                bar,
                row.css,
                scale.span(start, end - (HAIR if end == stop and end < 100 else 0), y=row.y),
                scale.span(begin, min(start + HAIR, stop) if begin < start else begin, y=row.y),
                scale.span(max(end - HAIR, begin) if end < stop else stop, stop, y=row.y),
                label,
            )
        )
    return placed


def _words_between(row, scale):
    """Where the word “vacant” begins and ends along the lane, wherever it stands."""
    for label in (vacancy.label for vacancy in row.vacancies if vacancy.label):
        half = SPACED * text_width(label.text, LABEL) * 50 / LEAST_WIDTH
        yield scale.x(label.x) - half, scale.x(label.x) + half


def _certain(bar, scale):
    """Four places along the picture: first possible day, certain from, certain until, last possible day."""
    start = begin = scale.along(bar.starts_on)
    if bar.starts_precision == "by":
        begin = max(start - FADE * 100 / LEAST_WIDTH, 0.0)
    elif bar.starts_precision in ("month", "year"):
        begin = scale.along(_period_start(bar.starts_on, bar.starts_precision))
        start = scale.along(end_of_period(bar.starts_on, bar.starts_precision))
    if bar.ends_on is None:
        return begin, start, 100.0, 100.0
    end = stop = scale.along(bar.ends_on)
    if bar.ends_precision == "after":
        stop = min(end + FADE * 100 / LEAST_WIDTH, 100.0)
    elif bar.ends_precision in ("month", "year"):
        end = scale.along(_period_start(bar.ends_on, bar.ends_precision))
        stop = scale.along(end_of_period(bar.ends_on, bar.ends_precision))
    return begin, start, max(end, start), max(stop, start)


def _period_start(day, precision):
    return day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)


def _label(bar, row, scale, places, taken, following):
    """The name of the holder where it touches nothing else, and the place up to which the lane is taken."""
    begin, start, end, stop = places
    need = (SPACED * text_width(bar.label, LABEL) + 14) * 100 / LEAST_WIDTH
    baseline = row.y + BAR / 2 + 4.5
    if need <= end - start:
        return Label(scale.x(start), baseline, bar.label, dx=-7 if scale.rtl else 7, kind="upon"), stop
    if need <= following - stop:
        return Label(scale.x(stop), baseline, bar.label, dx=-6 if scale.rtl else 6), stop + need
    if need <= begin - taken:
        return Label(scale.x(begin), baseline, bar.label, "end", dx=6 if scale.rtl else -6), stop
    return None, stop


def _vacancies(lane, bars, scale, first, last, y):
    """The gaps since the lane is recorded, with the word where it fits."""
    if lane.recorded_from is None:
        return
    free = max(lane.recorded_from, first)
    for bar in [*bars, None]:
        until = bar.starts_on if bar else last
        span = scale.span(scale.along(free), scale.along(until), y=y) if until > free else None
        if span:
            word = _("vacant")
            if pixels(span.width) >= SPACED * text_width(word, LABEL) + 8:
                span.label = Label(round(span.x + span.width / 2, 3), y + BAR / 2 + 4.5, word, "middle")
            yield span
        if bar is None or bar.ends_on is None:
            return
        free = max(free, bar.ends_on)


def _band(band, number, scale, last):
    start, end = scale.along(band.starts_on), scale.along(band.ends_on or last)
    span = scale.span(start, end, kind="even" if number % 2 else "odd")
    if span and pixels(end - start) >= text_width(band.label, LABEL) + 10:
        span.label = Label(scale.x(start), TOP - 9, band.label, dx=-5 if scale.rtl else 5)
    return span


def _years(scale, first, last, foot):
    """A tick for each year, a number for as many of them as keep apart."""
    a_year = pixels(36525 / scale.days)
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if a_year * n >= 44), 200)
    for year in range(first.year + (first.month > 1 or first.day > 1), last.year + 1):
        along = scale.along(datetime.date(year, 1, 1))
        shown = year % step == 0 and 1.5 <= along <= 97
        yield Label(scale.x(along), foot + 17, str(year) if shown else "", "middle")
