"""Who came and who left: the seats of the management team, and the Coordinators of the subjects. Two queries.

An office that begins or ends later is told on its day; the words are those of the page of changes.
"""

import datetime
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.utils.translation import gettext as _

from front.feed.entries import NEWEST, Entry, moment_of, summary_of
from front.lately import WHAT
from iscg_portal.dates import print_date
from members.changes import kind_of_end, kind_of_start
from members.composition import group_of
from members.models import ChairTerm, Representative
from members.models.people import country_name
from members.url_base import url_base
from subjects.models import Coordinator

TABLES = {"chair": ChairTerm, "representative": Representative, "coordinator": Coordinator}
BEGAN, ENDED = "began", "ended"


class _Office(NamedTuple):
    """As much of a term as its entries say; `of` is a seat, or the code of a subject."""

    table: str
    pk: int
    of: str
    starts_on: datetime.date
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str | None
    honorific: str
    name: str
    slug: str
    country: str | None
    official_name: str | None
    organization: str

    @property
    def person(self):
        return f"{self.honorific} {self.name}".strip()

    @property
    def office(self):
        if self.table == "coordinator":
            return _("Coordinator of %(subject)s") % {"subject": self.of}
        return group_of(self.of) or _("Chair")

    @property
    def sits_for(self):
        return country_name(self.country, self.official_name) if self.country else self.organization


def entries(on):
    """What began and what ended up to the day."""
    found = {(table, pk, side): (at, reason) for table, pk, side, at, reason in _recorded(on).order_by("at")[::-1]}
    offices = {(office.table, office.pk): office for office in _offices(found)}
    return [
        _entry(offices[table, pk], side, at, reason)
        for (table, pk, side), (at, reason) in found.items()
        if (table, pk) in offices
    ]


def _entry(office, side, at, reason):
    if side == BEGAN:
        kind, day, precision = kind_of_start(office.starts_precision), office.starts_on, office.starts_precision
    else:
        kind, day, precision = kind_of_end(office.ends_precision), office.ends_on, office.ends_precision
    printed = print_date(day - datetime.timedelta(days=1) if kind == "last recorded" else day, precision)
    words = {"person": office.person, "office": office.office, "what": WHAT[kind]}
    return Entry(
        f"{office.table}/{office.pk}/{side}",
        moment_of(day, at, reason),
        _("%(person)s, %(office)s: %(what)s") % words,
        summary_of(printed, office.sits_for),
        f"{url_base('members:person-detail')}{office.slug}/",
    )


def _recorded(on):
    """When it was first recorded that a term began, and that it ended on the day on which it did."""
    first, *others = (
        part for table, model in TABLES.items() for part in (_begun(table, model, on), _over(table, model, on))
    )
    return first.union(*others, all=True)


def _begun(table, model, on):
    live = model.objects.filter(starts_on__lte=on)
    rows = model.history.filter(Exists(live.filter(pk=OuterRef("id"))), history_type="+")
    return _newest(rows, live.order_by("-starts_on"), table, BEGAN)


def _over(table, model, on):
    live = model.objects.filter(ends_on__lte=on)
    before = model.history.filter(id=OuterRef("id"), ends_on=OuterRef("ends_on"), history_id__lt=OuterRef("history_id"))
    rows = model.history.filter(Exists(live.filter(pk=OuterRef("id"), ends_on=OuterRef("ends_on"))), ~Exists(before))
    return _newest(rows, live.order_by("-ends_on"), table, ENDED)


def _newest(rows, by_day, table, side):
    """Those recorded last and those of the last days: whatever is newer than all others is among them."""
    recorded = rows.order_by("-history_id").values("history_id")[:NEWEST]
    newest = rows.filter(Q(history_id__in=recorded) | Q(id__in=by_day.values("pk")[:NEWEST])).order_by()
    marks = {"table": Value(table, output_field=CharField()), "side": Value(side, output_field=CharField())}
    columns = {"at": F("history_date"), "reason": F("history_change_reason")}
    return newest.annotate(**marks, **columns).values_list("table", "id", "side", "at", "reason")


def _offices(keys):
    parts = []
    for table, model in TABLES.items():
        wanted = {pk for each, pk, _side in keys if each == table}
        of = "subject__code" if model is Coordinator else "seat_id"
        rows = model.objects.filter(pk__in=wanted).order_by()
        marks = {"table": Value(table, output_field=CharField()), "of": F(of)}
        person = (f"person__{name}" for name in ("honorific", "name", "slug"))
        dates = ("starts_on", "starts_precision", "ends_on", "ends_precision")
        country = ("country__code", "country__official_name_en", "organization")
        parts.append(rows.annotate(**marks).values_list("table", "pk", "of", *dates, *person, *country))
    first, *others = (part for part in parts)
    return map(_Office._make, first.union(*others, all=True))
