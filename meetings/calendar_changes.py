"""What calendar programs must know of a meeting's past: how often what they were told has changed, and when last.

One rule: SEQUENCE counts the recorded changes of what an event tells (`Told`), from the history. A code stays with its
meeting, so a meeting that was removed as a mistake and entered again goes on where it was.
"""

import datetime
from itertools import groupby
from typing import NamedTuple

from iscg_portal.prepared import ask
from iscg_portal.translated import columns_of
from meetings.filters import chosen_meetings
from meetings.models import Meeting


class _Told(NamedTuple):
    starts_on: datetime.date
    ends_on: datetime.date | None
    precision: str
    opens_at: datetime.time | None
    closes_at: datetime.time | None
    time_zone: str
    place: str
    mode: str
    state: str
    state_note: str


WHEN = _Told._fields[:6]
TOLD = (*_Told._fields, *columns_of("title"))


class Past(NamedTuple):
    """How often it changed, when last, and the days that were announced last (values of WHEN), if any ever were."""

    sequence: int
    changed_at: datetime.datetime
    announced: tuple | None


def pasts(filters=None, code=""):
    """{code: its `Past`} of the meetings that the filters let through, or of one. One query."""
    rows = ask(_changes_of_one, code) if code else ask(_changes, fixed=(filters,))
    return {code: _past([row[1:] for row in group]) for code, group in groupby(rows, key=lambda row: row[0])}


def _past(changes):
    sequence, before, changed_at, announced = -1, None, None, None
    for moment, kind, *told in changes:
        told = None if kind == "-" else tuple(told)
        if changed_at is None or told != before:
            sequence, before, changed_at = sequence + 1, told, moment
        if told and told[WHEN.index("precision")] == Meeting.Precision.DAY:
            announced = told[: len(WHEN)]
    return Past(sequence, changed_at, announced)


def _changes(filters):
    return _in_order(Meeting.history.model.objects.filter(code__in=chosen_meetings(filters).order_by().values("code")))


def _changes_of_one(code):
    return _in_order(Meeting.history.model.objects.filter(code=code))


def _in_order(changes):
    changes = changes.order_by("code", "history_date", "history_id")
    return changes.values_list("code", "history_date", "history_type", *TOLD)
