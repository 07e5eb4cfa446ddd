"""Pictures of studies: a year of activities with a bar a region, full for what was held, pale for what is announced.

And the links: two columns of study units with the links between them, of one subject or one group (A1).

On the side where reading begins stand the units that were asked for, or those of the Sector that comes first; on the
other side those that they are linked to. A link that is confirmed is a whole line, one to be confirmed is broken, one
that is contested is marked. A list beside the picture says the same.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from iscg_portal.languages import with_colon
from iscg_portal.web.drawing import SPACED, Drawing, TextLine, stacked

MOST_LINKS = 60  # of one picture: more lines cannot be told apart
NUMBER, TITLE = 14, 12
LONGEST_TITLE = 90


@dataclass(frozen=True)
class PlacedUnit:
    """A unit with its mark (the letter of its Sector, upon its shape) and the lines of text beside that."""

    unit: object
    x: float
    y: float
    anchor: str
    lines: list[TextLine]

    @property
    def sector(self):
        return self.unit.sector.lower() or "joint"

    @property
    def spoken(self):
        """Number and title, all in the language of the title, which one mark of the page says of both."""
        title = self.unit.title_shown
        with override(title.lang.lower() or get_language()):
            return with_colon(self.unit, title)


class LinkLine(NamedTuple):
    """A link between two marks, as a curve; `spoken` says it in words."""

    path: str
    state: str
    spoken: str


@dataclass(frozen=True)
class LinksPicture:
    """Units and lines, for wide or for narrow screens."""

    shape: str
    width: int
    height: int
    units: list[PlacedUnit]
    lines: list[LinkLine]


def draw_links(links, is_first, *, rtl=False) -> Drawing | None:
    """The links as a picture, None where there is none to draw or too many.

    `links` are read `with_names` and `with_state`; `is_first` says of a unit whether it stands where reading begins.
    """
    pairs = [(link, *_in_order(link, is_first)) for link in links if link.second_id]
    if not 0 < len(pairs) <= MOST_LINKS:
        return None
    return Drawing("components/_svg_links.html", (_laid_out(pairs, "wide", rtl), _laid_out(pairs, "narrow", rtl)))


def _in_order(link, is_first):
    return (
        (link.second, link.first) if is_first(link.second) and not is_first(link.first) else (link.first, link.second)
    )


def _laid_out(pairs, shape, rtl):
    width, mark, room = (880, 300, 270) if shape == "wide" else (320, 96, 76)
    columns, height = [], 0
    for side in (0, 1):
        units = {pair[side + 1].pk: pair[side + 1] for pair in pairs}
        ordered = sorted(units.values(), key=lambda unit: (unit.sector, unit.sort_key, unit.pk))
        is_left = (side == 0) != rtl
        x = mark if is_left else width - mark
        placed, bottom = _column(ordered, x, is_left, room, shape)
        columns.append(placed)
        height = max(height, bottom)
    lines = [_line(link, columns[0][one.pk], columns[1][other.pk]) for link, one, other in pairs]
    return LinksPicture(shape, width, height, [*columns[0].values(), *columns[1].values()], lines)


def _column(units, x, is_left, room, shape):
    """{key: placed unit} from the top down, and where they end."""
    placed, y = {}, 14
    text_x, anchor = (x - 20, "end") if is_left else (x + 20, "start")
    for unit in units:
        title = _shortened(str(unit.title_shown)) if shape == "wide" else ""
        lines = stacked([(unit.number, "number", NUMBER), (title, "title", TITLE)], text_x, y + 5, room / SPACED)
        placed[unit.pk] = PlacedUnit(unit, x, y, anchor, lines)
        y = max(y + 26, lines[-1].y + 20)
    return placed, round(y)


def _shortened(title):
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rpartition(" ")[0] + " …"


def _line(link, one, other):
    toward = 12 if other.x > one.x else -12
    start, end = one.x + toward, other.x - toward
    middle = (start + end) / 2
    names = {"one": one.unit, "other": other.unit, "topic": link.topic_shown, "state": link.state_in_words}
    path = f"M{start} {one.y}C{middle} {one.y} {middle} {other.y} {end} {other.y}"
    return LinkLine(path, link.state, _("%(one)s – %(other)s: %(topic)s (%(state)s)") % names)


WIDTH, BAR, NUMBERS = 336, 12, 52  # the numbers stand beyond the longest bar
TEMPLATE = "components/_svg_spread.html"


@dataclass(frozen=True)
class SpreadBar:
    """A row: its name above its bar, whose parts are (x, width, class), and its number."""

    label: str
    lines: list[TextLine]
    parts: list[tuple[float, float, str]]
    y: float
    number: TextLine
    spoken: str


@dataclass(frozen=True)
class SpreadPicture:
    """Everything the template draws."""

    width: int
    height: float
    rows: list[SpreadBar]
    bar_height: int = BAR


def draw_spread(rows, most, *, rtl=False) -> Drawing:
    """The bars of rows with `label`, `held` and `announced`; a bar for `most` fills the width."""
    return Drawing(TEMPLATE, lay_out_spread(rows, most, rtl))


def lay_out_spread(rows, most, rtl) -> SpreadPicture:
    """The geometry of `draw_spread`."""
    placed, y, scale = [], 14.0, (WIDTH - NUMBERS) / max(most, 1)
    for row in rows:
        lines = stacked([(str(row.label), "", 13)], WIDTH if rtl else 0, y, WIDTH / SPACED)
        top = lines[-1].y + 6
        parts, along = [], 0.0
        for number, css in ((row.held, "held"), (row.announced, "announced")):
            if number:
                width = round(number * scale, 2)
                parts.append((round(WIDTH - along - width, 2) if rtl else round(along, 2), width, css))
                along += width
        x = along + 7 if along else 0
        number = TextLine(round(WIDTH - x if rtl else x, 2), top + BAR - 1.5, str(row.shown))
        placed.append(SpreadBar(row.label, lines, parts, top, number, f"{row.label} {row.held} + {row.announced}"))
        y = top + BAR + 22
    return SpreadPicture(WIDTH, round(y - 14, 1), placed)
