"""The message catalogues in locale/: brought up to date with the code, and compiled.

With Babel, since Debian may have no gettext. `python -m tools.catalogues` adds the words that the code says newly,
without a translation, and removes those that it says no more.
"""

import csv
import io
import os
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LOCALES = ("ar", "es", "fr", "ru", "zh_Hans")
APPS = (
    "iscg_portal",
    "members",
    "subjects",
    "studies",
    "meetings",
    "changes",
    "reports",
    "workspace",
    "secretariat",
    "front",
)
# How a call says a message: (position, "c") is that of its context, two positions those of singular and plural.
CALLS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    "topic": (3, 4),  # `secretariat.findings.topic`
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
# Marks a message of those who hold an office: it is said of a woman and of a man too, under these contexts.
IN_FORMS, FORMS = {"in_forms": None}, (None, "a woman", "a man")
# French and Spanish have a form for whole millions (CLDR: “many”), which Babel does not know of: the number takes a
# “de” before its noun. Translators write the two other forms; this one is made of the second.
WITH_MILLIONS = {
    "fr": (3, "(n <= 1 ? 0 : n % 1000000 == 0 ? 1 : 2)"),
    "es": (3, "(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2)"),
}
COUNTED = re.compile(r"(%\((?:count|number|links|units|days|further|made)\)[sd])([ \u00a0\u202f])(?=([^\W\d_]+))")
NOT_COUNTED = {"à", "como", "de", "des", "más", "que", "se", "sont", "sur"}  # follows a number without a “de”
VOWELS = "aeiouyéèêàâîôœh"
# How each language is set, whatever a translator's keyboard writes: French apostrophes; the Russian “вы” small, and a
# dash on the line of the word before it.
TYPESET = {
    "fr": [(re.compile(r"(?<=[^\W\d_])'(?=[\w%{«])"), "’")],
    "ru": [
        (re.compile(r"(?<=[^.!?…][ \u00a0])В(?=(?:ы|ас|ам|ами|аш[а-я]*)\b)"), "в"),
        (re.compile(r"(?<=\S) (?=[–—] )"), "\u00a0"),
    ],
}
# Initials are the Union's and no translator's: a translation that has a code gets those of its language, as `terms.csv`
# has them. Messages with the context “code” are about what is typed or stands in files, and keep theirs.
TERMS = ROOT / "iscg_portal" / "fixed_terms" / "terms.csv"
A_CODE = r"(?<![\w/-])(?:{codes})(?![\w/])"
ELIDED = re.compile(r"\b([Ll])a (?=(?:AR|AMNT)\b)")  # French: la WTSA, l’AMNT
HEADER = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"Plural-Forms: {plural}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def compile_all():
    """Writes each .mo that is older than its .po, or than the rules of this module."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        newest = max(path.stat().st_mtime for path in (source, Path(__file__), TERMS))
        if target.exists() and target.stat().st_mtime >= newest:
            continue
        beside = target.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as mo:
            write_mo(mo, with_millions(read(source.parent.parent.name)))
        beside.replace(target)  # another process may be reading it


def with_millions(catalogue) -> Catalog:
    """The catalogue with the form for whole millions, where the language has one."""
    language = str(catalogue.locale)
    if language in WITH_MILLIONS:
        catalogue._num_plurals, catalogue._plural_expr = WITH_MILLIONS[language]
        for message in catalogue:
            if message.id and not isinstance(message.id, str):
                one, other = message.string
                message.string = (one, of_a_million(other, language), other)
    return catalogue


def of_a_million(words, language) -> str:
    """“%(count)d sièges” as after a million: “%(count)d de sièges”, with “d’” before a French vowel."""

    def counted(found):
        number, space, noun = found.groups()
        if noun.lower() in NOT_COUNTED:
            return found[0]
        return f"{number}{space}d’" if language == "fr" and noun[0].lower() in VOWELS else f"{number}{space}de "

    return COUNTED.sub(counted, words)


def read(locale) -> Catalog:
    """The catalogue of a locale as it stands; an empty one where there is none yet."""
    path = path_of(locale)
    if not path.exists():
        return Catalog(locale)
    with path.open("rb") as po:
        catalogue = read_po(po, locale=locale)
    own = initials_of(locale)
    codes = re.compile(A_CODE.format(codes="|".join(sorted(own, reverse=True)) or "(?!)"))
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else message.string
        typeset = tuple(_typeset(form, locale) for form in forms)
        if message.id and message.context != "code":
            typeset = tuple(ELIDED.sub(r"\1’", codes.sub(lambda code: own[code[0]], form)) for form in typeset)
        message.string = typeset[0] if isinstance(message.string, str) else typeset
    return catalogue


def _typeset(form, locale):
    for sign, instead in TYPESET.get(locale, ()):
        form = sign.sub(instead, form)
    return form


def initials_of(locale) -> dict:
    """{code: initials} of the language, where they differ from the code and are settled."""
    with TERMS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["key"].startswith("initials/")]
    found = {row["en"]: row[locale.lower()] for row in rows if row[locale.lower()] and row["en"] != "Council"}
    return {code: own for code, own in found.items() if code != own}


def path_of(locale) -> Path:
    """Where the catalogue of a locale is kept."""
    return LOCALE / locale / "LC_MESSAGES" / "django.po"


def said_by_the_code():
    """(message, context, where) of each call in the code and the templates; a message with a plural is a pair."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _said_in(path, path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        yield from _said_in(path, templatize(path.read_text(encoding="utf-8")))


def _said_in(path, code):
    for _line, message, _comments, context in extract("python", io.BytesIO(code.encode()), CALLS):
        yield message, context, str(path.relative_to(ROOT))
    in_forms = extract("python", io.BytesIO(code.encode()), IN_FORMS) if "in_forms(" in code else ()
    for _line, message, _comments, _context in in_forms:
        yield from ((message, form, str(path.relative_to(ROOT))) for form in FORMS)


def update(locale):
    """Writes the catalogue of a locale: every message of the code, with the translation that it has."""
    before, after = read(locale), Catalog(locale)
    for message, context, _where in said_by_the_code():
        known = before.get(message if isinstance(message, str) else message[0], context)
        string = known.string if known and known.id == message else None
        after.add(message, string, context=context)
    path = path_of(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as po:
        po.write(HEADER.format(locale=locale, plural=after.plural_forms).encode())
        write_po(po, after, sort_output=True, omit_header=True, width=120)


if __name__ == "__main__":
    for each in LOCALES:
        update(each)
