"""Every pair of colours that the style sheets declare is legible, in light, in dark and on paper."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
DARK = (CSS / "dark.css").read_text(encoding="utf-8")
PAIRS = sorted(set(re.findall(r"pair: (--[\w-]+) on (--[\w-]+)", TOKENS)))
COLOUR = re.compile(r"(--[\w-]+): (#[0-9a-f]{6});")


def palettes():
    """The colours by name in each of the three ways a page is seen."""
    paper = (CSS / "print.css").read_text(encoding="utf-8")
    colours = dict(COLOUR.findall(TOKENS))
    return {
        "light": colours,
        "dark": colours | dict(COLOUR.findall(DARK)),
        "paper": colours | dict(COLOUR.findall(paper)),
    }


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", ["light", "dark", "paper"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_each_declared_pair_is_legible(palette, text, ground):
    colours = palettes()[palette]
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_pairs_are_declared():
    assert len(PAIRS) > 30


@pytest.mark.parametrize("palette", ["dark", "paper"])
def test_no_colour_of_the_light_palette_is_forgotten(palette):
    named = DARK if palette == "dark" else (CSS / "print.css").read_text(encoding="utf-8")
    same_everywhere = {"--scan-paper"}
    assert dict(COLOUR.findall(TOKENS)).keys() - same_everywhere == dict(COLOUR.findall(named)).keys()


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_colours_are_named_in_the_tokens_only(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"--[\w-]+:[^;]+;|@page[^}]*}[^}]*}?[^}]*}?", "", text)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|rgba?\(|hsla?\(", text)


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_properties_are_logical(sheet):
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|text-align: (?:left|right)|\b(?:left|right): "
    )
    assert not re.findall(physical, sheet.read_text(encoding="utf-8"))
