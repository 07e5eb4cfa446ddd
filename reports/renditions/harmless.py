"""Text and pictures with nothing harmful left in them: HTML of a few tags, SVG of known shapes."""

import re
from functools import lru_cache
from xml.etree import ElementTree

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from reports.renditions import RenditionError

MOST_CHARACTERS = 200_000
TAGS = {"p", "br", "hr", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "span"} | {
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "*": {"lang", "dir"}}
SCHEMES = {"https", "http", "mailto"}
_LEVELS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
SVG = "{http://www.w3.org/2000/svg}"
SVG_TAGS = {
    *("svg", "g", "title", "desc", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan"),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "pattern"),
}
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_INSIDE = re.compile(r"url\(\s*#[\w-]+\s*\)")


def harmless_html(text):
    """The Markdown as HTML of a few harmless tags; raw HTML in it is printed as text.

    Headings begin at h3, below the title of the section. A broken table stays as its words.
    Errors: ValidationError where the text is too long.
    """
    if too_long := refusal_of_length(text):
        raise ValidationError(too_long)
    tokens = _reader().parse(text.replace("\0", ""))
    for token in tokens:
        token.tag = _LEVELS.get(token.tag, token.tag)
    return cleaned(_reader().renderer.render(tokens, _reader().options, {}))


def refusal_of_length(text):
    """The sentence for a text that is too long; blank for any other."""
    if len(text) <= MOST_CHARACTERS:
        return ""
    message = _("The text has %(length)d characters; at most %(most)d are accepted.")
    return message % {"length": len(text), "most": MOST_CHARACTERS}


def with_its_lines(text):
    """The Markdown with the lines of whoever wrote it: each line break stays one."""
    return _LINE_BREAK.sub("  \n", text)


def cleaned(html):
    """The HTML with nothing but the tags that a report may have."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


@lru_cache(maxsize=1)
def _reader():
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable("image")


def harmless_svg(svg):
    """The SVG with known shapes only. Errors: RenditionError where it is not well formed."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        raise RenditionError(_("A picture of this report declares entities and was not drawn."))
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        raise RenditionError(_("A picture of this report is damaged and cannot be drawn.")) from None
    if root.tag not in (f"{SVG}svg", "svg"):
        raise RenditionError(_("A picture of this report is not an SVG and cannot be drawn."))
    _clean(root)
    ElementTree.register_namespace("", SVG[1:-1])
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element):
    for name, value in list(element.attrib.items()):
        outside = "url(" in _INSIDE.sub("", value)
        if name.startswith(("{", "on")) or name in ("style", "href") or outside:
            del element.attrib[name]
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag.removeprefix(SVG) in SVG_TAGS:
            _clean(child)
        else:
            element.remove(child)
