"""The SVG of a picture, with nothing in it that runs, loads or styles the page around it."""

import re
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from reports.renditions.errors import RenditionError

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {
    *("svg", "g", "title", "desc", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan"),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "pattern"),
}
_INSIDE = re.compile(r"url\(\s*#[\w-]+\s*\)")


def harmless_svg(svg):
    """The SVG with known shapes only. Errors: RenditionError where it is not well formed."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        raise RenditionError(_("A picture of this report declares entities and was not drawn."))
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        raise RenditionError(_("A picture of this report is damaged and cannot be drawn.")) from None
    if root.tag not in (f"{SVG}svg", "svg"):
        raise RenditionError(_("A picture of this report is no SVG and cannot be drawn."))
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
        if tag.removeprefix(SVG) in TAGS:
            _clean(child)
        else:
            element.remove(child)
