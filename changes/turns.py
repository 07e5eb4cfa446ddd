"""What became of meetings and activities from one row of their history to the next."""

from typing import Any, NamedTuple

from django.db.models import CharField, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from changes.events import NEWEST_WRITES, Event, on_days
from changes.removals import removed_title
from iscg_portal.languages import with_colon
from iscg_portal.odd_rows import printable
from iscg_portal.scheduled import ANNOUNCED, State
from iscg_portal.tenure.dates import GENEVA, print_date, print_days
from iscg_portal.translated import columns_of

DAYS = ("starts_on", "ends_on", "precision")
TOLD = ("code", "state", "state_note", "place", "original_language", *DAYS, *columns_of("title"))
OF_HISTORY = ("id", "history_id", "history_date", "history_type", "history_public_reason", "history_public_language")


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

    `model` is that of the record, `more` are columns that it needs beside `TOLD`. `said` is what it says, `TITLES` the
    kinds that are told, `list_page` where a reader goes once it is removed.
    """

    more = ()

    @property
    def title(self):
        return removed_title(self.said) if self.about.removed else self.said

    @property
    def line(self):
        note = "" if self.about.removed else self.about.note
        return with_colon(self.title, note) if note else self.title

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


def news_of_turns(event_class, from_on, to_on, newest=False, **which) -> list:
    """What became news of the days and states of what is held, the oldest first. One query.

    For the `newest`, which are enough for a feed, the last rows of the history are read, without those that entered
    what was over by the first day.
    """
    written = event_class.model.history.filter(on_days(from_on, to_on), **which)
    if newest:
        was_over = Q(starts_on__lte=from_on) & (Q(ends_on=None) | Q(ends_on__lte=from_on))
        written = written.exclude(was_over, history_type="+").order_by("-history_id")[:NEWEST_WRITES]
    events = [event for event in told({event_class: written.values("id")}) if event.is_news(from_on, to_on)]
    return sorted(events, key=lambda event: event.at)


def told(chosen):
    """The events of records, the oldest first; `chosen` is {class of the events: keys of its records}. One query."""
    classes = {event_class.model: event_class for event_class in chosen}
    for turn in turns_of(chosen):
        event_class = classes[type(turn.record)]
        if turn.kind in event_class.TITLES:
            key = f"{turn.record._meta.model_name}/{turn.record.code}/{turn.row.pk}"
            yield event_class(key, turn.kind, turn, at=turn.at)


def turns_of(chosen):
    """The turns of the records with these keys, those of one record the oldest first. One query.

    The last row of its history says what a record is now, or that it was removed; what was undone within a day is not
    asked.
    """
    rows = list(_rows_of(chosen))
    last, before = {(type(row), row.id): row for row in rows}, {}
    made = [_record_of(row) for row in last.values()]
    records = {(type(one).history.model, one.pk): one for one in printable(made)}
    for row in rows:
        of = type(row), row.id
        if row.history_type == "-" or of not in records:
            continue
        kind, before[of] = kind_of(row, before.get(of)), row
        removed = last[of] if last[of].history_type == "-" else None
        yield Turn(kind, row, records[of], removed)


def _rows_of(chosen):
    """The rows of the histories; a column that one model needs and another one lacks is blank there."""
    more = sorted({name for event_class in chosen for name in event_class.more})
    parts, histories = [], {}
    for event_class, ids in chosen.items():
        history, table = event_class.model.history, event_class.model._meta.model_name
        histories[table] = history.model
        blank = Value("", CharField())
        of_it = {f"more_{name}": F(name) if name in event_class.more else blank for name in more}
        rows = history.filter(id__in=ids, history_taken_back=False).order_by()
        rows = rows.annotate(**of_it, table=Value(table, CharField()))
        parts.append(rows.values(*OF_HISTORY, *TOLD, *of_it, "table"))
    for said in parts[0].union(*parts[1:], all=True).order_by("history_id"):
        yield _with_columns(
            histories[said["table"]], {name.removeprefix("more_"): value for name, value in said.items()}
        )


def _record_of(row):
    """The record as a row of its history has it, as far as it was read."""
    return _with_columns(row.instance_type, vars(row))


def _with_columns(model, columns):
    """A row of the model with those of the columns that it has."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in columns]
    return model.from_db(None, names, [columns[name] for name in names])


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
