"""Resolutions with their revisions, and the subjects that rest on them on a day (clause B1)."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Case, When

from iscg_portal.prepared import ask
from iscg_portal.translated import Text, columns_of, first_text
from subjects.keys import AT_ONCE, IN_A_FILE, whole_sets
from subjects.models import Mandate, Resolution, Revision
from subjects.models.resolutions import BODY_ORDER, Adopted, Numbered
from subjects.register import Cited

OWN = ("pk", "slug", "body", "number", "calls_for_coordination", "source", "indicative")
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
    order: tuple[str, ...] = ("printed_order", "number")

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

    def _put_together(self, start, stop):
        resolutions = ask(_resolutions, fixed=(self.body, self.order, start, stop))
        pks = [row[0] for row in resolutions]
        if not pks:
            return []
        revisions, resting = _revisions(pks), _resting(pks, self.on)
        return [put_together(row, revisions[row[0]], resting[row[0]]) for row in resolutions]


def put_together(row, revisions=(), resting=()):
    """The resolution in the values of OWN, REPLACED_BY and TITLES, with what else is known of it."""
    pk_and_own, rest = row[: len(OWN)], row[len(OWN) :]
    replaced_by, (original, *titles) = rest[: len(REPLACED_BY)], rest[len(REPLACED_BY) :]
    by = Cited(*replaced_by) if replaced_by[0] else None
    return ResolutionOn(*pk_and_own[1:], by, first_text(titles, original), tuple(revisions), tuple(resting))


def _of_body(body):
    """As they are stored: rewriting names of columns by language would shuffle the columns that a list asks for."""
    resolutions = Resolution.objects.rewrite(False)
    return resolutions.filter(body=body) if body else resolutions


def _resolutions(body, order, start, stop):
    places = [When(body=body, then=place) for body, place in BODY_ORDER.items()]
    resolutions = _of_body(body).annotate(printed_order=Case(*places, default=len(places)))
    return resolutions.order_by(*order).values_list(*OWN, *REPLACED_BY, *TITLES)[start:stop]


def _revisions(pks):
    rows = defaultdict(list)
    for pk, *revision in ask(_revision_values, *whole_sets(pks)):
        rows[pk].append(RevisionRow(*revision))
    return rows


def _revision_values(*pks):
    revisions = Revision.objects.filter(resolution__in=pks).order_by("-year", "-number")
    return revisions.values_list("resolution_id", *_RevisionRow._fields)


def _resting(pks, on):
    """{resolution's pk: the subjects among whose mandates it is on the day}, in the order of the codes."""
    rows = defaultdict(list)
    for pk, *subject in ask(_resting_values, on, *whole_sets(pks)):
        rows[pk].append(Resting(*subject))
    return rows


def _resting_values(on, *pks):
    mandates = Mandate.objects.covering(on).filter(resolution__in=pks).order_by("subject__code")
    return mandates.values_list("resolution_id", "subject__code", "subject__slug")
