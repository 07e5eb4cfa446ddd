"""Subjects with all that stands beside them on a day: listing, mandates, theme rule, Coordinator, Focal Points.

Only what a page shows is read, in the same few queries however long the list is.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import get_language

from iscg_portal.bodies import FocalPointBody
from iscg_portal.prepared import ask
from iscg_portal.tenure.models import Dated, OfficeOn, holds_day, office_on
from iscg_portal.translated import Text, columns_of, first_text
from subjects.holders import COORDINATOR_FIELDS, FOCAL_POINT_FIELDS, Office, public_coordinator, public_focal_point
from subjects.keys import AT_ONCE, IN_A_FILE, grouped
from subjects.listing import ListingOn, listing_on
from subjects.models import Coordinator, FocalPoint, Listing, Mandate
from subjects.models.resolutions import Numbered
from subjects.theme_rule import Verdict, judge

BODIES = {body: place for place, body in enumerate(FocalPointBody.values)}
SECTORS = {"R": "in_r", "T": "in_t", "D": "in_d", "GS": "in_gs"}
OWN = ("pk", "code", "slug", *SECTORS.values(), "recorded_from", "source", "indicative", "latest_coordinator")
TITLES = ("original_language", *columns_of("title"))
USUAL_ORDER = ("code",)
PERIOD = ("starts_on", "starts_precision", "ends_on", "ends_precision")


class _Cited(NamedTuple):
    slug: str
    body: str
    number: int
    calls_for_coordination: bool | None


class Cited(Numbered, _Cited):
    """A resolution as far as a list cites it."""

    __slots__ = ()


class _Period(NamedTuple):
    starts_on: datetime.date | None
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str | None


class Listed(Dated, _Period):
    """A time on the list."""

    __slots__ = ()


class SubjectOn(NamedTuple):
    """A subject on a day. Hashable, so that what is printed of it can be remembered."""

    code: str
    slug: str
    title: Text
    scope: tuple[str, ...]
    source: str
    indicative: bool
    listing: ListingOn
    mandates: tuple[Cited, ...]
    theme: Verdict
    office: OfficeOn
    focal_points: tuple[Office, ...]


@lru_cache
def scope(*in_sectors):
    """The letters of the Sectors that are ticked, in the order R, T, D, GS."""
    return tuple(letter for letter, concerned in zip(SECTORS, in_sectors, strict=True) if concerned)


@dataclass(frozen=True)
class Register:
    """Subjects in an order, as they stand on a day. A slice of at most AT_ONCE is put together when asked for.

    `build(filters, on)` is the function of a module that gives the queryset of the subjects. `whole` says whether the
    Focal Points belong to it.
    """

    build: Callable
    filters: Any
    on: datetime.date
    whole: bool = False
    order: tuple[str, ...] = USUAL_ORDER
    length: int | None = None

    def order_by(self, *names):
        """The same subjects in another order; `printed_title` stands for the title in the page's language."""
        return replace(self, order=names)

    def of_length(self, length):
        """The same, whose length is known already."""
        return replace(self, length=length)

    def count(self):
        """How many there are. One query where that is not known."""
        return self.build(self.filters, self.on).count() if self.length is None else self.length

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
            return ask(_subjects, self.on, fixed=(self.build, self.filters, self.order, start, stop))
        return list(_subjects(self.build, self.filters, self.order, start, stop, self.on))

    def _put_together(self, start, stop):
        subjects = self._rows(start, stop)
        pks = [row[0] for row in subjects]
        if not pks:
            return []
        language, on = get_language(), self.on
        listings, mandates = grouped(_listing_values, pks), grouped(_mandate_values, pks)
        latest = [pk for *_rest, pk in (row[: len(OWN)] for row in subjects) if pk]
        coordinators = grouped(_coordinator_values, latest) if latest else {}
        focal_points = _focal_points(pks, on) if self.whole else {}
        return [
            _subject_on(
                language,
                on,
                tuple(row),
                tuple(listings.get(row[0], ())),
                tuple(mandates.get(row[0], ())),
                tuple(coordinators.get(row[0], ())),
                tuple(focal_points.get(row[0], ())),
            )
            for row in subjects
        ]


@lru_cache(maxsize=4_000)
def _subject_on(_language, on, row, listings, mandates, coordinators, focal_points):
    """A subject as the same values say it every time: what the database gave, put into words that can be asked."""
    _pk, code, slug, *in_sectors, recorded_from, source, indicative, _latest = row[: len(OWN)]
    original, *titles = row[len(OWN) :]
    cited = (Cited(*values) for _subject, starts_on, ends_on, *values in mandates if holds_day(starts_on, ends_on, on))
    cited = tuple(sorted(cited, key=lambda resolution: resolution.printed_order))
    return SubjectOn(
        code,
        slug,
        first_text(titles, original),
        scope(*in_sectors),
        source,
        indicative,
        listing_on(on, [Listed(*period) for _subject, *period in listings]),
        cited,
        judge(cited),
        office_on(on, recorded_from, [public_coordinator(values) for values in coordinators]),
        _in_order(public_focal_point(values) for values in focal_points),
    )


def _subjects(build, filters, order, start, stop, on):
    """The rows of a slice, each with the key of the Coordinator who began last: all that its state rests on."""
    subjects = build(filters, on)
    if any("printed_title" in name for name in order):
        subjects = _with_printed_title(subjects)
    begun = Coordinator.objects.filter(subject=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on")
    subjects = subjects.annotate(latest_coordinator=Subquery(begun.values("pk")[:1]))
    return subjects.order_by(*order).values_list(*OWN, *TITLES)[start:stop]


def _with_printed_title(subjects):
    """Each with `printed_title`, in small letters: the page's language, else English, else any other."""
    columns = [f"title_{(get_language() or 'en').replace('-', '_')}", "title_en", *columns_of("title")]
    titles = [NullIf(F(column), Value("")) for column in dict.fromkeys(columns)]
    return subjects.annotate(printed_title=Lower(Coalesce(*titles)))


def _coordinator_values(*pks):
    return Coordinator.objects.filter(pk__in=pks).order_by().values_list(*COORDINATOR_FIELDS)


def _listing_values(*pks):
    return Listing.objects.filter(subject__in=pks).order_by().values_list("subject_id", *PERIOD)


def _mandate_values(*pks):
    mandates = Mandate.objects.filter(subject__in=pks).order_by()
    resolution = (f"resolution__{name}" for name in Cited._fields)
    return mandates.values_list("subject_id", "starts_on", "ends_on", *resolution)


def _focal_points(pks, on):
    return grouped(_focal_point_values, pks, on)


def _focal_point_values(on, *pks):
    in_office = FocalPoint.objects.in_office(on).filter(subject__in=pks)
    return in_office.order_by("starts_on", "pk").values_list(*FOCAL_POINT_FIELDS)


def _in_order(focal_points):
    """In the order of the bodies for which they stand."""
    return tuple(sorted(focal_points, key=lambda office: BODIES[office.body]))


def focal_points_of(pk, on) -> tuple[Office, ...]:
    """The Focal Points of one subject in office on the day. One query."""
    return _in_order(public_focal_point(values) for values in _focal_points([pk], on).get(pk, ()))
