"""The pictures of a report where SVG will not do: as PNG for a DOCX, and with the words upon it as text for a PDF.

A picture consists of rectangles, lines and words (`reports.pictures`). The PDF sets the words of an SVG letter by
letter, which breaks Arabic script; as text of the page they stay whole.
"""

import io
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from members.pictures.card import pieces_of
from reports.renditions.harmless import SVG, harmless_svg

FINER = 3  # a PNG has so many points for each of the SVG
SIZE_OF_WORDS = 12.5


def png_of(svg):
    """The harmless SVG as PNG, and its width and height in pixels of the SVG."""
    root = _root(svg)
    width, height = _size(root)
    image = Image.new("RGB", (round(width * FINER), round(height * FINER)), "#ffffff")
    pen = ImageDraw.Draw(image)
    for shape in root.iter():
        draw = _SHAPES.get(shape.tag.removeprefix(SVG))
        if draw:
            draw(image, pen, shape)
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True, dpi=(96 * FINER, 96 * FINER))
    return target.getvalue(), width, height


def without_words(svg):
    """The SVG without its words; and each of them with x, y, anchor and colour, as (text, x, y, anchor, fill)."""
    root = _root(svg)
    words = []
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.removeprefix(SVG) == "text":
                words.append(_word(child))
                parent.remove(child)
    return ElementTree.tostring(root, encoding="unicode"), words


def size_of(svg):
    """Width and height of the picture in pixels."""
    return _size(_root(svg))


def _size(root):
    box = root.get("viewBox", "0 0 300 150").split()
    return tuple(float(root.get(name, box[place])) for name, place in (("width", 2), ("height", 3)))


def _root(svg):
    return ElementTree.fromstring(harmless_svg(svg))


def _word(element):
    text = "".join(element.itertext())
    place = (float(element.get(name, 0)) for name in ("x", "y"))
    return text, *place, element.get("text-anchor", "start"), element.get("fill", "#000000")


def _rect(image, pen, shape):
    x, y, width, height = (float(shape.get(name, 0)) * FINER for name in ("x", "y", "width", "height"))
    if width < 1 or height < 1:
        return
    box = (round(x), round(y), round(x + width) - 1, round(y + height) - 1)
    fill, stroke = (_colour(shape.get(name)) for name in ("fill", "stroke"))
    opacity = float(shape.get("opacity", 1))
    if opacity < 1 and fill:
        over = Image.new("RGB", (box[2] - box[0] + 1, box[3] - box[1] + 1), fill)
        there = image.crop((box[0], box[1], box[2] + 1, box[3] + 1))
        image.paste(Image.blend(there, over, opacity), box[:2])
        return
    pen.rectangle(box, fill=fill, outline=stroke, width=FINER if stroke else 0)


def _line(image, pen, shape):
    ends = tuple(float(shape.get(name, 0)) * FINER for name in ("x1", "y1", "x2", "y2"))
    pen.line(ends, fill=_colour(shape.get("stroke")) or "#000000", width=FINER)


def _text(image, pen, shape):
    text, x, y, anchor, fill = _word(shape)
    pieces = pieces_of(text, SIZE_OF_WORDS * FINER, False)
    if any("\u0590" <= one <= "\u08ff" for one in text):
        pieces.reverse()  # one script after the other, from right to left
    long = sum(font.getlength(words) for words, font in pieces)
    at = x * FINER - long * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    for words, font in pieces:
        pen.text((at, y * FINER), words, fill=_colour(fill), font=font, anchor="ls")
        at += font.getlength(words)


def _colour(said):
    return None if said in (None, "", "none") else said


_SHAPES = {"rect": _rect, "line": _line, "text": _text}
