"""What a spreadsheet program does to a CSV file, unasked, when it opens it and saves it again.

It takes 3.10 for a number, 25-1 for a day and (5) for -5; so an export puts a ' before such a text, as before formulae,
and an import takes it off. Letters that an older encoding does not have become question marks, and letters read
in another encoding become others: both would change a text in silence, and are refused.
"""

import functools
import re
import unicodedata

from babel.dates import get_day_names, get_month_names
from django.utils.translation import gettext as _

from iscg_portal.tables.files import DANGEROUS

LONGEST_VALUE = 40  # no number and no day is longer
_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh", "de", "it", "pt", "nl")
_TRUTHS = set("true false wahr falsch vrai faux verdadero falso vero verdadeiro waar onwaar истина ложь".split())
_STAYS = re.compile("0|[1-9][0-9]{0,10}")
_VALUE = re.compile(
    r"(?:CHF|EUR|USD)?[\d\s.,:/\\()+%$€£¥'’Ee\u2013\u2014-]{1,40}(?:T[\d:.]{1,18}Z?|[AaPp]\.?[Mm]\.?|CHF|EUR|USD)?"
)
_WORDS = re.compile(r"[^\W\d_]{1,20}")
_BESIDE_DAYS = {"de", "del", "st", "nd", "rd", "th", "er", "г"}


def is_taken_for_value(text):
    """Whether a spreadsheet program would take the text for a number, a day, an hour or a truth value."""
    if len(text) > LONGEST_VALUE or text.startswith("'") or _STAYS.fullmatch(text):
        return False
    if text.casefold() in _TRUTHS:
        return True
    if not any(sign.isdigit() for sign in text):
        return False
    return bool(_VALUE.fullmatch(text)) or _names_a_month(text)


def _names_a_month(text):
    words = [word.casefold() for word in _WORDS.findall(text)]
    months, days = _names()
    return any(word in months for word in words) and all(word in months | days | _BESIDE_DAYS for word in words)


@functools.cache
def _names():
    """(names of months, names of days of the week) in the languages of people's spreadsheets."""
    found = []
    for names in (get_month_names, get_day_names):
        pairs = [(width, language) for width in ("wide", "abbreviated") for language in _LANGUAGES]
        texts = {name for width, language in pairs for name in names(width, locale=language).values()}
        found.append({word.casefold() for text in texts for word in _WORDS.findall(text)})
    return found


def marked(text):
    """A text, guarded against formulae, as a CSV file keeps it through a spreadsheet program."""
    return f"'{text}" if is_taken_for_value(text) else text


def unmarked(text):
    """The text as it was before it was guarded and marked."""
    rest = text[1:]
    return rest if text[:1] == "'" and (rest.startswith(DANGEROUS) or is_taken_for_value(rest)) else text


def why_not_as_meant(text):
    """Why a text cannot be what somebody wrote; "" where nothing speaks against it."""
    if _was_read_in_another_encoding(text):
        return _(
            "The text was read in another encoding than it was written (“%(text)s”). Open the file as UTF-8, or write"
            " the text anew."
        ) % {"text": text[:40]}
    letters = [sign for sign in text if not sign.isspace()]
    return lost(text) if letters.count("?") > 1 and letters.count("?") * 2 >= len(letters) else ""


def lost(text):
    """The sentence for letters that became question marks."""
    message = _("Letters were lost when the file was saved (“%(text)s”). Save it as “CSV UTF-8”, or as XLSX.")
    return message % {"text": text[:40]}


def has_lost_letters(given, before):
    """Whether the text differs from the one on record only by letters that an older encoding does not have."""
    if given == before or before.isascii():
        return False
    return any(_is_worn(given, text) for text in (before, _in_halves(before)))


def _is_worn(given, before):
    return len(given) == len(before) and all(
        now == then
        or (now == "?" and not then.isascii())
        or (_is_rare(then) and now == unicodedata.normalize("NFKD", then)[0])
        for now, then in zip(given, before, strict=True)
    )


def _is_rare(sign):
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


def _in_halves(text):
    """With each letter beyond the first plane counted as the two that Windows counts."""
    return "".join(sign * 2 if ord(sign) > 0xFFFF else sign for sign in text)


def _was_read_in_another_encoding(text):
    return not text.isascii() and any(_reads_as_utf_8(text, encoding) for encoding in ("cp1252", "mac_roman"))


def _reads_as_utf_8(text, encoding):
    content = bytearray()
    for sign in text:
        try:
            content += sign.encode(encoding)
        except UnicodeEncodeError:
            if ord(sign) > 0xFF:
                return False
            content.append(ord(sign))  # a control character, where the encoding has no letter
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
