"""Pieces of pages that depend on what is printed in them and on the language alone: made once, then remembered.

The facts are read from the database for every page. Where they are the same facts as before, the HTML that says them
is the same too, and filling in a template again is most of what a long page costs.
"""

from functools import lru_cache, wraps

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

MOST = 4_000  # of each kind; a row of a table is about a kilobyte


def remembered(make):
    """Decorator for a function from hashable facts to safe HTML, which reads nothing but them and the language.

    `fragment.each(rows, *facts)` is all of `fragment(row, *facts)`, joined.
    """
    kept = lru_cache(maxsize=MOST)(lambda _language, *facts: make(*facts))

    @wraps(make)
    def fragment(*facts):
        return make(*facts) if settings.DEBUG else kept(get_language(), *facts)

    def each(rows, *facts):
        if settings.DEBUG:
            return joined([make(row, *facts) for row in rows])
        language = get_language()
        return joined([kept(language, row, *facts) for row in rows])

    fragment.each = each
    return fragment


def joined(fragments):
    """Safe fragments one after the other."""
    return mark_safe("\n".join(fragments))
