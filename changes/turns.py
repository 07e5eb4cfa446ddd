"""What became of meetings and activities from one row of their history to the next."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from changes.events import Event
from changes.removals import removed_title
from iscg_portal.odd_rows import printable
from iscg_portal.scheduled import ANNOUNCED, State
from iscg_portal.tenure.dates import GENEVA, print_date, print_days
from iscg_portal.translated import columns_of

DAYS = ("starts_on", "ends_on", "precision")
TOLD = ("code", "state", "state_note", "place", "original_language", *DAYS, *columns_of("title"))
OF_HISTORY = ("id", "history_date", "history_type", "history_public_reason", "history_public_language")


class Turn(NamedTuple):
    """A change that is told: its kind, the row of the history that says it, and the record as it stands now.

    `removed` is the row that removed the record as entered by mistake, if one did.
    """

    kind: str
    row: Any
    record: Any
    removed: Any = None

    @property
    def at(self):
        """The moment at which it is news; of a correction that of the removal."""
        return (self.removed or self.row).history_date

    @property
    def note(self):
        """The note beside the state, while that is still the state."""
        return self.record.state_note if self.record.state == self.row.state else ""


class TurnEvent(Event):
    """The days or the state of what is held on days changed; `about` is the `Turn`.

    `said` is what it says, `TITLES` the kinds that are told, `list_page` where a reader goes once it is removed.
    """

    @property
    def title(self):
        return removed_title(self.said) if self.about.removed else self.said

    @property
    def days(self):
        """The days of which it says so."""
        row = self.about.row
        return print_days(row.starts_on, row.ends_on or row.starts_on, row.precision)

    @property
    def correction(self):
        """That the record was removed, when, and why."""
        on = print_date(self.about.at.astimezone(GENEVA).date())
        removed = _("A correction: the row was entered by mistake, and removed on %(day)s.") % {"day": on}
        return removed, self.about.removed.public_reason

    @property
    def url(self):
        return reverse(self.list_page) if self.about.removed else self.about.record.get_absolute_url()


def told(model, ids, event_class, more=()):
    """The events of the records with these keys. One query."""
    for turn in turns_of(model, ids, more):
        if turn.kind in event_class.TITLES:
            key = f"{model._meta.model_name}/{turn.record.code}/{turn.row.pk}"
            yield event_class(key, turn.kind, turn, at=turn.at)


def turns_of(model, ids, more=()):
    """The turns of the records with these keys, the oldest first. One query.

    `more` are columns that the record needs beside `TOLD`. The last row of its history says what a record is now, or
    that it was removed; what was undone within a day is not asked.
    """
    columns = (*TOLD, *more)
    history = model.history.filter(id__in=ids, history_taken_back=False).order_by("history_id")
    rows = list(history.only(*OF_HISTORY, *columns))
    last, before = {row.id: row for row in rows}, {}
    records = {one.pk: one for one in printable([_record_of(model, row, columns) for row in last.values()])}
    for row in rows:
        if row.history_type == "-" or row.id not in records:
            continue
        kind, before[row.id] = kind_of(row, before.get(row.id)), row
        removed = last[row.id] if last[row.id].history_type == "-" else None
        yield Turn(kind, row, records[row.id], removed)


def _record_of(model, row, columns):
    """The record as a row of its history has it, as far as it was read."""
    record = model(pk=row.id)
    record.__dict__.update({name: getattr(row, name) for name in columns})
    return record


def kind_of(row, before):
    """“planned”, “confirmed”, “moved”, “cancelled”, “postponed”, “takes place”; any other word is no news.

    `before` is the row before it, None for the first one. What was over when it was entered is no news.
    """
    if before is None and (row.ends_on or row.starts_on) < row.history_date.astimezone(GENEVA).date():
        return "over"
    if row.state not in ANNOUNCED:
        return row.state if before is None or before.state != row.state else "as before"
    if before is None:
        return "planned"
    if any(getattr(row, name) != getattr(before, name) for name in DAYS):
        return "moved"
    if before.state not in ANNOUNCED:
        return "takes place"
    return "confirmed" if before.state != row.state == State.CONFIRMED else "as before"
