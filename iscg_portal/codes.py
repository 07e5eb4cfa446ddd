"""Codes of conferences and meetings, as “PP-26” and “TSAG-2022-2024-4”: each stays on one line of a page."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

A_CODE = re.compile(r"(?<![\w./-])[A-ZА-Я]{2,8}(?:-[0-9]{1,4})+(?![\w/-])")  # no part of an address


def unbroken(words):
    """A text whose codes stay on one line each: of “PP-26” a browser would leave the number to the next."""
    return mark_safe(A_CODE.sub(r'<bdi class="code">\g<0></bdi>', conditional_escape(words)))
