"""Geometry of the lanes: one lane a seat, every term a bar, the intervals between conferences behind.

The picture stretches with the page: what lies along time is given in per cent of its width, what stands
across in pixels. Whether a label fits is judged at the least width, so it fits at every other.
A day that is not exactly known has a soft edge over the days in question.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import end_of_period, print_date
from iscg_portal.web.drawing import Drawing, text_width
from members.lane_shapes import BAR, LEAST_WIDTH, Band, Bar, Label, Lane, LanesPicture, PlacedBar, Row, Span

TOP, PITCH = 46, 38
FADE = 22  # pixels of a soft edge that has no other side (by, after)
LABEL = 12.5
HAIR = 0.13  # per cent: a pixel, between two terms, or where a soft edge laps over the certain part
CROWD = 150  # of more bars than this only those stand alone that can bear a name; the table has them all


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


def pixels(per_cent: float) -> float:
    """Per cent of the width in pixels, when the picture is at its narrowest."""
    return per_cent * LEAST_WIDTH / 100


def draw_lanes(
    lanes: Sequence[Lane],
    bars: Sequence[Bar],
    bands: Sequence[Band],
    *,
    first: datetime.date,
    last: datetime.date,
    day: datetime.date,
    rtl: bool = False,
) -> Drawing:
    """The picture of the days from `first` to `last`; bars outside them are left out."""
    inputs = (tuple(lanes), tuple(bars), tuple(bands), first, last, day, rtl)
    return Drawing("components/_svg_lanes.html", lay_out_lanes, inputs)


def lay_out_lanes(lanes, bars, bands, first, last, day, rtl) -> LanesPicture:
    """The geometry of `draw_lanes`."""
    scale = Scale(first, last, rtl)
    shown = [b for b in bars if b.starts_on < last and (b.ends_on is None or b.ends_on > first)]
    by_lane = defaultdict(list)
    for bar in sorted(shown, key=lambda b: b.starts_on):
        by_lane[bar.lane].append(bar)
    rows, placed = [], []
    for index, lane in enumerate(lanes):
        row = Row(lane, TOP + index * PITCH + (PITCH - BAR) // 2, lane.sector.lower() or "chair")
        row.vacancies = list(_vacancies(lane, by_lane[index], scale, first, last, row.y))
        placed += _place(by_lane[index], row, scale, crowded=len(shown) > CROWD)
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
        day=_day(scale, first, last, day),
        foot=foot,
    )


def _place(bars, row, scale, *, crowded):
    """The bars of one lane, each with its label where there is room: upon it, after it or before it."""
    placed, edges = [], [(_certain(bar, scale), bar) for bar in bars]
    taken = 0.0
    for index, ((begin, start, end, stop), bar) in enumerate(edges):
        if crowded and pixels(end - start) < text_width(bar.label, LABEL) + 14:
            _join_crowd(bar, row, scale)
            taken = stop
            continue
        following = edges[index + 1][0][0] if index + 1 < len(edges) else 100.0
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
    need = (text_width(bar.label, LABEL) + 14) * 100 / LEAST_WIDTH
    baseline = row.y + BAR / 2 + 4.5
    if need <= end - start:
        return Label(scale.x(start), baseline, bar.label, dx=-7 if scale.rtl else 7, kind="upon"), stop
    if need <= following - stop:
        return Label(scale.x(stop), baseline, bar.label, dx=-6 if scale.rtl else 6), stop + need
    if need <= begin - taken:
        return Label(scale.x(begin), baseline, bar.label, "end", dx=6 if scale.rtl else -6), stop
    return None, stop


def _join_crowd(bar, row, scale):
    """Adds a term to one of its lane's two paths, in hundredths of a per cent, with a gap before the next."""
    low, high = scale.along(bar.starts_on), scale.along(bar.ends_on) if bar.ends_on else 100.0
    x = (100 - high if scale.rtl else low) * 100
    length = (high - low) * 100
    width = max(length - min(12, length / 3), 3)
    sure = bar.starts_precision == "day" and bar.ends_precision in (None, "day")
    name = "crowd" if sure else "soft_crowd"
    setattr(row, name, f"{getattr(row, name)}M{x:.0f} {row.y}h{width:.0f}v{BAR}h-{width:.0f}z")


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
            if pixels(span.width) >= text_width(word, LABEL) + 8:
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


def _day(scale, first, last, day):
    if not first <= day <= last:
        return None
    along = scale.along(day)
    text = print_date(day)
    half = text_width(text, LABEL) / 2 * 100 / LEAST_WIDTH
    anchor = "start" if along < half else "end" if along > 100 - half else "middle"
    return Label(scale.x(along), 14, text, anchor)
