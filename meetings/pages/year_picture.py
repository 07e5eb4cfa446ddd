"""Geometry of the year: one lane a body, every meeting a bar on its days, the months as bands behind.

As in the picture of the terms, what lies along time is in per cent of the width, what stands across in pixels. Where
only the month or the year of a meeting is known, its bar is soft over all of it. Bars that would touch stand in lines
of their own.
"""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from babel.dates import get_month_names
from django.utils.translation import get_language

from iscg_portal.languages import BABEL_LOCALES
from iscg_portal.web.drawing import Drawing, text_width
from members.pictures.lanes import LABEL, LEAST_WIDTH, Label, Scale, Span

TOP, LINE, BAR, GAP = 44, 26, 18, 10
LEAST_BAR = 1.1  # per cent: a meeting of one day is still seen
UPON, AFTER, BEFORE = "upon", "after", "before"
TEMPLATE = "components/_svg_year.html"


class YearBar(NamedTuple):
    """A meeting or conference; `soft` where its days are not exactly known, `off` where it does not take place."""

    starts_on: datetime.date
    last_day: datetime.date
    soft: bool
    label: str
    spoken: str
    url: str = ""
    off: bool = False


@dataclass
class PlacedBar:
    """A bar in its place, with its label where there is room beside it."""

    bar: YearBar
    span: Span
    label: Label | None = None


@dataclass
class YearLane:
    """A body with its bars."""

    name: str
    css: str
    y: float
    height: float
    bars: list[PlacedBar] = field(default_factory=list)


@dataclass
class YearPicture:
    """Everything the template draws."""

    height: float
    foot: float
    rtl: bool
    bands: list[Span]
    lanes: list[YearLane]
    day: Label | None
    bar_height: int = BAR


def draw_year(year, lanes, now, *, rtl=False) -> Drawing:
    """The picture of a year. `lanes` are (name, class, bars); `now` is a day in it or None."""
    return Drawing(TEMPLATE, lay_out_year(year, lanes, now, rtl, get_language()))


def lay_out_year(year, lanes, now, rtl, language) -> YearPicture:
    """The geometry of `draw_year`."""
    scale = Scale(datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1), rtl)
    placed, y = [], TOP
    for name, css, bars in lanes:
        lane = _lane(name, css, y, bars, scale)
        placed.append(lane)
        y += lane.height
    day = scale.day_at(scale.along(now) + 50 / scale.days, now) if now else None
    return YearPicture(y + 4, y, rtl, list(_months(scale, year, language)), placed, day)


def _lane(name, css, y, bars, scale):
    """The bars in as few lines as keep them and their labels apart."""
    lane, ends = YearLane(name, css, y, 0), []
    for bar in bars:
        start = scale.along(bar.starts_on)
        end = min(max(scale.along(bar.last_day + datetime.timedelta(days=1)), start + LEAST_BAR), 100.0)
        start = min(start, end - LEAST_BAR)
        need = (text_width(bar.label, LABEL) + 14) * 100 / LEAST_WIDTH
        side = _side(start, end, need)
        left, right = start - (need if side == BEFORE else 0), end + (need if side == AFTER else 0)
        line = next((number for number, taken in enumerate(ends) if taken <= left), len(ends))
        ends[line : line + 1] = [right]
        top = y + GAP / 2 + line * LINE + (LINE - BAR) / 2
        lane.bars.append(PlacedBar(bar, scale.span(start, end, y=top), _label(bar, scale, start, end, side, top)))
    lane.height = max(len(ends), 1) * LINE + GAP
    return lane


def _side(start, end, need):
    """Where the name of a bar has room: upon it, else after it, else before it."""
    if need <= end - start:
        return UPON
    return AFTER if end + need <= 100 else BEFORE


def _label(bar, scale, start, end, side, top):
    along, anchor, step = {UPON: (start, "start", 7), AFTER: (end, "start", 6), BEFORE: (start, "end", -6)}[side]
    return Label(scale.x(along), top + BAR / 2 + 4.5, bar.label, anchor, -step if scale.rtl else step, side)


def _months(scale, year, language):
    names = get_month_names("abbreviated", context="stand-alone", locale=BABEL_LOCALES.get(language, "en_GB"))
    for month in range(1, 13):
        start = scale.along(datetime.date(year, month, 1))
        end = 100.0 if month == 12 else scale.along(datetime.date(year, month + 1, 1))
        span = scale.span(start, end, kind="even" if month % 2 else "odd")
        span.label = Label(round(span.x + span.width / 2, 3), TOP - 9, names[month], "middle")
        yield span
