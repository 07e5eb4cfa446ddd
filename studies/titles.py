"""How much two titles are alike, and which words made it.

A title is its words: folded (case, accents, plurals, forms of Arabic letters), without the small words of six
languages. Of Chinese, which has no spaces, two signs that follow each other are a word. Two words are the same where
rapidfuzz finds them nearly so: “networks” and “network”, “сетей” and “сети”, a slip of the pen. The score is the share
of words, of both titles together, that have such a partner in the other one; so the order of words says nothing.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

# From this score on two titles are nearly the same. Measured by tests/studies/test_planted_duplicates.py: of clean
# titles none comes above 67, and a title of four words keeps 75 with one of them replaced.
NEARLY_THE_SAME = 75
ALIKE_WORDS, ALIKE_BEGINNINGS = 80, 70  # of 100, by rapidfuzz; the second where both begin with the same letters
SHORT = 4  # letters: so short words, and those with digits, are the same or they are not
BEGINNING = 4

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile("([\u3400-\u9fff\uf900-\ufaff]+)")
_LETTERS_OF_ARABIC = str.maketrans("ٱىة", "ايه")  # those with a hamza lose it with the accents
_PLURAL = re.compile("(?<=[a-z]{2})(?:(?<!s)s|ies)$")
_PREFIX_OF_ARABIC = re.compile("^(?:وال|بال|كال|فال|لل|ال)(?=[\u0600-\u06ff]{3})|^[ول](?=[\u0600-\u06ff]{5})")
_SMALL_SIGNS = re.compile("[的和与及在等对之以为]")
SMALL_WORDS = frozenset(
    # English, French, Spanish, Russian, Arabic; a language’s own are no words that tell something in another one
    "a an and are as at by for from in into its of on or per the their to with within under including s"
    " a au aux avec ce ces d dans de des du en et l la le les leur leurs ou par pour qu que qui sa se ses son sous"
    " sur un une y compris"
    " al con del e el las lo los o para por sin sobre su sus incluidas incluidos"
    " а в во для и из или к ко на о об от по при с со том числе у"
    " او ان الي عن علي في ما مع من هذا هذه ذلك التي الذي بما بين و".split()
)


class Likeness(NamedTuple):
    """How alike two titles are: a score of 100, and the words of the first one that have a partner in the second."""

    score: int
    words: list


@lru_cache(maxsize=50_000)
def words_of(title):
    """The folded words of a title as a tuple, in their order."""
    found = []
    for part in _HAN.split(unicodedata.normalize("NFKC", title)):
        found += _pairs_of_signs(part) if _HAN.match(part) else _words(part)
    return tuple(found)


def _words(part):
    words = (word for word in _WORD.findall(_folded(part)) if word not in SMALL_WORDS)
    return [_bare(word) for word in words if len(word) > 1 or word.isdigit()]


def _pairs_of_signs(part):
    for run in filter(None, _SMALL_SIGNS.split(part)):
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))


def _folded(title):
    parted = unicodedata.normalize("NFKD", title).casefold()  # cleaned, and at most some hundred letters
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign) and sign != "ـ")
    return plain.translate(_LETTERS_OF_ARABIC)


def _bare(word):
    """Without the article of Arabic and what is written together with it, and without a plural’s end."""
    return _PLURAL.sub(lambda end: "y" if end[0] == "ies" else "", _PREFIX_OF_ARABIC.sub("", word))


def beginning(word):
    """What words that can be the same have in common, for finding them quickly."""
    return word[:BEGINNING]


@lru_cache(maxsize=200_000)
def word_likeness(one, other):
    """How alike two words are, of 1; 0 for other words. Of two forms of one word half the difference counts."""
    if one == other:
        return 1.0
    if one[0] != other[0] or not (_can_differ(one) and _can_differ(other)):
        return 0.0
    least = ALIKE_BEGINNINGS if beginning(one) == beginning(other) else ALIKE_WORDS
    found = fuzz.ratio(one, other, score_cutoff=least)
    return (100 + found) / 200 if found else 0.0


def _can_differ(word):
    return len(word) > SHORT and word.isalpha()


def likeness(one, other):
    """The `Likeness` of two tuples of `words_of`."""
    left, rest, lacking, words = list(other), [], 0.0, []
    for word in one:
        if word in left:  # those that are the same find each other first
            left.remove(word)
            words.append(word)
        else:
            rest.append(word)
    for word in rest:
        best, partner = max(((word_likeness(word, each), each) for each in left), default=(0.0, ""))
        if best:
            left.remove(partner)
            lacking += 1 - best
            words.append(word)
    whole = len(one) + len(other)
    score = int(200 * (len(words) - lacking) / whole + 0.5) if whole else 0
    return Likeness(score, sorted(words, key=one.index))


def printed_words(words, title):
    """The words that made a likeness as the title writes them; of Chinese the runs of signs."""
    runs = _runs([word for word in words if _HAN.match(word)])
    written = _WORD.findall(_HAN.sub(" ", unicodedata.normalize("NFC", title)))
    return [*runs, *dict.fromkeys(word for word in written if set(words_of(word)) & set(words))]


def _runs(pairs):
    found = []
    for pair in pairs:
        if found and len(pair) > 1 and found[-1][-1] == pair[0]:
            found[-1] += pair[1:]
        else:
            found.append(pair)
    return list(dict.fromkeys(found))
