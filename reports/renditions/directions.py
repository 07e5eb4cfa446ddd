"""Words of another script in an Arabic report: each text is isolated, so that its marks stay on their side."""

import re

_BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]+(?=<)")
ISOLATE, END = "\u2068", "\u2069"  # first strong isolate: the text has the direction of its own first letter


def isolated_in(html, lang):
    """The HTML with each of its texts set apart so."""
    return _BETWEEN_TAGS.sub(lambda found: isolated(found[0], lang), html) if lang == "ar" else html


def isolated(text, lang):
    """The text as it stands in a report of the language: set apart in Arabic where it is not Arabic alone."""
    if lang != "ar" or not text or not any("A" <= one <= "z" or "\u00c0" <= one <= "\u052f" for one in text):
        return text
    return f"{ISOLATE}{text}{END}"
