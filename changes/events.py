"""What happened in the record, derived once: the page of changes, home, the feed, mails and annual reports render it.

An event is between two days if it lies after the first and not after the second. It has two clocks (rule 7): the day
of the fact, and the moment at which it is news, when it both has happened and stands on record. The page, home and
reports ask for days; the feed and the mails to followers ask for news.

Each kind of event is a class that says it in words, so that every page, feed and mail has the same ones:
- `where`, `what` and `who` for a row of a table,
- `line` for a mail,
- `title`, `details` (texts below it) and `url` for an entry of the feed.

The apps above register the newest of the events that they alone know, from their `AppConfig.ready`.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, DateTimeField, OuterRef, Q, Subquery, Value, When

from iscg_portal.shipped import REASON
from iscg_portal.tenure.dates import A_DAY, GENEVA, midnight, print_date, today
from iscg_portal.tenure.models import holding_day

NEWEST = 50  # events in the feed, and as many rows of a kind are looked at by their day
NEWEST_WRITES = 2 * NEWEST  # and so many newest rows of each history
LONG_AGO = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
SIDES = {"began": "starts", "ended": "ends"}
DAYS = ("starts_on", "ends_on")
REMOVED = object()

newest_of_each_kind: list[Callable[[datetime.date], Iterable["Event"]]] = []


def register(newest):
    """Let the feed tell the events that `newest(on)` gives: the newest of a kind that are news up to the day."""
    newest_of_each_kind.append(newest)


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    `key` names it for ever, `about` is the row of the record, `on` and `precision` the day as far as it is known,
    `at` the moment at which it is news, where that was asked for. Of a person who continues, `before` is the term
    that ended.
    """

    key: str
    kind: str
    about: Any
    on: datetime.date | None = None
    precision: str | None = "day"
    at: datetime.datetime | None = None
    before: Any = None

    @property
    def is_end(self):
        """Whether something ended, or was recorded for the last time."""
        return self.kind in ("ended", "last recorded")

    @property
    def is_to_come(self):
        """Whether its day is yet to come, so that nothing has happened (rule 17)."""
        return self.on is not None and self.on > today()

    @property
    def day(self):
        """The day to print: of what was last recorded the last day on which it was so."""
        return self.on - A_DAY if self.kind == "last recorded" else self.on

    @property
    def printed(self):
        """The day in words, as exactly as it is known."""
        return print_date(self.day, self.precision)

    def is_between(self, from_on, to_on):
        """Whether it happened after the first day and not after the second."""
        return self.on is not None and from_on < self.on <= to_on

    def is_news(self, from_on, to_on):
        """Whether it became news after the first day and not after the second, in days of Geneva."""
        return from_on < self.at.astimezone(GENEVA).date() <= to_on


def sides_of(rows, event_class, recorded=None):
    """Every beginning and every end of the rows. A *by* start is no beginning, an *after* end no end.

    `recorded`: when each was recorded, as `recorded_since` gives it.
    """
    for row in rows:
        table = table_of(row)
        for side, field in SIDES.items():
            on, precision = getattr(row, f"{field}_on"), getattr(row, f"{field}_precision")
            if on or side == "began":
                kind = {"by": "first recorded", "after": "last recorded"}.get(precision, side)
                at = moment_of(recorded.get((table, row.pk, f"{field}_on")), on) if recorded is not None else None
                at = max(at, midnight(on)) if at and on else at
                yield event_class(f"{table}/{row.pk}/{side}", kind, row, on, precision, at)


def table_of(row):
    """The name of the row's table, as keys have it; a query over more than one table says it in the row."""
    return getattr(row, "table", row._meta.model_name)


def between(from_on, to_on):
    """Choose the rows that began or ended between the days."""
    return lambda rows: rows.filter(_began_or_ended(from_on, to_on))


def on_one_of(days):
    """Choose the rows that cover one of the days; there is one at least."""
    covering = reduce(or_, (holding_day(day) for day in days))
    return lambda rows: rows.filter(covering)


