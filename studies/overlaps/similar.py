"""Which of many titled things, of one kind or several and of different Sectors, have nearly the same title.

Not each is compared with each: things are looked at together that share two words which are not common, or the only
one of a title. A word is common where more than one title in twenty-five has it (“telecommunication”); it counts in
the score, and never makes a pair.
"""

from collections import Counter, defaultdict
from itertools import chain
from typing import NamedTuple

from studies.overlaps.registry import Titled
from studies.titles import NEARLY_THE_SAME, beginning, likeness, words_of

COMMON, FEWEST = 25, 6  # one title in so many, and at least so many titles
SHARED = 2  # words; of Chinese, where a word is two signs, one more


class SimilarPair(NamedTuple):
    """Two things with nearly the same title, the language in which they are most alike, and the score."""

    one: Titled
    other: Titled
    language: str
    score: int


def pairs(things) -> list[SimilarPair]:
    """The pairs among the things, those that are most alike first. Of languages with one score English is named."""
    best, languages = {}, set(chain.from_iterable(thing.titles for thing in things))
    for language in sorted(languages, key=lambda language: (language != "en", language)):
        for pair in _in_language(things, language):
            key = (pair.one.key, pair.other.key)
            if key not in best or best[key].score < pair.score:
                best[key] = pair
    return sorted(best.values(), key=lambda pair: (-pair.score, pair.one.key, pair.other.key))


def _in_language(things, language):
    worded = [(thing, words_of(thing.titles[language])) for thing in things if thing.titles.get(language)]
    worded = sorted((pair for pair in worded if pair[1]), key=lambda pair: pair[0].key)
    common = _common(words for _thing, words in worded)
    found, alike, number = defaultdict(list), defaultdict(list), []
    for at, (thing, words) in enumerate(worded):
        telling = {beginning(word) for word in words} - common
        together = Counter(chain.from_iterable(found[word] for word in telling))
        least = SHARED + (language[:2] == "zh")
        same = alike[tuple(sorted(words))]
        number.append(len(telling))
        near = (one for one, shared in together.items() if shared >= min(least, len(telling), number[one]))
        for before in {*near, *same}:
            pair = _pair(worded[before], (thing, words), language)
            if pair:
                yield pair
        for word in telling:
            found[word].append(at)
        same.append(at)


def _common(titles):
    counted, number = Counter(), 0
    for words in titles:
        counted.update({beginning(word) for word in words})
        number += 1
    return {word for word, count in counted.items() if count > max(FEWEST, number / COMMON)}


def _pair(one, other, language):
    (first, words), (second, others) = one, other
    if not _may_be_compared(first, second):
        return None
    whole = len(words) + len(others)
    if 200 * min(len(words), len(others)) < NEARLY_THE_SAME * whole:  # they cannot come so far
        return None
    if 4 * len(set(map(beginning, words)) & set(map(beginning, others))) < whole:  # nor can they well
        return None
    found = likeness(words, others)
    return SimilarPair(first, second, language, found.score) if found.score >= NEARLY_THE_SAME else None


def _may_be_compared(one, other):
    """Both are of a Sector, of none together, and nobody has put on record yet that they belong together."""
    if not one.sectors or not other.sectors or one.sectors & other.sectors:
        return False
    if one.label != other.label:
        return not (one.with_like_alone or other.with_like_alone)
    return other.pk not in one.known_with and one.pk not in other.known_with
