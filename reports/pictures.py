"""The pictures in a report: the lanes of the seven seats and the regional balance, as SVG that needs nothing else.

The geometry is that of the pages. Colours, fonts and sides are in the SVG itself, since a file has no style sheet.
An Arabic picture is mirrored. The words of it stand in the SVG; a PDF takes them out and sets them over the picture.
"""

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_bidi

from iscg_portal.languages import with_commas, with_semicolons
from iscg_portal.web.drawing import SPACED
from members.pictures.composition import balance, draw_balance
from members.pictures.lanes import BAR, LEAST_WIDTH
from members.pictures.terms import draw_terms

HUES = {"chair": "#00629b", "r": "#1a7365", "t": "#7a4a86", "d": "#66691a"}
INK, QUIET, RULE, PAPER = "#1a222b", "#54606d", "#d6dce2", "#ffffff"
BANDS = {"even": "#f2f5f8", "odd": PAPER}
SQUARES = {"filled": "#00629b", "unsure": "#808c99", "open": PAPER}
NAMES = 92  # pixels, for the names of the seats
WIDTH = round(LEAST_WIDTH / SPACED)  # pixels along time: no reader of a file spaces its letters
OTHER_SIDE = {"start": "end", "end": "start", "middle": "middle"}
FONTS = "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC, sans-serif"


def lanes_svg(lanes):
    """The SVG of the `Lanes` in the active language, and their terms as sentences."""
    rtl = get_language_bidi()
    picture = draw_terms(lanes, rtl=rtl).geometry
    left = 0 if rtl else NAMES
    parts = [
        *(_rect(_along(span, left), 22, _long(span), picture.foot - 22, BANDS[span.kind]) for span in picture.bands),
        *(_line(_along(year, left), 46, picture.foot, RULE) for year in picture.years),
        *(_label(year, left, QUIET, rtl) for year in picture.years if year.text),
        *(_label(span.label, left, QUIET, rtl) for span in picture.bands if span.label),
        *(part for row in picture.rows for part in _row(row, left, rtl)),
        *(part for bar in picture.bars for part in _bar(bar, left, rtl)),
    ]
    if picture.day:
        parts += [_line(_along(picture.day, left), 20, picture.foot, INK), _label(picture.day, left, INK, rtl)]
    said = with_semicolons(item.bar.spoken for item in draw_terms(lanes).geometry.bars)
    return _svg(WIDTH + NAMES, picture.height, parts), said


def balance_svg(representatives, unrecorded=0):
    """The SVG of the regional balance in the active language, and its numbers as a sentence.

    `unrecorded`: how many more sit of whom nothing is recorded.
    """
    rtl = get_language_bidi()
    picture = draw_balance(balance(representatives, unrecorded=unrecorded).by_region, rtl=rtl).geometry
    end, start = ("start", "end") if rtl else ("end", "start")
    parts = []
    for row in picture.rows:
        parts += [_rect(x, row.y, 10, 10, SQUARES[kind], stroke=SQUARES["unsure"]) for x, kind in row.squares]
        parts.append(_text(row.number.x, row.number.y, row.number.text, end, INK))
        parts += [_text(line.x, line.y, line.text, start, INK) for line in row.lines]
    said = with_commas(
        f"{region.label} {region.count}" for region in balance(representatives, unrecorded=unrecorded).by_region
    )
    return _svg(picture.width, picture.height, parts), said


def _svg(width, height, parts):
    return str(
        format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" direction="ltr" '
            'font-family="{2}" font-size="12.5">{3}</svg>',
            str(width),
            str(height),
            FONTS,
            format_html_join("", "{}", ((part,) for part in parts)),
        )
    )


def _row(row, left, rtl):
    """The name of the seat and its vacancies."""
    hue = HUES[row.css]
    yield _text(left + WIDTH + 8 if rtl else NAMES - 8, row.y + 16, row.lane.label, "start" if rtl else "end", hue)
    for gap in row.vacancies:
        yield _rect(_along(gap, left), gap.y, _long(gap), BAR, PAPER, stroke=QUIET, dashes="3 3")
        if gap.label:
            yield _label(gap.label, left, QUIET, rtl)


def _bar(item, left, rtl):
    """A term: what is certain of it full, the days in question pale, its name upon or beside it."""
    hue = HUES[item.css]
    for span, opacity in ((item.soft_start, "0.45"), (item.solid, "1"), (item.soft_end, "0.45")):
        if span:
            yield _rect(_along(span, left), span.y, _long(span), BAR, hue, opacity=opacity)
    if item.label:
        yield _label(item.label, left, PAPER if item.label.kind == "upon" else INK, rtl)


def _along(place, left):
    return left + place.x * WIDTH / 100


def _long(span):
    return span.width * WIDTH / 100


def _label(label, left, hue, rtl):
    """A text at its side: what begins at a place in Arabic ends there, as the page runs from right to left."""
    anchor = OTHER_SIDE[label.anchor] if rtl else label.anchor
    return _text(_along(label, left) + label.dx, label.y, label.text, anchor, hue)


def _text(x, y, text, anchor, hue):
    words = '<text x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>'
    return format_html(words, _number(x), _number(y), anchor, hue, text)


def _line(x, top, foot, hue):
    line = '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}"/>'
    return format_html(line, _number(x), _number(top), _number(foot), hue)


def _rect(x, y, width, height, hue, **more):
    given = {"opacity": "1", "stroke": "none", "dashes": "none"} | more
    shape = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" opacity="{}" stroke="{}" stroke-dasharray="{}"/>'
    return format_html(shape, *(_number(value) for value in (x, y, width, height)), hue, *given.values())


def _number(value):
    """As SVG writes it in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