def newest_between(from_on, to_on, most, *others):
    """Choose the rows that began last and those that ended last. However long the record is, it costs the same.

    `others` give the keys of further rows of a model.
    """

    def chosen(rows):
        found = ((field, rows.model.objects.filter(happened(field, from_on, to_on))) for field in DAYS)
        newest = [live.order_by(f"-{field}").values("pk")[:most] for field, live in found]
        return rows.filter(pk__in=_any_of(rows.model, newest, *(other(rows.model) for other in others)))

    return chosen


def newest_news(on, beside=None):
    """Choose the rows that were written last, and those that by the day began last and ended last.

    `beside(rows)` gives the keys of further rows, from a query of the chosen ones.
    """

    def chosen(rows):
        days = ((field, rows.model.objects.filter(**{f"{field}__lte": on})) for field in DAYS)
        last = [live.order_by(f"-{field}").values("pk")[:NEWEST] for field, live in days]
        newest = [written_last(rows.model), *last]
        more = [beside(rows.model.objects.filter(pk__in=_any_of(rows.model, newest)))] if beside else []
        return rows.filter(pk__in=_any_of(rows.model, newest, *more))

    return chosen


def written_last(model):
    """The keys in the newest rows of a history."""
    return model.history.order_by("-history_id").values("id")[:NEWEST_WRITES]


def first_said(model, day, **said):
    """In a query of the model: when the history first said this; null where it was shipped with its day."""
    shipped = Q(history_change_reason=REASON, **{f"{day}__isnull": False})
    at = Case(When(shipped, then=None), default="history_date", output_field=DateTimeField())
    rows = model.history.filter(id=OuterRef("pk"), **said).order_by("history_id")
    return Subquery(rows.annotate(at=at).values("at")[:1])


def written_between(from_on, to_on, newest=False):
    """Choose the rows that may have become news on the days: they were written, began or ended on one of them.

    For the `newest` alone, of those written the last ones.
    """

    def chosen(rows):
        written = rows.model.history.filter(on_days(from_on, to_on)).order_by()
        if newest:
            written = written.filter(id__in=rows.values("pk")).order_by("-history_id")[:NEWEST_WRITES]
        return rows.filter(Q(pk__in=written.values("id")) | _began_or_ended(from_on, to_on))

    return chosen


def recorded_since(models, rows, *fields):
    """{(table, key, field): since when the record says what it says there} of the rows; `models` by table. One query.

    None for what was shipped together with a day: it is as old as that.
    """
    keys = defaultdict(list)
    for row in rows:
        keys[table_of(row)].append(row.pk)
    columns = ("history_id", "table", "id", "history_type", "history_date", "history_change_reason", *fields)
    parts = []
    for table, pks in keys.items():
        rows = (
            models[table]
            .history.filter(id__in=pks, history_taken_back=False)
            .order_by()
            .annotate(table=Value(table, CharField()))
        )
        parts.append(rows.values_list(*columns))
    written = parts[0].union(*parts[1:], all=True).order_by("history_id") if parts else ()
    since, said = {}, {}
    for _id, table, pk, act, at, reason, *values in written:
        for field, value in zip(fields, values, strict=True):
            value = REMOVED if act == "-" else value
            if said.get((table, pk, field), REMOVED) != value:
                since[table, pk, field] = None if reason == REASON and value else at
            said[table, pk, field] = value
    return since


def on_days(from_on, to_on):
    """The condition on a history that a row was written after the first day and not after the second."""
    return Q(history_date__gte=midnight(from_on + A_DAY), history_date__lt=midnight(to_on + A_DAY))


def moment_of(recorded_at, day):
    """When a fact was recorded; what was shipped is as old as its day."""
    return recorded_at or (midnight(day) if day else LONG_AGO)


def in_order(events):
    """The events, the oldest first; one whose day is not known before all others."""
    return sorted(events, key=lambda event: event.on or datetime.date.min)


def happened(field, from_on, to_on):
    """The condition that the day in the field lies between the days."""
    return Q((f"{field}__gt", from_on), (f"{field}__lte", to_on))


def _began_or_ended(from_on, to_on):
    return happened("starts_on", from_on, to_on) | happened("ends_on", from_on, to_on)


def _any_of(model, slices, *others):
    # A union and no “or”, which would read every row; SQLite wants the slices one level down.
    first, *more = (model.objects.order_by().filter(pk__in=each).values("pk") for each in slices)
    return first.union(*more, *others)
