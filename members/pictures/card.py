"""The management team as a picture of 1200 by 630 points, which other sites show beside a link to the portal.

Drawn with Pillow and the Noto fonts that the PDF of reports need too; where one is missing, with what there is.
"""

import io
import unicodedata
from functools import lru_cache
from itertools import groupby

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.office_on import OfficeState
from members.pictures.composition import draw_composition

WIDTH, HEIGHT = 1200, 630
FINER = 2  # drawn so much larger, then made smaller: edges become smooth
MARGIN = 50
PAPER, INK, SOFT, TABLE, VACANT, BLUE = "#ffffff", "#1a222b", "#54606d", "#dfe8ef", "#a3450b", "#00629b"
HUES = {"R": "#1a7365", "T": "#7a4a86", "D": "#66691a", "": BLUE}
FONTS = {
    "latin": ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "DejaVuSans.ttf"),
    "arabic": ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "DejaVuSans.ttf"),
    "chinese": ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "DejaVuSans.ttf"),
}
SIMPLIFIED = 2  # the face of the CJK collection that has China's forms
SIZES = {"name": 15, "country": 13, "evidence": 12, "role": 12, "vacancy": 15, "code": 14}
HUES_OF_WORDS = {"name": INK, "vacancy": VACANT, "code": INK}


def draw_card(composed) -> bytes:
    """The composition as a PNG, in the active language."""
    card = _Card(get_language_bidi())
    _wide, *_rest = draw_composition(composed, rtl=card.rtl).geometry
    start = WIDTH - MARGIN if card.rtl else MARGIN
    heading = _("Inter-Sector Coordination Group")
    card.write(start, 82, heading, 42, BLUE, bold=True, width=WIDTH - 2 * MARGIN)
    day = _("The management team on %(day)s") % {"day": print_date(composed.on)}
    card.write(start, 130, day, 26, SOFT, width=WIDTH - 2 * MARGIN)
    card.draw_table(_wide, top=165, bottom=HEIGHT - 25)
    return card.png()


class _Card:
    """What is drawn upon. Places and sizes are those of the finished picture."""

    def __init__(self, rtl):
        self.rtl = rtl
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.pen.rectangle((0, 0, WIDTH * FINER, 12 * FINER), fill=BLUE)

    def png(self):
        content = io.BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(content, "PNG", optimize=True)
        return content.getvalue()

    def write(self, x, y, text, size, hue, *, bold=False, anchor="start", width=0):
        """A line of text with its baseline at `y`, made smaller where it is wider than `width`."""
        pieces = pieces_of(text, size * FINER, bold)
        long = sum(font.getlength(piece) for piece, font in pieces)
        if width and long > width * FINER:
            size = size * width * FINER / long
            pieces = pieces_of(text, size * FINER, bold)
            long = sum(font.getlength(piece) for piece, font in pieces)
        side = {"start": 1 if self.rtl else 0, "middle": 0.5, "end": 0 if self.rtl else 1}[anchor]
        at = x * FINER - long * side
        for piece, font in reversed(pieces) if self.rtl else pieces:
            self.pen.text((at, y * FINER), piece, fill=hue, font=font, anchor="ls")
            at += font.getlength(piece)

    def draw_table(self, picture, top, bottom):
        """The picture of the page, as large as there is room for it."""
        scale = min((WIDTH - 2 * MARGIN) / picture.width, (bottom - top) / picture.height)
        left, above = (WIDTH - picture.width * scale) / 2, top + (bottom - top - picture.height * scale) / 2

        def at(x, y):
            return left + x * scale, above + y * scale

        corners = (*at(picture.x, picture.y), *at(picture.x + picture.across, picture.y + picture.down))
        self.pen.rounded_rectangle([one * FINER for one in corners], 34 * scale * FINER, fill=TABLE)
        for code in picture.codes:
            self.write(*at(code.x, code.y), code.text, SIZES["code"] * scale, INK, bold=True, anchor="middle")
        for place in picture.seats:
            self.draw_seat(place.seat, *at(place.x, place.y), scale)
            for line in place.lines:
                hue, size = HUES_OF_WORDS.get(line.kind, SOFT), SIZES.get(line.kind, 13) * scale
                bold = line.kind in ("name", "vacancy")
                words = {"bold": bold, "anchor": place.anchor, "width": line.fit * scale}
                self.write(*at(line.x, line.y), line.text, size, hue, **words)

    def draw_seat(self, seat, x, y, scale):
        """Its mark by hue, shape and letter; a seat without a holder is empty, with a dash where none is recorded."""
        held = seat.state == OfficeState.HELD
        hue = HUES[seat.sector] if held else VACANT if seat.state == OfficeState.VACANT else SOFT
        fill = {"fill": hue if held else PAPER, "outline": hue, "width": round(2.5 * scale * FINER)}
        u = scale * FINER
        x, y = x * FINER, y * FINER
        if seat.sector == "R":
            self.pen.ellipse((x - 14 * u, y - 14 * u, x + 14 * u, y + 14 * u), **fill)
        elif seat.sector == "T":
            self.pen.rectangle((x - 13 * u, y - 13 * u, x + 13 * u, y + 13 * u), **fill)
        elif seat.sector == "D":
            self.pen.polygon([(x, y - 17 * u), (x + 17 * u, y), (x, y + 17 * u), (x - 17 * u, y)], **fill)
        else:
            self.pen.rounded_rectangle((x - 10 * u, y - 20 * u, x + 10 * u, y + 20 * u), 6 * u, **fill)
        if seat.sector:
            letter = {"size": 13 * scale, "hue": PAPER if held else hue, "bold": True, "anchor": "middle"}
            self.write(x / FINER, y / FINER + 4.5 * scale, seat.sector, **letter)


def pieces_of(text, size, bold):
    """The text in pieces of one script each, in the order in which they are read, with the font of each."""
    letters = [letter for letter in text if is_letter(letter)]
    script = script_of(letters[0], "latin") if letters else "latin"
    scripts = []
    for letter in text:  # signs and spaces go with the letters before them, the first ones with those after them
        script = script_of(letter, script) if is_letter(letter) else script
        scripts.append(script)
    pieces = groupby(zip(text, scripts, strict=True), key=lambda pair: pair[1])
    return [
        ("".join(letter for letter, _script in piece), font_of(known, round(size), bold)) for known, piece in pieces
    ]


def is_letter(sign):
    return unicodedata.category(sign)[0] in "LM"


def script_of(letter, before):
    """That of a letter; a mark has that of the letter below it."""
    name = unicodedata.name(letter, "")
    if unicodedata.category(letter)[0] == "M":
        return before
    return "arabic" if name.startswith("ARABIC") else "chinese" if name.startswith("CJK") else "latin"


@lru_cache(maxsize=200)
def font_of(script, size, bold):
    """The font of a script in a size; the first that this machine has, else Pillow's own, which knows Latin alone."""
    regular, strong, other = FONTS[script]
    for name in (strong if bold else regular, other):
        try:
            return ImageFont.truetype(name, size, index=SIMPLIFIED if name.endswith(".ttc") else 0)
        except OSError:
            continue
    return ImageFont.load_default(size)
