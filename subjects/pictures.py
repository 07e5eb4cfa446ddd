"""Geometry of the subjects by Sectors: who shares each subject, and whether it has a Coordinator (clause A0).

Subjects with the same Sectors stand together: a few as one tile each, the subjects of a long list as one bar for
each group of Sectors, so that the picture costs the same whatever the list's length.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.languages import with_colon
from iscg_portal.tenure.office_on import OfficeState
from iscg_portal.web.drawing import SPACED, Drawing, TextLine, stacked, text_width
from subjects.models.counts import ScopeCount
from subjects.models.subjects import SECTORS

SCOPES = tuple(scope for size in (4, 3, 2, 1) for scope in combinations(SECTORS, size))
CODE, TITLE = 12, 11.5
MOST_LINES = 4  # of a title; what is longer is cut, and stands whole in what is spoken
TEMPLATE = "components/_svg_subjects.html"


class SubjectMark(NamedTuple):
    """A subject with the Sectors in its scope and the state of its Coordinator on the day."""

    code: str
    title: str
    scope: Sequence[str]
    state: str
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """One subject's place."""

    x: float
    y: float
    mark: SubjectMark
    ring_x: float
    height: float
    lines: list[TextLine]

    @property
    def css(self):
        return OfficeState(self.mark.state).css

    @property
    def spoken(self):
        """The subject's title and the state of its Coordinator."""
        words = {OfficeState.HELD: _("Coordinator appointed"), OfficeState.VACANT: _("Coordinator vacant")}
        return with_colon(self.mark.title, words.get(self.mark.state, _("Coordinator not recorded")))


@dataclass(frozen=True)
class Stretch:
    """A part of a bar: as many subjects as `number`."""

    x: float
    width: float
    css: str
    number: TextLine


@dataclass
class ScopeRow:
    """The subjects that the same Sectors share, on one or more lines."""

    scope: tuple[str, ...]
    y: float
    marks: list[tuple[str, float]] = field(default_factory=list)
    absent: list[float] = field(default_factory=list)
    thread: tuple[float, float] | None = None
    tiles: list[Tile] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    rule: float = 0


@dataclass
class SubjectsPicture:
    """The grid for one width of screen."""

    shape: str
    width: int
    height: float
    tile_width: float
    rows: list[ScopeRow]


@dataclass(frozen=True)
class Plan:
    """How a picture is laid out: where its tiles begin and how many stand in a line."""

    shape: str
    width: int
    left: int
    columns: int
    drop: int  # from the Sectors' marks down to the first line of tiles

    @property
    def pitch(self):
        return (self.width - self.left + 6) / self.columns


WIDE = Plan("wide", 880, 150, 3, 0)
NARROW = Plan("narrow", 320, 0, 1, 30)
LINE, GAP = 6, 16


def draw_subjects(subjects: Iterable[SubjectMark], *, rtl: bool = False) -> Drawing:
    """The grid for wide and for narrow screens; each subject is a tile with its code and title."""
    groups: dict[tuple[str, ...], list[SubjectMark]] = {}
    for mark in subjects:
        groups.setdefault(tuple(sector for sector in SECTORS if sector in mark.scope), []).append(mark)
    return Drawing(TEMPLATE, lay_out(_fill_tiles, groups, rtl))


def draw_counts(counts: Iterable[ScopeCount], *, rtl: bool = False) -> Drawing:
    """The same for long lists: one bar for each group of Sectors, from counts."""
    return Drawing(TEMPLATE, lay_out(_fill_bar, {count.scope: [count] for count in counts}, rtl))


def lay_out(fill, groups, rtl) -> tuple[SubjectsPicture, SubjectsPicture]:
    """The geometry, wide and narrow; `groups` are the entries by scope, `fill` draws those of one scope."""
    return _draw(WIDE, groups, fill, rtl), _draw(NARROW, groups, fill, rtl)


def _draw(plan, groups, fill, rtl):
    rows, y = [], 2
    largest = max((_size(entry) for entries in groups.values() for entry in entries), default=1)
    for scope in (*SCOPES, ()):
        if scope not in groups:
            continue
        row = _row(plan, scope, y, rtl)
        y = fill(plan, row, groups[scope], largest, rtl) + GAP
        row.rule = y - GAP / 2 - 1
        rows.append(row)
    return SubjectsPicture(plan.shape, plan.width, y - GAP / 2, round(plan.pitch - 6, 1), rows)


def _size(entry):
    return entry.held + entry.vacant + entry.unrecorded if isinstance(entry, ScopeCount) else 1


def _row(plan, scope, y, rtl):
    """The four columns of Sectors: its mark where it shares the subjects, a dot where it does not."""
    row = ScopeRow(scope, y)
    places = []
    for index, sector in enumerate(SECTORS):
        x = 14 + index * 32
        x = plan.width - x if rtl else x
        if sector in scope:
            row.marks.append((sector, x))
            places.append(x)
        else:
            row.absent.append(x)
    if len(places) > 1:
        row.thread = (min(places), max(places))
    return row


def _fill_tiles(plan, row, subjects, _largest, rtl):
    """Line by line; the tiles of a line are as high as the one with most lines of text."""
    width, y = plan.pitch - 6, row.y + plan.drop
    for first in range(0, len(subjects), plan.columns):
        line = [(subject, _lines(subject, width - 28)) for subject in subjects[first : first + plan.columns]]
        height = round(max(lines[-1].y for _subject, lines in line) + 8)
        for place, (subject, lines) in enumerate(line):
            left = plan.left + place * plan.pitch
            text_x, ring_x = left + 21, left + 11
            row.tiles.append(
                Tile(
                    round(plan.width - left - width if rtl else left, 1),
                    y,
                    subject,
                    round(plan.width - ring_x if rtl else ring_x, 1),
                    height,
                    [
                        one._replace(x=round(plan.width - text_x if rtl else text_x, 1), y=round(y + one.y, 1))
                        for one in lines
                    ],
                )
            )
        y += height + LINE
    return y - LINE


def _lines(subject, width):
    """The code, and the title below it where it says more, counted from the upper edge of the tile."""
    title = "" if subject.title == subject.code else subject.title
    parts = [(subject.code, "code", CODE), (title, "title", TITLE)]
    lines = stacked(parts, 0, 16.5, width / SPACED, most=MOST_LINES + 1)
    shown = lines[: 1 + MOST_LINES]
    if len(shown) < len(lines):
        shown[-1] = shown[-1]._replace(text=f"{shown[-1].text}…")
    return shown


def _fill_bar(plan, row, counts, largest, rtl):
    (count,), y = counts, row.y + plan.drop
    left, room = plan.left, plan.width - plan.left - 4
    for number, state in zip((count.held, count.vacant, count.unrecorded), OfficeState, strict=True):
        if not number:
            continue
        width = max(round(number * room / largest, 1), 4.0)
        middle = left + width / 2
        shown = str(number) if text_width(str(number), CODE) + 4 <= width else ""
        row.stretches.append(
            Stretch(
                round(plan.width - left - width if rtl else left, 1),
                max(width - 1.5, 2.5),
                state.css,
                TextLine(round(plan.width - middle if rtl else middle, 1), y + 16.5, shown),
            )
        )
        left += width
    return y + 24
