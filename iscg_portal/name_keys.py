"""Names as they are compared and searched for: without case, accents, width and special letters.

“Łukasz Øverås” is found as “lukasz overas”, on both databases, since the key is stored beside the name.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from django.db import models
from django.db.models import lookups

from iscg_portal.plain_text import normalized

LONGEST_KEY = 500
NEAR = 0.8
# Letters that no decomposition takes apart; those with a stroke or a hook say in their Unicode name what they are.
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ŋ": "n",
    "ĸ": "k",
    "ə": "a",
    "ı": "i",
    "ȷ": "j",
    "ƿ": "w",
}
_NAMED = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER (?:OPEN |TURNED |REVERSED |LONG )?([A-Z])(?: WITH .*)?")
# Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic; the vowel signs of Indic scripts are letters.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
_APOSTROPHES = re.compile("[\u02b9-\u02c1\u02ee\u2018\u2019\u201b\u2032\ua78b\ua78c\uff07]")


def romanized(text):
    """The text with plain Latin letters in the place of Latin letters with accents, strokes and the like."""
    text = normalized("NFKD", _APOSTROPHES.sub("'", text))
    return normalized("NFC", "".join(map(_plain_letter, _ACCENTS.sub("", text))))


@lru_cache(maxsize=2_000)
def _plain_letter(letter):
    if letter.isascii():
        return letter
    named = _NAMED.fullmatch(unicodedata.name(letter, ""))
    plain = _LETTERS.get(letter.lower()) or (named[1].lower() if named else letter)
    return plain.capitalize() if letter.isupper() else plain


def words_of(name):
    """The words of a name in the form in which names are compared."""
    folded = romanized(romanized(str(name)).casefold())
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded if sign not in "\u200c\u200d")
    return "".join(kept).split()


def name_key(name):
    """The same for “Noah LUO” and “Luo, Noah”: two persons of one key are of one name."""
    return " ".join(sorted(words_of(name)))[:LONGEST_KEY]


def nearness(one, other):
    """How near two names are, from 0 to 1: as they are written, or since all words of one stand in the other.

    A word may be there by its first letter, or misspelt after it: “A. Sharafatt” is near to “Ahmad R. Sharafat”. Below
    `NEAR` they are not.
    """
    one, other = words_of(one), words_of(other)
    short, long = sorted((one, other), key=len)
    if any(len(word) > 1 and _stands_in(word, long) for word in short) and all(
        _stands_in(word, long) for word in short
    ):
        return 1
    return _ratio(" ".join(sorted(one)), " ".join(sorted(other)))


def _stands_in(word, words):
    alike = (one for one in words if one[0] == word[0])
    return any(1 in (len(word), len(one)) or word == one or _ratio(word, one) >= NEAR for one in alike)


def _ratio(one, other):
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0


class NameKeyField(models.CharField):
    """What is compared and searched for, made from fields of the row whenever it is saved.

    `of` names the fields. `as_set` puts the words in order, so that two keys are equal whichever name comes first;
    else they stand as in the name. What is looked up is folded in the same way. Django's own field in the migrations.
    """

    def __init__(self, *, of=(), as_set=False, **options):
        self.of, self.as_set = of, as_set
        super().__init__(**{"max_length": LONGEST_KEY, "editable": False, "default": "", **options})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def get_prep_value(self, value):
        if not isinstance(value, str):
            return super().get_prep_value(value)
        return name_key(value) if self.as_set else " ".join(words_of(value))[:LONGEST_KEY]

    def pre_save(self, instance, add):
        value = self.get_prep_value(" ".join(getattr(instance, name) for name in self.of))
        setattr(instance, self.attname, value)
        return value


class HasInKey(lookups.Contains):
    """What is looked for in a key is folded as the key is; so no database has to fold it once more."""

    def get_prep_lookup(self):
        return self.lhs.output_field.get_prep_value(self.rhs)


NameKeyField.register_lookup(HasInKey, "icontains")
