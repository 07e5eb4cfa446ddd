"""The fixed terms of the Union in six languages, each with its source: names, initials, citations, places, words.

They are facts and no wording of ours, so they stand in `terms.csv` and not in the catalogues; the catalogues are
checked against them. A blank form: the language has none that is settled.
"""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

TERMS = Path(__file__).with_name("terms.csv")


@cache
def terms():
    """{key: {language: form}}; the language as the settings name it."""
    with TERMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["key"]: {column.replace("_", "-"): form for column, form in row.items()} for row in rows}


def term(key, default=""):
    """The form in the active language; the default where the term, or its form in this language, is not known."""
    return terms().get(key, {}).get(get_language() or "en") or default


def initials(code):
    """Of a body or a Sector, as the active language has them: “GCR”, “КГР” for RAG; the code where it has none."""
    return term(f"initials/{code}", str(code))
