"""What became of meetings: planned, confirmed, moved, cancelled, postponed, or to take place after all. Two queries.

Each is told as the history has it, as long as the meeting is on record. A meeting that was over when it was entered
is no news.
"""

import datetime
from functools import partial
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from front.feed.entries import NEWEST, News, Told, moment_of, summary_of
from iscg_portal.prepared import ask
from iscg_portal.tenure.dates import GENEVA, print_days
from meetings.models import Meeting

State = Meeting.State
SENTENCES = {
    "planned": _("%(meeting)s is planned: %(days)s"),
    "confirmed": _("%(meeting)s is confirmed: %(days)s"),
    "moved": _("%(meeting)s has other days: %(days)s"),
    "cancelled": _("%(meeting)s is cancelled: %(days)s"),
    "postponed": _("%(meeting)s is postponed: %(days)s"),
    "takes place": _("%(meeting)s takes place after all: %(days)s"),
}
TO_COME = (State.PLANNED, State.CONFIRMED)


class _Change(NamedTuple):
    """A row of the history in which days or state differ from those in the row `before`."""

    history_id: int
    pk: int
    at: datetime.datetime
    reason: str | None
    starts_on: datetime.date
    ends_on: datetime.date | None
    precision: str
    state: str
    told: str
    before: str

    @property
    def kind(self):
        """A key of SENTENCES; blank for what is no news."""
        state, _mark, days = self.before.partition("|")
        moved = days != self.told.partition("|")[2]
        if not self.before and (self.ends_on or self.starts_on) < self.at.astimezone(GENEVA).date():
            return ""
        if self.state not in TO_COME:
            return self.state if self.state != state else ""
        if not self.before:
            return "planned"
        if moved:
            return "moved"
        return "takes place" if state not in TO_COME else "confirmed" if self.state == State.CONFIRMED else ""


def news():
    """The newest changes of days and state."""
    changes = [change for change in map(_Change._make, ask(_changes)) if change.kind]
    meetings = Meeting.objects.public().in_bulk({change.pk for change in changes})
    last = {change.pk: change for change in sorted(changes)}
    return [_news(change, meetings[change.pk], last[change.pk] is change) for change in changes]


def _news(change, meeting, is_last):
    days = (change.starts_on, change.ends_on or change.starts_on, change.precision)
    why = meeting.state_note if is_last and meeting.state == change.state else ""
    tell = partial(_told, change.kind, days, meeting, why)
    return News(moment_of(None, change.at, change.reason), f"meeting/{meeting.code}/{change.history_id}", tell)


def _told(kind, days, meeting, why):
    title = SENTENCES[kind] % {"meeting": meeting.name, "days": print_days(*days)}
    return Told(title, summary_of(meeting.title_shown, meeting.place, why), meeting.get_absolute_url())


def _changes():
    history = Meeting.history.model.objects
    told = Concat("state", Value("|"), *_texts("starts_on", "ends_on", "precision"), output_field=CharField())
    earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    before = earlier.order_by("-history_id").annotate(told=told).values("told")[:1]
    rows = history.exclude(history_type="-").exclude(state=State.HELD)
    rows = rows.filter(Exists(Meeting.objects.filter(pk=OuterRef("id"))))
    rows = rows.annotate(told=told, before=Coalesce(Subquery(before), Value(""), output_field=CharField()))
    changed = rows.exclude(told=F("before")).order_by("-history_id")[:NEWEST]
    columns = ("starts_on", "ends_on", "precision", "state", "told", "before")
    return changed.values_list("history_id", "id", "history_date", "history_change_reason", *columns)


def _texts(*names):
    for name in names:
        yield Coalesce(Cast(name, CharField()), Value(""), output_field=CharField())
        yield Value("|")
