"""Document numbers as the Union prints them: reading, printing, and the order of all of them.

Present scheme `ISCG/25-1/03` (year, meeting of the year, serial). Earlier ones, for the archive: `ISCT-18/12`
(year, serial), `TDAG/ISCT/5` and `ISCT/5` (serial). A revision, corrigendum or addendum is written behind:
`ISCG/25-1/03 (Rev.1)`, and one of an addendum behind that: `ISCG/25-1/03 (Add.1) (Rev.2)`.
"""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The letter that the Union puts behind a document's number for each language.
LANGUAGE_LETTERS = {"ar": "A", "zh-hans": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}
LANGUAGE_OF_LETTER = {letter: code for code, letter in LANGUAGE_LETTERS.items()}
VARIANT_ORDER = {"Corr": 1, "Add": 2, "Rev": 3}

_SERIAL = r"(?P<serial>[0-9]{1,4})"
_YEAR = r"(?P<year>[0-9]{2})"
PRESENT = re.compile(rf"ISCG/{_YEAR}-(?P<meeting>[0-9]{{1,2}})/{_SERIAL}")
EARLIER = (
    re.compile(rf"(?P<family>IST|ISCT|ISCG)-{_YEAR}/{_SERIAL}"),
    re.compile(rf"(?P<family>(?:RAG|TSAG|TDAG)/(?:IST|ISCT|ISCG))/{_SERIAL}"),
    re.compile(rf"(?P<family>IST|ISCT|ISCG)/{_SERIAL}"),
)
_GROUPS = ("IST", "ISCT", "ISCG")
FAMILIES = ("", *_GROUPS, *(f"{group}/{name}" for group in ("RAG", "TSAG", "TDAG") for name in _GROUPS))
_VARIANT = re.compile(r"\s{0,9}\(\s?(?P<variant>Rev|Corr|Add)\.?\s?(?P<number>[0-9]{1,3})\s?\)", re.IGNORECASE)
_BETWEEN_WORDS = re.compile("[^A-Za-z0-9]+")
_LETTER = re.compile(r"\s?-\s?(?P<letter>[ACEFRS])$")
# What Word puts where a hyphen or a space is meant.
_LOOKALIKES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u00a0": " ", "\u00ad": ""})


class PrintedNumber(NamedTuple):
    """A number taken apart: without language and variants, the language's letter, the variants in their order."""

    bare: str
    letter: str = ""
    variants: tuple[tuple[str, int], ...] = ()

    def __str__(self):
        return print_number(self.bare, self.variants)


def plain_hyphens(text):
    """The text with plain hyphens and single spaces, whatever Word has put there."""
    return " ".join(str(text).translate(_LOOKALIKES).split())


def read_number(text):
    """Take a printed number apart. `ISCG/25-1/03(Rev.1)-E` and `ISCG/25-1/03-E (Rev.1)` are read alike.

    Errors: ValidationError.
    """
    text = plain_hyphens(text)
    variants = tuple((one["variant"].capitalize(), int(one["number"])) for one in _VARIANT.finditer(text))
    rest = _VARIANT.sub("", text).strip()
    letter = _LETTER.search(rest.upper())
    bare = _canonical(rest[: letter.start()] if letter else rest)
    if bare is None or any(number == 0 for _variant, number in variants):
        message = _("“%(text)s” is not a document number; write it as in ISCG/25-1/03, ISCT-18/12 or TDAG/ISCT/5.")
        raise ValidationError(message % {"text": text[:60]})
    return PrintedNumber(bare, letter["letter"] if letter else "", variants)


def _canonical(text):
    """The one way to write a bare number, or None: `ISCG/25-1/3` is `ISCG/25-1/03`, `ISCT-18/05` is `ISCT-18/5`."""
    text = text.upper().strip()
    present = PRESENT.fullmatch(text)
    if present and int(present["meeting"]) and int(present["serial"]):
        return f"ISCG/{present['year']}-{int(present['meeting'])}/{int(present['serial']):02d}"
    for scheme in EARLIER:
        found = scheme.fullmatch(text)
        if found and int(found["serial"]):
            year = f"-{found['year']}" if "year" in found.groupdict() else ""
            return f"{found['family']}{year}/{int(found['serial'])}"
    return None


def print_number(bare, variants=()):
    """`ISCG/25-1/03 (Rev.1)`."""
    return " ".join([bare, *(f"({variant}.{number})" for variant, number in variants)])


def meeting_and_serial(bare):
    """(“25-1”, 3) of a number of the present scheme; None of an earlier one."""
    present = PRESENT.fullmatch(bare)
    return (f"{present['year']}-{int(present['meeting'])}", int(present["serial"])) if present else None


def sort_key(bare, dated_on=None, variants=()):
    """A text of digits and dots that sorts by year, meeting, scheme, serial; a document before its own variants.

    It sorts alike under every collation. A scheme without a year takes it from the document's date; without
    either it sorts first.
    """
    parts = next(found for scheme in (PRESENT, *EARLIER) if (found := scheme.fullmatch(bare))).groupdict()
    year = 2000 + int(parts["year"]) if parts.get("year") else (dated_on.year if dated_on else 0)
    family = FAMILIES.index(parts.get("family") or "")
    own = f"{year:04d}.{int(parts.get('meeting') or 0):02d}.{family:02d}.{int(parts['serial']):04d}"
    return own + "".join(f".{VARIANT_ORDER[variant]}.{number:03d}" for variant, number in variants)


def address_of(number):
    """`iscg-25-1-03-rev1`."""
    return _BETWEEN_WORDS.sub("-", number.lower().replace(".", "")).strip("-")


def file_name_of(number, language, kind):
    """`ISCG-25-1-03-Rev1-E.docx`."""
    words = _BETWEEN_WORDS.sub("-", number.replace(".", "")).strip("-")
    return f"{words}-{LANGUAGE_LETTERS[language]}.{kind}"
