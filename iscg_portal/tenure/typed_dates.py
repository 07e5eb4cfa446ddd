"""Dates as people type them: every form in which the portal prints one in its six languages can be typed back.

So “31 December 2026”, “31 декабря 2026 г.”, “2026年12月31日”, “in office by 23 January 2025”; and figures where they
cannot be mistaken: “31.12.2026”, “1/2027”. Files keep the narrower forms of `dates.parse_date`.
"""

import datetime
import re
import unicodedata
from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.languages import BABEL_LOCALES, LANGUAGE_CODES
from iscg_portal.tenure.dates import A_DAY, FROM, LAST_DAY, SINCE, UNTIL, end_of_period, parse_date, print_date

LONGEST_DATE = 120  # characters; a longer text is none
NO_DATE = "no_date"
_HOLE = "\0"
_AN_EXAMPLE = datetime.date(2026, 12, 31)

_YEAR_FIRST = re.compile(r"([0-9]{4}) ?[-./] ?([0-9]{1,2})(?: ?[-./] ?([0-9]{1,2}))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2}) ?[-./] ?([0-9]{1,2}) ?[-./] ?([0-9]{4})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2}) ?[-./] ?([0-9]{4})")
_IN_CHINESE = re.compile(r"([0-9]{4}) ?年(?: ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?日)?)?")
_DAY_IN_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er)?")
_YEAR = re.compile(r"[0-9]{4}")
_TO = re.compile(r"\.\.|[–—至]| - ")
_YEAR_AND_MONTH = re.compile("[年月]")  # “2019年4月3日至5日”
_BETWEEN = re.compile(r"[\s,.،]+")
_BESIDE = frozenset({"de", "del", "of", "the", "le", "el", "г", "год", "года", "году", "سنة"})

# What a field shows while it is empty, in the page's language.
date_example = lazy(lambda: print_date(_AN_EXAMPLE), str)


def read_date(text, precision="", *, ends=False, starts_on=None):
    """What somebody typed as (date, precision), as `dates.parse_date` gives it; it reads more forms.

    Errors: ValidationError with a sentence; its code is NO_DATE where the text is none.
    """
    typed = " ".join(str(text).split())
    written = _written(_plain(typed), ends) if len(typed) <= LONGEST_DATE else None
    if written is None:
        message = _("“%(text)s” is not a date; write %(example)s, 31.12.2026 or 2026-12-31, or only month or year.")
        raise ValidationError(message % {"text": typed[:40], "example": date_example()}, code=NO_DATE)
    return parse_date(written, precision, ends=ends, starts_on=starts_on)


def read_day(text):
    """A full day. Errors: ValidationError with a sentence."""
    day, precision = read_date(text)
    if precision != "day":
        message = _("“%(text)s” is no full day; write %(example)s, 31.12.2026 or 2026-12-31.")
        raise ValidationError(message % {"text": " ".join(text.split())[:40], "example": date_example()})
    return day


def read_days(text):
    """(first, last day) of a stretch as `print_days` prints it, of one day, of a month or a year.

    Errors: ValidationError with a sentence.
    """
    typed = _plain(" ".join(str(text).split())) if len(str(text)) <= 2 * LONGEST_DATE else ""
    for first, last in _apart(typed):
        (begins, _exact), (ends, precision) = parse_date(first), parse_date(last)
        return begins, end_of_period(ends, precision)
    day, precision = read_date(text)
    return day, end_of_period(day, precision)


def _apart(text):
    """The first and the last date as `parse_date` reads them; what one of them leaves out the other says."""
    for separator in _TO.finditer(text):
        first, last = text[: separator.start()].strip(), text[separator.end() :].strip()
        words = last.split()
        firsts = [first, *(" ".join([first, *words[at:]]) for at in range(1, len(words)))]  # “3–5 April 2019”
        lasts = [last, *(first[: found.end()] + last for found in reversed(list(_YEAR_AND_MONTH.finditer(first))))]
        pair = [next(filter(None, map(_date_in, dates)), None) for dates in (firsts, lasts)]
        if all(pair):
            yield pair


