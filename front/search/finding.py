"""What is found: the entries that have what is asked, in the order that a reader would expect (decision 36).

An exact number or name comes first, then titles that have the words, then the rest; what stands before what ended;
persons and subjects before papers; the newest first. Both databases compute the same order.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.utils.functional import cached_property

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
    """The entries for a search on a day. `some` says that no entry has all the words, and these have one at least."""

    def __init__(self, asked, narrowed: Narrowed, on: datetime.date):
        self.asked, self.narrowed, self.on = asked, narrowed, on
        self.some = False

    @cached_property
    def counts(self):
        """{(kind, year): entries} of all that have the words, in the language asked for. One query."""
        return self._count(self._matching())

    def _count(self, entries):
        rows = entries.order_by().values_list("kind", "year").annotate(number=Count("pk"))
        return {(kind, year): number for kind, year, number in rows}

    def _matching(self):
        entries = IndexEntry.objects.filter(words__has=self.asked.wanted)
        return self._in_language(entries)

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

    @cached_property
    def entries(self):
        """The entries in their order."""
        entries = self._ranked(self._narrow(self._matching()), self.asked.wanted)
        return entries.order_by("tier", "over", "place", F("day").desc(nulls_last=True), "order_key")

    def _narrow(self, entries):
        if self.narrowed.kind:
            entries = entries.filter(kind=self.narrowed.kind)
        return entries.filter(year=self.narrowed.year) if self.narrowed.year else entries

    def _ranked(self, entries, wanted):
        exact = Q(pk__in=[])
        for name in self.asked.exact:
            exact |= Q(exact__contains=f" {name} ")
        tiers = [
            When(exact, then=0),
            When(words__has_in_head=wanted.whole_words(), then=1),
            When(words__has_in_head=wanted, then=2),
        ]
        over = Case(When(ended_on__lte=self.on, then=1), default=0, output_field=IntegerField())
        return entries.annotate(tier=Case(*tiers, default=3, output_field=IntegerField()), over=over).only(*SHOWN)

    def with_some_words(self):
        """The best of the entries that have some of the words, or what may be meant, where none has all. One query."""
        several = (*(self.asked.any_of if len(self.asked.any_of) > 1 else ()), *self.asked.near)
        if not several:
            return []
        self.some = True
        number = Value(0)
        for wanted in several[:MOST_APART]:
            having = IndexEntry.objects.filter(words__has=wanted).values("pk")  # looked up, not read row by row
            number = number + Case(When(pk__in=having, then=1), default=0, output_field=IntegerField())
        entries = self._narrow(self._in_language(IndexEntry.objects.alias(number=number).filter(number__gt=0)))
        over = Case(When(ended_on__lte=self.on, then=1), default=0, output_field=IntegerField())
        entries = entries.annotate(over=over).only(*SHOWN)
        order = ("-number", "over", "place", F("day").desc(nulls_last=True), "order_key")
        return list(entries.order_by(*order)[:A_PAGE])


class Pages(Paginator):
    """Pages of what was found, whose number is known."""

    def __init__(self, found):
        super().__init__(found.entries, A_PAGE)
        self.count = found.number


def texts_of_files(entries):
    """{SHA-256: text} of the files of these entries. One query; none where no entry has files."""
    wanted = {sha256 for entry in entries for _language, sha256 in entry.files}
    return dict(FileText.objects.filter(pk__in=wanted).values_list("pk", "text")) if wanted else {}
