"""The picture of a year of activities: a bar a region, full for what was held, pale for what is only announced."""

from dataclasses import dataclass

from iscg_portal.web.drawing import Drawing, TextLine, stacked

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
        lines = stacked([(str(row.label), "", 13)], WIDTH if rtl else 0, y, WIDTH)
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
