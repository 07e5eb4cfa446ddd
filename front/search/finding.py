"""What is found: the entries that have what is asked, in the order that a reader would expect (decision 36).

An exact number or name comes first, then titles that have the words, then the rest; what stands before what ended;
persons and subjects before papers; the newest first. Both databases compute the same order.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, Q, Value, When
from django.utils.functional import cached_property

from iscg_portal.search.full_text import Sought, Wanted
from iscg_portal.search.models import FileText, IndexEntry

A_PAGE = 10
MOST_APART = 6  # words that are looked for each by itself, where no entry has them all
SHOWN = ("record", "kind", "address", "takes_day", "ended_on", "shown", "files")


@dataclass(frozen=True)
class Narrowed:
    """What the address asks beside the words; blank where it asks for all."""

    kind: str = ""
    year: int = 0
    language: str = ""

    def __bool__(self):
        return bool(self.kind or self.year or self.language)


class Found:
    """The entries for a search on a day; `is_first` says that the first page of them is asked for."""

    def __init__(self, asked, narrowed: Narrowed, on: datetime.date, is_first=True):
        self.asked, self.narrowed, self.on, self.is_first = asked, narrowed, on, is_first

    @cached_property
    def counts(self):
        """{(kind, year): entries} of all that have the words, in the language asked for. One query at most."""
        if self.is_missed and not self.narrowed:
            return {}
        rows = self._matching().order_by().values_list("kind", "year").annotate(number=Count("pk"))
        return {(kind, year): number for kind, year, number in rows}

    def _matching(self):
        return self._in_language(IndexEntry.objects.filter(words__has=self.asked.wanted))

    def _in_language(self, entries):
        if self.narrowed.language:
            entries = entries.filter(Q(languages="") | Q(languages__contains=self.narrowed.language))
        return entries

    @property
    def kinds(self):
        """Counter of the kinds, in the year asked for."""
        year = self.narrowed.year
        found = Counter()
        for (kind, of_year), number in self.counts.items():
            found[kind] += number if not year or of_year == year else 0
        return found

    @property
    def years(self):
        """The years of what was found, the latest first."""
        return sorted({year for _kind, year in self.counts if year}, reverse=True)

    @cached_property
    def number(self):
        """How many entries there are."""
        kinds = self.kinds
        return kinds[self.narrowed.kind] if self.narrowed.kind else sum(kinds.values())

    @property
    def entries(self):
        """The entries in their order."""
        return self._in_order(self._narrow(self._matching()))

    def _narrow(self, entries):
        if self.narrowed.kind:
            entries = entries.filter(kind=self.narrowed.kind)
        return entries.filter(year=self.narrowed.year) if self.narrowed.year else entries

    def _in_order(self, entries, *before):
        wanted, exact = self.asked.wanted, Q(pk__in=[])
        for name in self.asked.exact:
            exact |= Q(exact__contains=f" {name} ")
        tiers = [
            When(exact, then=0),
            When(words__has_in_head=wanted.whole_words(), then=1),
            When(words__has_in_head=wanted, then=2),
        ]
        over = Case(When(ended_on__lte=self.on, then=1), default=0, output_field=IntegerField())
        entries = entries.annotate(tier=Case(*tiers, default=3, output_field=IntegerField()), over=over).only(*SHOWN)
        return entries.order_by(*before, "tier", "over", "place", F("day").desc(nulls_last=True), "order_key")

    @cached_property
    def first(self):
        """The first page of the entries; where none has all the words, the best of those that have some. One query.

        Each has its number of `words_apart`: zero where it has all the words. What of several words may be meant
        counts as a word.
        """
        apart = (*(self.asked.any_of if len(self.asked.any_of) > 1 else ()), *self.asked.near)[:MOST_APART]
        if not apart:
            return list(self.entries.annotate(words_apart=Value(0))[:A_PAGE])
        is_there = Exists(self._narrow(self._matching()))
        any_of = Wanted((tuple(alternative for wanted in apart for group in wanted.groups for alternative in group),))
        wanted = Case(When(is_there, then=Sought(self.asked.wanted)), default=Sought(any_of))
        number = Value(0)
        for one in apart:
            having = IndexEntry.objects.filter(words__has=one).values("pk")  # looked up, not read row by row
            number = number + Case(When(pk__in=having, then=1), default=0, output_field=IntegerField())
        entries = self._narrow(self._in_language(IndexEntry.objects.filter(words__has=wanted)))
        entries = entries.annotate(words_apart=Case(When(is_there, then=0), default=number))
        return list(self._in_order(entries, "-words_apart")[:A_PAGE])

    @cached_property
    def is_missed(self):
        """Whether the first page is asked for, and no entry has all the words."""
        return self.is_first and not any(entry.words_apart == 0 for entry in self.first)


class Pages(Paginator):
    """Pages of what was found, whose number is known."""

    def __init__(self, found):
        super().__init__(found.first if found.is_first else found.entries, A_PAGE)
        self.count = found.number


def texts_of_files(entries):
    """{SHA-256: text} of the files of these entries. One query; none where no entry has files."""
    wanted = {sha256 for entry in entries for _language, sha256 in entry.files}
    return dict(FileText.objects.filter(pk__in=wanted).values_list("pk", "text")) if wanted else {}
