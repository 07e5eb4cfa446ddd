"""The fixed terms of the Union in six languages, each with its source: names, initials, citations, places, words.

They are facts and no wording of ours, so they stand in `terms.csv` and not in the catalogues; the catalogues are
checked against them. A blank form: the language has none that is settled.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import get_language

TERMS = Path(__file__).with_name("terms.csv")
BEGINS_WITH_A_CODE = re.compile(r"^(?:ITU-[RTD]|RAG|TSAG|TDAG|PP|RA|WRC|WTSA|WTDC|Council)(?![A-Za-z])")
OF_A_LATER_PAPER = re.compile(r"(?<=\()(Rev|Corr|Add)\.(\d{1,3})(?=\))")


@cache
def terms():
    """{key: {language: form}}; the language as the settings name it."""
    with TERMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["key"]: {column.replace("_", "-"): form for column, form in row.items()} for row in rows}


def term(key, default="", language=""):
    """The form in a language, else in the active one; the default where the term or that form of it is not known."""
    return terms().get(key, {}).get(language or get_language() or "en") or default


def initials(code):
    """Of a body or a Sector, as the active language has them: “GCR”, “КГР” for RAG; the code where it has none.

    For where the name stands beside it, or where no more fits: a picture, a narrow cell.
    """
    return term(f"initials/{code}", str(code or ""))


def body_in_words(code):
    """A body or one of its conferences in a sentence: by initials; where the language has none, the name with the code.

    “GCR”, “ПК-26”, “الفريق الاستشاري للاتصالات الراديوية (RAG)”, “全权代表大会（PP-26）”.
    """
    return _body_in_words(str(code or ""), get_language() or "en")


@lru_cache(maxsize=500)  # a table names the same few bodies in each row
def _body_in_words(code, _language):
    begins = BEGINS_WITH_A_CODE.match(code)
    body = begins[0] if begins else code
    name = "" if term(f"initials/{body}") else term(f"body/{body}")
    if name:
        return term("body/in full").format(name=name, code=code)
    return with_initials(code) if begins else initials(code)


def sector_in_words(letter):
    """A Sector by its letter, as the active language has its initials: “ITU-R”, “UIT-R”; “GS” of the secretariat."""
    return body_in_words(letter if letter == "GS" else f"ITU-{letter}")


def with_initials(name, language=""):
    """A name that begins with codes of bodies, “PP-26”, “ITU-T TSAG”, as a language reads it: “ПК-26”, “UIT-T GCNT”."""
    first, space, rest = str("" if name is None else name).partition(" ")
    found = BEGINS_WITH_A_CODE.match(first)
    if not found:
        return f"{first}{space}{rest}"
    body = term(f"initials/{found[0]}", found[0], language) + first[found.end() :]
    return f"{body}{space}{with_initials(rest, language)}"


lazy_initials = lazy(initials, str)


def place_name(place, language=""):
    """A city in a language, else in the active one: “Genève”, “Пусан”; as it is recorded where the table lacks it."""
    return term(f"place/{place}", str(place), language)


def cities():
    """Pairs of a city as it is recorded and as the active language calls it."""
    return [(key.removeprefix("place/"), term(key)) for key in terms() if key.startswith("place/")]


def document_number(number, language=""):
    """As a language prints it, else the active one: “ISCG/25-1/03 (Rév.1)”, “ISCG/25-1/03 (Пересм. 1)”."""

    def printed(found):
        return term(f"paper/{found[1]}", found[0], language).format(number=found[2])

    return OF_A_LATER_PAPER.sub(printed, str(number))
