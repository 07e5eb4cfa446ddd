"""Markdown as staff write it, turned into HTML that can do no harm."""

from functools import lru_cache

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

MOST_CHARACTERS = 200_000
TAGS = {"p", "br", "hr", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre"} | {
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto"}
_LEVELS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def harmless_html(text):
    """The Markdown as HTML of a few harmless tags; raw HTML in it is printed as text.

    Headings begin at h3, below the title of the section. A broken table stays as its words.
    Errors: ValidationError where the text is too long.
    """
    if len(text) > MOST_CHARACTERS:
        message = _("The text has %(length)d characters; at most %(most)d are accepted.")
        raise ValidationError(message % {"length": len(text), "most": MOST_CHARACTERS})
    tokens = _reader().parse(text.replace("\0", ""))
    for token in tokens:
        token.tag = _LEVELS.get(token.tag, token.tag)
    return cleaned(_reader().renderer.render(tokens, _reader().options, {}))


def cleaned(html):
    """The HTML with nothing but the tags that a report may have."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


@lru_cache(maxsize=1)
def _reader():
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable("image")
