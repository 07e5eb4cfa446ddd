"""Who came and who left: the seats of the management team, and the Coordinators of the subjects. Two queries.

An office that begins or ends later is told on its day; the words are those of the page of changes.
"""

import datetime
from functools import partial
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.utils.translation import gettext as _

from front.feed.entries import NEWEST, News, Told, midnight, moment_of, summary_of
from front.lately import WHAT
from iscg_portal.fragments import remembered
from iscg_portal.prepared import ask, padded
from iscg_portal.tenure.dates import print_date
from members.changes import kind_of_end, kind_of_start
from members.models import ChairTerm, Representative
from members.models.groups import group_of
from members.models.people import country_name
from members.url_base import url_base
from subjects.models import Coordinator

TABLES = {"chair": ChairTerm, "representative": Representative, "coordinator": Coordinator}
OF = {"chair": "seat_id", "representative": "seat_id", "coordinator": "subject__code"}
COLUMNS = (
    *("starts_on", "starts_precision", "ends_on", "ends_precision"),
    *("person__honorific", "person__name", "person__slug"),
    *("country__code", "country__official_name_en", "organization"),
)
MOST = 4 * NEWEST  # of a table: those recorded last and those of the last days, of what began and of what ended
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


def news(on):
    """What began and what ended up to the day."""
    # The day is part of the query: with it as a value PostgreSQL would plan these dozen parts anew each time.
    found = {(table, pk, side): (at, reason) for table, pk, side, at, reason in ask(_recorded, fixed=(on,))}
    offices = {(office.table, office.pk): office for office in _offices_of(found)}
    return [
        _news(offices[table, pk], side, at, reason)
        for (table, pk, side), (at, reason) in found.items()
        if (table, pk) in offices
    ]


def _news(office, side, at, reason):
    day = office.starts_on if side == BEGAN else office.ends_on
    moment = max(moment_of(day, at, reason), midnight(day))
    return News(moment, f"{office.table}/{office.pk}/{side}", partial(_told, office, side))


@remembered
def _told(office, side):
    if side == BEGAN:
        kind, day, precision = kind_of_start(office.starts_precision), office.starts_on, office.starts_precision
    else:
        kind, day, precision = kind_of_end(office.ends_precision), office.ends_on, office.ends_precision
    printed = print_date(day - datetime.timedelta(days=1) if kind == "last recorded" else day, precision)
    words = {"person": office.person, "office": office.office, "what": WHAT[kind]}
    title = _("%(person)s, %(office)s: %(what)s") % words
    return Told(title, summary_of(printed, office.sits_for), f"{url_base('members:person-detail')}{office.slug}/")


def _recorded(on):
    """When it was first recorded that a term began, and that it ended on the day on which it did.

    Of each table those recorded last and those of the last days: what is newer than all others is among them.
    """
    sides = (_begun, _over)
    first, *others = (part for table, model in TABLES.items() for side in sides for part in side(table, model, on))
    return first.union(*others, all=True).order_by("at")


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
    marks = {"table": Value(table, output_field=CharField()), "side": Value(side, output_field=CharField())}
    columns = {"at": F("history_date"), "reason": F("history_change_reason")}
    recorded = rows.order_by("-history_id").values("history_id")[:NEWEST]
    for wanted in ({"history_id__in": recorded}, {"id__in": by_day.values("pk")[:NEWEST]}):
        part = rows.filter(**wanted).order_by().annotate(**marks, **columns)
        yield part.values_list("table", "id", "side", "at", "reason")


def _offices_of(keys):
    wanted = [{pk for each, pk, _side in keys if each == table} for table in TABLES]
    pks = [pk for each in wanted for pk in padded(each, MOST)]
    return map(_Office._make, ask(_offices, *pks))


def _offices(*pks):
    parts = []
    for place, (table, model) in enumerate(TABLES.items()):
        rows = model.objects.filter(pk__in=pks[place * MOST : (place + 1) * MOST]).order_by()
        marks = {"table": Value(table, output_field=CharField()), "of": F(OF[table])}
        parts.append(rows.annotate(**marks).values_list("table", "pk", "of", *COLUMNS))
    first, *others = parts
    return first.union(*others, all=True)
