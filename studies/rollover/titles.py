"""How alike the titles of two lists are: the words of `studies.titles`, the rare ones weighing more.

Within a list of Questions half of the titles say “telecommunication”; a word that two of them have is worth more. The
measure for overlaps between Sectors counts every word alike, since there nobody decides row by row.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from math import log

from iscg_portal.languages import LANGUAGE_CODES
from studies.titles import beginning, printed_words, word_likeness, words_of


@dataclass(frozen=True, order=True)
class TitleMatch:
    """How alike two titles are, from 0 to 100, and the words of the first that made it so, as it writes them.

    `share` says how much of the first title stands in the second, from 0 to 100: a long title can take up a short one.
    """

    score: int
    share: int = 0
    words: tuple[str, ...] = ()


NOT_ALIKE = TitleMatch(0)


class Titles:
    """The titles at hand in one language: how rare each word is among them, and how alike any two are."""

    def __init__(self, titles):
        kept = [words for words in map(self.words, titles) if words]
        self.number = len(kept) or 1
        self.counts = Counter(word for words in kept for word in set(words))
        by_beginning = defaultdict(list)
        for word in self.counts:
            by_beginning[beginning(word)].append(word)
        self.near = cache(lambda word: frozenset(self._near(word, by_beginning)))

    def words(self, title):
        """The words of a title, each once."""
        return tuple(dict.fromkeys(words_of(title)))

    def _near(self, word, by_beginning):
        """The word, and those of the titles at hand that are other forms of it."""
        yield word
        for other in by_beginning.get(beginning(word), ()):
            if word_likeness(word, other):
                yield other

    def weight(self, words):
        """How much words say together: the rarer the more."""
        return sum(log(1 + self.number / self.counts.get(word, 1)) for word in words)

    def likeness(self, one, other) -> TitleMatch:
        """How alike two titles are."""
        first, rest, common = self.words(one), set(self.words(other)), []
        for word in first:
            met = word if word in rest else min(self.near(word) & rest, default=None)
            if met is not None:
                common.append(word)
                rest.remove(met)
        if not common:
            return NOT_ALIKE
        shared, of_first = self.weight(common), self.weight(first)
        score = round(200 * shared / (of_first + shared + self.weight(rest)))
        printed = tuple(printed_words(common, one))
        return TitleMatch(score, round(100 * shared / of_first), printed)

    def alike(self, ones, others, least):
        """(place of one, of another, TitleMatch) of all pairs that are alike by `least` or more, in their order.

        Only titles with a word in common are compared, so that hundreds of them take a second.
        """
        places, weights = defaultdict(list), []
        for place, other in enumerate(others):
            weights.append(self.weight(self.words(other)))
            for word in self.words(other):
                places[word].append(place)
        for place, one in enumerate(ones):
            shared, own = Counter(), self.weight(self.words(one))
            for word in self.words(one):
                for near in self.near(word):
                    for other in places[near]:
                        shared[other] += self.weight([word])
            for other, weight in sorted(shared.items()):
                if 200 * weight >= (least - 1) * (own + weights[other]):
                    found = self.likeness(one, others[other])
                    if found.score >= least:
                        yield place, other, found


def titles_by_language(units):
    """{column of a title: Titles}, of the languages in which units have any."""
    found = {}
    for code in LANGUAGE_CODES:
        column = f"title_{code.replace('-', '_')}"
        titles = [title for unit in units if (title := getattr(unit, column))]
        if titles:
            found[column] = Titles(titles)
    return found
