"""Values in the cells of CSV and XLSX: text, ISO dates, whole numbers, yes and no.

A cell that begins with = + - @ or ' gets one ' before it on export, and import takes one away (rule 11), so that
no spreadsheet takes a name for a formula.
"""

import datetime

DANGEROUS = ("=", "+", "-", "@", "'")


def guarded(text: str) -> str:
    """The text as a spreadsheet may see it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def cell(value):
    """A value as it stands in a cell: a whole number, or text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return guarded("; ".join(str(part) for part in value))
    return guarded(str(value))
