"""The six languages, by the names that others give them: addresses, HTML, Babel."""

import re

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]
PREFIX_OF_LANGUAGE = {code: code.partition("-")[0] for code in LANGUAGE_CODES}  # in addresses and files: `/zh/`
LANGUAGE_OF_PREFIX = {prefix: code for code, prefix in PREFIX_OF_LANGUAGE.items()}
LANGUAGE_NAMES = {PREFIX_OF_LANGUAGE[code]: name for code, name in settings.LANGUAGES}  # each in itself
RIGHT_TO_LEFT = {"ar"}
HTML_LANG = {code: code for code in LANGUAGE_CODES} | {"zh-hans": "zh-Hans"}
FIRST_OF_A_MONTH = re.compile(r"(?<!\d)1(?!\d)")  # in a printed day
COLON = {"fr": "\u00a0: ", "zh-hans": "："}  # where it is another one than “: ”
COMMA = {"ar": "، ", "zh-hans": "，"}  # where it is another one than “, ”
LIST_COMMA = COMMA | {"zh-hans": "、"}  # between things of one kind
SEMICOLON = {"ar": "؛ ", "fr": "\u00a0; ", "zh-hans": "；"}  # where it is another one than “; ”
FULL_STOP = {"zh-hans": "。"}  # where it is another one than “.”
# “A e ISCG 25-2”: before the sound of an i the Spanish “y” is an “e”. Marks and tags may stand between.
SPANISH_AND = re.compile(r"(?<= )y (?=(?:<[^<>]*>|[^\w<])*(?:[IÍií]|[Hh][IÍií](?![aeo])))")
# English is printed the way the Union prints it.
BABEL_LOCALES = {"ar": "ar_001", "en": "en_GB", "es": "es", "fr": "fr", "ru": "ru", "zh-hans": "zh_Hans"}


def language_of_path(path: str) -> str:
    """The language named by the first part of the path, English where it names none."""
    return LANGUAGE_OF_PREFIX.get(path[1:].partition("/")[0], settings.LANGUAGE_CODE)


def under_a_language(path: str) -> bool:
    """Whether the first part of the path names one of the six languages."""
    return path[3:4] == "/" and path[1:3] in LANGUAGE_OF_PREFIX


def language_asked_for(request) -> str:
    """The first of the six languages that the browser asks for, English if it asks for none of ours."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    ours = (LANGUAGE_OF_PREFIX.get(code.split("-")[0]) for code, _weight in wanted)
    return next(filter(None, ours), settings.LANGUAGE_CODE)


def direction_of_language(code):
    """`rtl` for Arabic, else `ltr`; the language by its code, as addresses or HTML have it."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def in_brackets(words):
    """“ (resigned)”, “（辞职）”: after a fact, with the space that the active language has before it."""
    return f"（{words}）" if get_language() == "zh-hans" else f" ({words})"


def with_full_stop(words):
    """The words as a sentence of the active language, with its full stop at the end, and with no second one."""
    stop = FULL_STOP.get(get_language(), ".")
    return str(words) if str(words).endswith(stop) else f"{words}{stop}"


def language_in_words(code):
    """A language by its name in the active one: “anglais”, “阿拉伯语”."""
    names = Locale.parse(BABEL_LOCALES.get(get_language(), "en_GB")).languages
    return names[PREFIX_OF_LANGUAGE[code]]


def listed(words, style="standard"):
    """The words as an enumeration of the active language: “A, B and C”; with the style “or”, “A, B or C”."""
    listed = format_list([str(word) for word in words], style, BABEL_LOCALES.get(get_language(), "en_GB"))
    return SPANISH_AND.sub("e ", listed) if get_language() == "es" else listed


def with_commas(parts):
    """The facts that are not blank, one after another, with the comma of the active language between them."""
    return COMMA.get(get_language(), ", ").join(str(part) for part in parts if part)


def in_a_row(things):
    """As `with_commas`, for things of one kind: names, codes, offices."""
    return LIST_COMMA.get(get_language(), ", ").join(str(thing) for thing in things if thing)


def with_semicolons(parts):
    """As `with_commas`, for parts that have commas themselves."""
    return SEMICOLON.get(get_language(), "; ").join(str(part) for part in parts if part)


def with_colon(*parts):
    """What a fact is about, and the fact: with the colon of the active language between those that are not blank."""
    return COLON.get(get_language(), ": ").join(str(part) for part in parts if part not in (None, ""))


def format_day(day, pattern, language):
    """The day by a pattern of CLDR, which leaves the French “1er juin” to those who print it."""
    printed = year_in_full(format_date(day, pattern, locale=BABEL_LOCALES.get(language, "en_GB")))
    return FIRST_OF_A_MONTH.sub("1er", printed, count=1) if language == "fr" and day.day == 1 else printed


def year_in_full(printed):
    """The Russian “2025 г.” of CLDR as the Union writes it, “2025 года”: a full stop may follow."""
    return printed.replace("\u202fг.", "\u00a0года")
