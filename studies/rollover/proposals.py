"""What may become of each unit in a new study period, proposed by number and title. Nothing follows from it by itself.

The same number and title: it continues. The same number and a similar title: renamed. Several units most like one new
one: merged; one unit that several new ones are like: split. The same number alone: replaced. None of these: closed,
which the portal is never sure of, since the new list may not be complete (rule 16).
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.name_keys import words_of
from studies.models import Ending, StudyUnit
from studies.rollover.titles import NOT_ALIKE, TitleMatch, titles_by_language

Kind = Ending.Kind
LEAST = 25  # below it two titles have nothing in common that says anything
SIMILAR = 60  # above it the same number means the same study
CLEARLY = 1.25  # so many times as alike as any other, a low score says something
MOST = 3  # candidates that a row shows

SAME, NUMBER_AND_TITLE, TITLE, NUMBER, NONE = "same", "number and title", "title", "number", "none"
WHY = {
    SAME: _("The same number and title"),
    NUMBER_AND_TITLE: _("The same number, a similar title"),
    TITLE: _("A similar title"),
    NUMBER: _("The same number, another title"),
    NONE: _("Nothing of the new list has its number or a similar title"),
}


@dataclass(frozen=True)
class Candidate:
    """A unit of the new list that an old one may have become."""

    unit: StudyUnit
    likeness: TitleMatch
    has_number: bool = False
    is_same: bool = False  # the number and the title

    @property
    def worth(self):
        """What to sort by: the number counts for as much as half a title."""
        return self.is_same, self.likeness.score + (50 if self.has_number else 0), self.likeness.share


@dataclass
class ProposedEnding:
    """What may become of a unit. `is_sure` where number and title are the same: then looking twice finds nothing."""

    kind: str
    why: str
    candidates: list[Candidate] = field(default_factory=list)
    successors: list[StudyUnit] = field(default_factory=list)
    beside: list[StudyUnit] = field(default_factory=list)  # what is merged with it

    @property
    def is_sure(self):
        return self.why == SAME

    @property
    def why_in_words(self):
        return WHY[self.why]


def number_key(number):
    """A number as it is compared: “Question ITU-R 202-2/1” and “202-3/1” are one Question in two revisions."""
    head, _slash, group = number.upper().replace(" ", "").removeprefix("QUESTION").removeprefix("ITU-R").partition("/")
    stem = head.split("-")[0] if group and head[:1].isdigit() else head
    return stem, group


def propose(old, new) -> dict[int, ProposedEnding]:
    """{key of an old unit: ProposedEnding}, for units of two periods in their printed order. No query."""
    found = {unit.pk: [] for unit in old}
    for kind in {unit.kind for unit in old}:
        _compare([unit for unit in old if unit.kind == kind], [unit for unit in new if unit.kind == kind], found)
    best = {pk: _best(candidates) for pk, candidates in found.items()}
    origins = defaultdict(list)
    for unit in old:
        if best[unit.pk] is not None:
            origins[best[unit.pk].unit.pk].append(unit)
    return {unit.pk: _proposal(unit, found, best, origins) for unit in old}


def _compare(old, new, found):
    """Note the candidates of each old unit, the likeliest first."""
    by_number, alike = defaultdict(list), defaultdict(dict)
    for unit in new:
        by_number[number_key(unit.number)].append(unit)
    for column, titles in titles_by_language([*old, *new]).items():
        ones, others = ([unit for unit in units if getattr(unit, column)] for units in (old, new))
        pairs = titles.alike([getattr(one, column) for one in ones], [getattr(each, column) for each in others], LEAST)
        for place, other, likeness in pairs:
            of_one = alike[ones[place].pk]
            of_one[others[other]] = max(of_one.get(others[other], NOT_ALIKE), likeness)
    for unit in old:
        same_number = by_number[number_key(unit.number)]
        for one in same_number:
            alike[unit.pk].setdefault(one, NOT_ALIKE)
        rows = [
            Candidate(other, likeness, other in same_number, other in same_number and _says_the_same(unit, other))
            for other, likeness in alike[unit.pk].items()
        ]
        found[unit.pk] = sorted(rows, key=lambda row: row.worth, reverse=True)


def _says_the_same(one, other):
    """The titles are the same in every language that both have, but for signs and capitals."""
    columns = [f"title_{code.replace('-', '_')}" for code in LANGUAGE_CODES]
    pairs = [(getattr(one, column), getattr(other, column)) for column in columns]
    pairs = [(first, second) for first, second in pairs if first and second]
    return bool(pairs) and all(words_of(first) == words_of(second) for first, second in pairs)


def _best(candidates):
    """The new unit that an old one most likely became, if any is likely."""
    if not candidates:
        return None
    first, *others = candidates
    if first.is_same or first.has_number and first.likeness.score >= LEAST:
        return first
    by_title = sorted(candidates, key=lambda row: row.likeness, reverse=True)
    top, second = by_title[0], by_title[1].likeness.score if len(by_title) > 1 else 0
    if top.likeness.score >= SIMILAR or top.likeness.score >= max(LEAST, CLEARLY * second):
        return top
    return None


def _proposal(unit, found, best, origins):
    candidates, top = found[unit.pk], best[unit.pk]
    shown = candidates[:MOST]
    if top is None:
        numbered = [row.unit for row in candidates if row.has_number][:1]
        if numbered:
            return ProposedEnding(Kind.REPLACED, NUMBER, shown, numbered)
        return ProposedEnding(Kind.CLOSED, NONE, shown)
    if top.is_same:
        return ProposedEnding(Kind.CONTINUES, SAME, shown, [top.unit])
    why = NUMBER_AND_TITLE if top.has_number else TITLE
    beside = [one for one in origins[top.unit.pk] if one != unit]
    parts = _parts(unit, candidates, best, origins)
    if len(parts) > 1:
        return ProposedEnding(Kind.SPLIT, why, candidates[: max(MOST, len(parts))], parts)
    if beside and not top.has_number:
        return ProposedEnding(Kind.MERGED, why, shown, [top.unit], beside)
    return ProposedEnding(Kind.CONTINUES if _says_the_same(unit, top.unit) else Kind.RENAMED, why, shown, [top.unit])


def _parts(unit, candidates, best, origins):
    """The new units that are most like this one, and that no other unit became."""
    parts = []
    for row in candidates:
        mine = origins[row.unit.pk] == [unit] or not origins[row.unit.pk]
        taken_up = row.likeness.score >= SIMILAR * 2 / 3
        if mine and taken_up:
            parts.append(row.unit)
    return parts if best[unit.pk].unit in parts else []
