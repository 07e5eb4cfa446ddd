"""The words that stand in the header of a document, in the six languages."""

import datetime
import re
from functools import cache

from babel.dates import get_month_names

from iscg_portal.languages import BABEL_LOCALES
from meetings.docx_headers.word_text import CHECKED, UNCHECKED
from meetings.models import Document

# The label before a field of the header, in small letters.
LABELS = {
    "submitted_by": ("source", "origine", "origen", "fuente", "источник", "来源", "المصدر"),
    "title": ("title", "titre", "título", "titulo", "название", "заголовок", "标题", "العنوان"),
    "purpose": ("purpose", "objet", "but", "objetivo", "finalidad", "objeto", "цель", "назначение", "目的", "الغرض"),
    "contact_role": (
        *("contact", "contacts", "contacto", "контакт", "контактное лицо", "для контактов", "联系人", "联系方式"),
        *("للاتصال", "جهة الاتصال"),
    ),
    "original_language": (
        *("original", "original language", "langue originale", "idioma original", "оригинал", "原文", "الأصل"),
    ),
    "dated_on": ("date", "fecha", "дата", "日期", "التاريخ"),
}
FIELD_OF_LABEL = {label: field for field, labels in LABELS.items() for label in labels}

LANGUAGES = {
    "ar": ("arabic", "arabe", "árabe", "арабск", "阿拉伯", "عرب"),
    "zh-hans": ("chinese", "chinois", "chino", "китайск", "中文", "汉语", "صين"),
    "en": ("english", "anglais", "inglés", "английск", "英文", "英语", "نكليز", "نجليز"),
    "fr": ("french", "français", "francés", "французск", "法文", "法语", "فرنس"),
    "ru": ("russian", "russe", "ruso", "русск", "俄文", "俄语", "روس"),
    "es": ("spanish", "espagnol", "español", "испанск", "西班牙", "سبان"),
}
PURPOSES = {
    Document.Purpose.ADMIN: ("admin", "административ", "行政", "إدار"),
    Document.Purpose.INFORMATION: ("information", "información", "информац", "信息", "معلومات", "للعلم"),
    Document.Purpose.DISCUSSION: ("discussion", "discusión", "debate", "обсуждени", "讨论", "مناقش"),
    Document.Purpose.PROPOSAL: ("proposal", "proposition", "propuesta", "предложени", "提案", "建议", "مقترح"),
}
# What stands behind the name of a language, or before it, where a paper has that language alone.
ONLY = ("only", "seulement", "uniquement", "solamente", "únicamente", "sólo", "solo", "только", "仅", "只有", "فقط")
_MARKS = dict.fromkeys("☑✓✔✗✘■⊠🗹🗷", CHECKED) | dict.fromkeys("□◻▢", UNCHECKED)
_CROSSES = f"xх×✕✖√*{CHECKED}"  # the second is a letter of Russian
_BRACKETS = re.compile(rf"[\[(（［]\s{{0,9}}(?:([{_CROSSES}])|{UNCHECKED})?\s{{0,9}}[\])）］]")


_PURPOSE_OF_WORD = {stem: purpose for purpose, stems in PURPOSES.items() for stem in stems}
_BOXES_AND_PURPOSES = re.compile("|".join([CHECKED, UNCHECKED, *map(re.escape, _PURPOSE_OF_WORD)]))


def field_of(label):
    """The field that the words before a value name, or None."""
    return FIELD_OF_LABEL.get(" ".join(label.lower().split()))


def read_language(text):
    """The language that the text names first, as a code; "" where it names none."""
    return _first_named(text.lower(), LANGUAGES)


def language_alone(text):
    """The language, where the text says that the paper has no other: “English only”; else ""."""
    text = text.lower()
    return read_language(text) if any(word in text for word in ONLY) else ""


def read_purpose(text):
    """The one purpose that the text names, or of several the one whose box is checked; else ""."""
    text = "".join(_MARKS.get(character, character) for character in text.lower())
    text = _BRACKETS.sub(lambda box: CHECKED if box[1] else UNCHECKED, text)
    words = _PURPOSE_OF_WORD
    tokens = _BOXES_AND_PURPOSES.findall(text)
    named = [words[token] for token in tokens if token in words]
    if len(tokens) > len(named):
        pairs = zip(tokens, tokens[1:], strict=False)
        if tokens[0] in words:  # the box stands behind its word
            pairs = ((box, word) for word, box in pairs)
        named = [words[word] for box, word in pairs if box == CHECKED and word in words]
    return str(named[0]) if len(set(named)) == 1 else ""


def _first_named(text, stems_of):
    places = {code: text.find(stem) for code, stems in stems_of.items() for stem in stems if stem in text}
    return min(places, key=places.get) if places else ""


@cache
def _months():
    """{its name in small letters: the number of a month}; read when the first day is, not when the portal starts."""
    return {
        name.lower().strip("."): month
        for locale in BABEL_LOCALES.values()
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, context=context, locale=locale).items()
    }


_MONTH = r"(?P<month>[^\W\d_]{1,30})\.?"
_YEAR = r"(?P<year>\d{4})"
_RANGE = r"(?:\s{0,9}[-–—]\s{0,9}\d{1,2}(?:\s{1,9}(?!de\b)[^\W\d_]{1,30}\.?)?)?"
_DAYS = [
    re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(rf"{_YEAR}\s{{0,9}}年\s{{0,9}}(?P<month>\d{{1,2}})\s{{0,9}}月\s{{0,9}}(?P<day>\d{{1,2}})\s{{0,9}}日?"),
    # 12–13 February 2025; 30 April – 2 May 2025; 23 de enero de 2025; 1er mars 2025; 23 января 2025 года
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|º)?(?:\s{{0,9}}[-–—]\s{{0,9}}\d{{1,2}})?\s{{1,9}}(?:de\s{{1,9}})?{_MONTH}"
        rf"{_RANGE}\s{{1,9}}(?:de(?:l)?\s{{1,9}})?{_YEAR}(?:\s{{0,9}}(?:г\.|года))?"
    ),
    re.compile(rf"{_MONTH}\s{{1,9}}(?P<day>\d{{1,2}})(?:\s{{0,9}}[-–—]\s{{0,9}}\d{{1,2}})?,?\s{{1,9}}{_YEAR}"),
]


def find_day(text):
    """(day, where it begins, where it ends) of the first whole day in the text, of a span its first; or None."""
    for shape in _DAYS:
        for match in shape.finditer(text):
            month = match["month"]
            number = int(month) if month.isdigit() else _months().get(month.lower(), 0)
            try:
                day = datetime.date(int(match["year"]), number, int(match["day"]))
            except ValueError:
                continue
            return day, match.start(), match.end()
    return None


def read_day(text):
    """The first whole day in the text (“23 January 2025”, “2025-01-23”, “2025年1月23日”), or None."""
    found = find_day(text)
    return found and found[0]


def day_alone(text):
    """The day, where the text is nothing else."""
    found = find_day(text)
    return found[0] if found and text[: found[1]].strip() == "" and text[found[2] :].strip(" .") == "" else None


_NO_PLACE = re.compile(r"[\d:：]")


def place_and_day(text):
    """(place, day) of “Geneva, 12–13 February 2025”, where the text is nothing else; or None."""
    found = find_day(text)
    if not found or found[1] < 3 or text[found[2] :].strip(" .()") != "":
        return None
    place = text[: found[1]].rstrip()
    is_place = place.endswith((",", "،", "，")) and not _NO_PLACE.search(place) and len(place) <= 80
    return (place.rstrip(",،， "), found[0]) if is_place else None
