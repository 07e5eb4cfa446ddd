"""What the portal itself wrote of where a fact stands, in the language of the page; the rest is English, and marked."""

import csv
import datetime
import re
from functools import cache, lru_cache
from pathlib import Path

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from iscg_portal.fixed_terms import term
from iscg_portal.languages import COLON, COMMA, SEMICOLON
from iscg_portal.tenure.dates import print_date, print_days

WORDS = Path(__file__).with_name("source_words.csv")
MONTHS = "January February March April May June July August September October November December".split()
DAY = r"\b(?:(?:(?P<first>\d{1,2})-)?(?P<day>\d{1,2}) )?(?P<month>" + "|".join(MONTHS) + r") (?P<year>\d{4})\b"
CITATION = (
    r"\b(?P<body>PP|WRC|WTSA|WTDC) Res\. (?P<number>\d{1,4})"
    r"(?: \((?P<revised>Rev\. )?(?P<place>[A-Z][\w. ’-]{1,40}), (?P<adopted>\d{4})\))?"
)
LETTERS = re.compile(r"(?<![\w/.-])[A-Z]?[a-z]{3,}(?![\w/-]|\.\w)")  # a word, and no part of a path
A_CODE = re.compile(r"([\w/-]+(?:\.\w+)*)", re.ASCII)
SIGNS = {", ": COMMA, "; ": SEMICOLON, ": ": COLON, " (": {"zh-hans": "（"}, ")": {"zh-hans": "）"}}


@cache
def _words():
    """{what the portal wrote: {language: the same}}."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["en"]: {name.replace("_", "-"): text for name, text in row.items()} for row in rows}


@cache
def _pattern():
    """What can be said in another language: a citation, a day or a month, the portal's own words, the longest first."""
    words = "|".join(re.escape(one) for one in sorted(_words(), key=len, reverse=True))
    return re.compile(rf"{CITATION}|{DAY}|(?<!\w)(?P<words>{words})(?!\w)")


def in_language_html(text) -> str:
    """A text of a source as HTML: said in the language of the page as far as it can be, else marked as English."""
    return _html(text, get_language() or "en")


@lru_cache(maxsize=5_000)
def _html(text, language):
    if language == "en":
        return conditional_escape(text)
    parts, end = [], 0
    for found in _pattern().finditer(text):
        parts += [_between(text[end : found.start()], language), conditional_escape(_said(found, language))]
        end = found.end()
    return mark_safe("".join([*parts, _between(text[end:], language)]))


def _said(found, language):
    if found["words"]:
        return _words()[found["words"]][language]
    if found["month"]:
        month = MONTHS.index(found["month"]) + 1
        try:
            last = datetime.date(int(found["year"]), month, int(found["day"] or 1))
            if not found["day"]:
                return print_date(last, "month")
            return print_days(last.replace(day=int(found["first"] or last.day)), last)
        except ValueError:
            return found[0]
    adopted = ""
    if found["place"]:
        place = term(f"place/{found['place']}", found["place"])
        key = "citation/revised" if found["revised"] else "citation/adopted"
        adopted = term("citation/text").format(adopted=term(key).format(place=place, year=found["adopted"]))
    return term(f"citation/{found['body']}").format(number=found["number"], text=adopted)


def _alone(part):
    """A code keeps its own order of signs, and takes no number after it along, as in “ISCG/25-1/03-E، 10 أبريل”."""
    return format_html("<bdi>{}</bdi>", part) if A_CODE.fullmatch(part) and not part.isdigit() else escape(part)


def _between(text, language):
    """Codes and signs belong to no language; words are English."""
    if not LETTERS.search(text):
        for sign, own in SIGNS.items():
            text = text.replace(sign, own.get(language, sign))
        return mark_safe("".join(map(_alone, A_CODE.split(text)))) if get_language_bidi() else conditional_escape(text)
    bare = text.strip(" ,;:()")
    before, after = text.split(bare, 1)
    return format_html('{}<span lang="en" dir="ltr">{}</span>{}', before, bare, after)