def _plain(text):
    """Small letters and ASCII digits, without what nobody sees."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    shown = (char for char in folded if unicodedata.category(char) != "Cf")
    return " ".join("".join(str(unicodedata.decimal(char, char)) for char in shown).split())


def _written(text, ends):
    """The text as `parse_date` reads it, or None."""
    qualifier = "after " if ends else "by "
    if text.startswith(qualifier):
        found = _date_in(text.removeprefix(qualifier))
        return found and qualifier + found
    if found := _date_in(text):
        return found
    for before, after, precision in _phrases(ends):
        if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
            found = _date_in(text[len(before) : len(text) - len(after)].strip())
            if found:
                return _as_meant(found, precision)
    return None


def _as_meant(found, precision):
    if precision == "after":  # printed is the last day in office, recorded the day after it
        day = parse_date(found, "day")[0]
        return f"after {min(day + A_DAY, LAST_DAY)}"
    return f"by {found}" if precision == "by" else found


def _date_in(text):
    """The date as 2026, 2026-12 or 2026-12-31; None where there is none. Errors: one that can be two days."""
    if _YEAR.fullmatch(text):
        return text
    for shape in (_YEAR_FIRST, _IN_CHINESE):
        if match := shape.fullmatch(text):
            year, *rest = match.groups()
            return "-".join([year, *(f"{int(part):02d}" for part in rest if part)])
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return f"{match[2]}-{int(match[1]):02d}"
    if match := _YEAR_LAST.fullmatch(text):
        return _in_figures(text, *map(int, match.groups()))
    return _in_words(text)


def _in_figures(text, one, other, year):
    """Day and month in either order, where only one of them can be the month."""
    if one <= 12 and other <= 12 and one != other:
        first, second = (_printed(year, month, day) for day, month in ((one, other), (other, one)))
        message = _("“%(text)s” can be two days; write %(first)s or %(second)s.")
        raise ValidationError(message % {"text": text[:40], "first": first, "second": second})
    day, month = (other, one) if other > 12 else (one, other)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _printed(year, month, day):
    """As pages print it; figures where no such day exists."""
    try:
        return print_date(datetime.date(year, month, day))
    except ValueError:
        return f"{year:04d}-{month:02d}-{day:02d}"


def _in_words(text):
    """A month by its name in one of the six languages, a year, and perhaps a day, in any order."""
    parts = [part for part in _BETWEEN.split(text) if part and part not in _BESIDE]
    months = [part for part in parts if part in _months()]
    years = [part for part in parts if _YEAR.fullmatch(part)]
    days = [match[1] for part in parts if (match := _DAY_IN_WORDS.fullmatch(part))]
    if len(years) == len(parts) == 1:  # “2026 г.”
        return years[0]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(parts) != 2 + len(days):
        return None
    month = f"{years[0]}-{_months()[months[0]]:02d}"
    return f"{month}-{int(days[0]):02d}" if days else month


@cache
def _months():
    """{name in small letters: number} of all languages, in full and short, where no two languages disagree."""
    found = {}
    for name in BABEL_LOCALES.values():
        for forms in Locale.parse(name).months.values():
            for width in ("wide", "abbreviated"):
                for number, word in forms[width].items():
                    found.setdefault(_plain(word).rstrip("."), set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1 and not word[0].isdecimal()}


@cache
def _phrases(ends):
    """(what stands before the date, what after it, the precision) in all languages, the longest first."""
    found = set()
    for language in LANGUAGE_CODES:
        with override(language):
            for phrases in (UNTIL,) if ends else (SINCE, FROM):
                for precision, phrase in phrases.items():
                    before, _hole, after = (str(phrase) % {"date": _HOLE}).partition(_HOLE)
                    found.add((_plain(before), _plain(after), precision))
    return sorted(found, key=lambda parts: -len(parts[0]) - len(parts[1]))
