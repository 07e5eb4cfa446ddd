"""When the record came to say what it says: read from the history, in days of Geneva (rule 7).

A fact is news on the day on which it both holds and stands on record. So a term that began in March and was entered
in May is news in May, and one entered in May that begins in June is news in June.
"""

import datetime
from typing import NamedTuple

from django.db.models import Q

from iscg_portal.tenure.dates import GENEVA

A_DAY = datetime.timedelta(days=1)
UNKNOWN = object()


class New(NamedTuple):
    """A beginning or an end that came to be known: the primary key of its row, and the field with its day."""

    pk: int
    field: str


def newly_known(rows, fields, from_on, to_on):
    """The (`New`, day of the fact) of date fields of the rows that became news after from_on and up to to_on.

    A blank day is an end that has not come; a blank `starts_on` is a beginning long ago. Two queries.
    """
    candidates = rows.filter(recorded_between(rows.model, from_on, to_on) | _happened(fields, from_on, to_on))
    days = {pk: values for pk, *values in candidates.order_by().values_list("pk", *fields)}
    since = recorded_since(rows.model, fields, candidates)
    found = []
    for pk, values in days.items():
        for field, day in zip(fields, values, strict=True):
            if day is None and field != "starts_on":
                continue
            news_on = max(day or datetime.date.min, since.get((pk, field), datetime.date.min))
            if from_on < news_on <= to_on:
                found.append((New(pk, field), day))
    return found


def recorded_between(model, from_on, to_on) -> Q:
    """The condition that a row was added or changed on one of the days."""
    written = model.history.filter(history_date__gte=_midnight_after(from_on), history_date__lt=_midnight_after(to_on))
    return Q(pk__in=written.order_by().values("id"))


def recorded_since(model, fields, rows):
    """{(primary key, field): the day since when the record says what it says now}, for a few rows. One query."""
    history = model.history.filter(id__in=rows.order_by().values("pk")).order_by("history_id")
    since, said = {}, {}
    for pk, act, at, *values in history.values_list("id", "history_type", "history_date", *fields):
        for field, value in zip(fields, values, strict=True):
            value = UNKNOWN if act == "-" else value
            if said.get((pk, field), UNKNOWN) != value:
                since[pk, field] = at.astimezone(GENEVA).date()
            said[pk, field] = value
    return since


def _happened(fields, from_on, to_on):
    found = Q()
    for field in fields:
        found |= Q((f"{field}__gt", from_on), (f"{field}__lte", to_on))
    return found


def _midnight_after(day):
    return datetime.datetime.combine(day + A_DAY, datetime.time(), tzinfo=GENEVA)
