"""Resolutions with their revisions, and the subjects that rest on them on a day (clause B1)."""

import datetime
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Case, When
from django.utils.translation import get_language

from iscg_portal.prepared import ask
from iscg_portal.translated import Text, columns_of, first_text
from subjects.keys import AT_ONCE, IN_A_FILE, grouped
from subjects.models import Mandate, Resolution, Revision
from subjects.models.resolutions import BODY_ORDER, Adopted, Numbered
from subjects.register import Cited

OWN = ("pk", "slug", "body", "number", "calls_for_coordination", "source", "indicative")
USUAL_ORDER = ("printed_order", "number")
REPLACED_BY = tuple(f"replaced_by__{name}" for name in Cited._fields)
TITLES = ("original_language", *columns_of("title"))


class _RevisionRow(NamedTuple):
    number: int | None
    revised: bool
    place: str
    year: int
    url: str


class RevisionRow(Adopted, _RevisionRow):
    """One text of a resolution."""

    __slots__ = ()


class Resting(NamedTuple):
    """A subject as far as a resolution's row names it."""

    code: str
    slug: str


class _ResolutionOn(NamedTuple):
    slug: str
    body: str
    number: int
    calls_for_coordination: bool | None
    source: str
    indicative: bool
    replaced_by: Cited | None
    title: Text
    revisions: tuple[RevisionRow, ...]
    subjects: tuple[Resting, ...]


class ResolutionOn(Numbered, _ResolutionOn):
    """A resolution, its revisions newest first, and the subjects that rest on it on the day."""

    __slots__ = ()

    @property
    def cited_revisions(self):
        return [revision.citation_of(self) for revision in self.revisions]


@dataclass(frozen=True)
class ResolutionsOn:
    """The resolutions of one body (all if blank) in an order; a slice of at most AT_ONCE is put together when asked."""

    body: str
    on: datetime.date
    order: tuple[str, ...] = USUAL_ORDER

    def order_by(self, *names):
        """The same resolutions in another order."""
        return replace(self, order=names)

    def count(self):
        """How many there are. One query."""
        return _of_body(self.body).count()

    def __len__(self):
        return self.count()

    def __iter__(self):
        start = 0
        while rows := self._put_together(start, start + IN_A_FILE):
            yield from rows
            start += IN_A_FILE

    def __getitem__(self, wanted):
        start, stop = wanted.start or 0, wanted.stop
        return self._put_together(start, start + AT_ONCE)[: stop - start] if stop > start else []

    def _rows(self, start, stop):
        """Only first pages in the usual order are kept as prepared queries: every other shape would be one more."""
        if start == 0 and self.order == USUAL_ORDER:
            return ask(_resolutions, fixed=(self.body, self.order, start, stop))
        return list(_resolutions(self.body, self.order, start, stop))

    def _put_together(self, start, stop):
        resolutions = self._rows(start, stop)
        pks = [row[0] for row in resolutions]
        if not pks:
            return []
        language, on = get_language(), self.on
        revisions, resting = grouped(_revision_values, pks), grouped(_resting_values, pks, on)
        return [
            put_together(language, tuple(row), tuple(revisions.get(row[0], ())), tuple(resting.get(row[0], ())))
            for row in resolutions
        ]


@lru_cache(maxsize=4_000)
def put_together(_language, row, revisions=(), resting=()):
    """The resolution in the values of OWN, REPLACED_BY and TITLES, with what else is known of it."""
    pk_and_own, rest = row[: len(OWN)], row[len(OWN) :]
    replaced_by, (original, *titles) = rest[: len(REPLACED_BY)], rest[len(REPLACED_BY) :]
    return ResolutionOn(
        *pk_and_own[1:],
        Cited(*replaced_by) if replaced_by[0] else None,
        first_text(titles, original),
        tuple(RevisionRow(*values[1:]) for values in revisions),
        tuple(Resting(*values[1:]) for values in resting),
    )


def _of_body(body):
    """As they are stored: rewriting names of columns by language would shuffle the columns that a list asks for."""
    resolutions = Resolution.objects.rewrite(False)
    return resolutions.filter(body=body) if body else resolutions


def _resolutions(body, order, start, stop):
    places = [When(body=body, then=place) for body, place in BODY_ORDER.items()]
    resolutions = _of_body(body).annotate(printed_order=Case(*places, default=len(places)))
    return resolutions.order_by(*order).values_list(*OWN, *REPLACED_BY, *TITLES)[start:stop]


def _revision_values(*pks):
    revisions = Revision.objects.filter(resolution__in=pks).order_by("-year", "-number")
    return revisions.values_list("resolution_id", *_RevisionRow._fields)


def _resting_values(on, *pks):
    mandates = Mandate.objects.covering(on).filter(resolution__in=pks).order_by("subject__code")
    return mandates.values_list("resolution_id", "subject__code", "subject__slug")
