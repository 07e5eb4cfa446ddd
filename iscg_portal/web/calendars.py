"""What every calendar for calendar programs shares, as iCalendar (RFC 5545): its form, time zones, UID and SEQUENCE.

An event keeps its UID for ever. Its SEQUENCE counts the recorded changes of what an event says, from the history. A
code stays with its record, so what was removed as a mistake and entered again goes on where it was. What is cancelled
or postponed is CANCELLED on the days that were announced, so that it leaves the calendars that have it; once what was
postponed has new days, it stands on them again. What has no day that is known has no event: it would have to stand on
a day that nobody announced.
"""

import copy
import datetime
import uuid
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from icalendar import Calendar, Event, Timezone

from iscg_portal.fixed_terms import place_name
from iscg_portal.languages import HTML_LANG
from iscg_portal.mail.outbox import isolated
from iscg_portal.plain_text import cleaned
from iscg_portal.scheduled import Precision, State
from iscg_portal.tenure.dates import A_DAY, GENEVA, is_of_record

STATUS = {
    State.PLANNED: "TENTATIVE",
    State.CONFIRMED: "CONFIRMED",
    State.HELD: "CONFIRMED",
    State.CANCELLED: "CANCELLED",
    State.POSTPONED: "CANCELLED",  # on the days that calendars have, it does not take place
}
NAMESPACE = uuid.UUID("dc80af15-676e-5d44-95b2-2c2eee9ba722")  # of the portal's events, for ever
LONGEST_WAIT = datetime.timedelta(hours=12)  # until a program should look again
DAYS = ("starts_on", "ends_on", "precision")


class EventWords(NamedTuple):
    """What an event says of a record: from when to when, its summary, the lines below it, and the summary's language.

    `key` names it among all events of the portal; a blank `lang` is that of the page.
    """

    key: str
    span: tuple
    summary: str
    lines: Iterable[str]
    categories: list[str]
    lang: str = ""


class EventsOf(NamedTuple):
    """One kind of record as events: how programs call their calendar, the columns that an event tells, and its words.

    `when` are those of the columns that say on which days it stands.
    """

    called: str
    columns: tuple[str, ...]
    tell: Callable[..., EventWords]
    when: tuple[str, ...] = DAYS


def uid_of(key) -> str:
    """The UID of an event, from the key of its record among all events of the portal."""
    return str(uuid.uuid5(NAMESPACE, key))


class Past(NamedTuple):
    """How often a record changed, when last, and the days that were announced last as a dictionary, if any were."""

    sequence: int
    changed_at: datetime.datetime
    announced: dict | None


def _pasts(records, said, when) -> dict[str, Past]:
    """The past of each record (of a queryset) by its code. One query."""
    changes = records.model.history.model.objects.filter(code__in=records.order_by().values("code"))
    changes = changes.order_by("code", "history_date", "history_id")
    rows = changes.values("code", "history_date", "history_type", *said)
    return {code: _past(group, said, when) for code, group in groupby(rows, key=itemgetter("code"))}


def _past(changes, said, when):
    sequence, before, changed_at, announced = -1, None, None, None
    for change in changes:
        told = None if change["history_type"] == "-" else tuple(change[name] for name in said)
        if changed_at is None or told != before:
            sequence, before, changed_at = sequence + 1, told, change["history_date"]
        if told and change["precision"] == Precision.DAY and is_of_record(change["starts_on"]):
            announced = {name: change[name] for name in when}
    return Past(sequence, changed_at, announced)


def _past_without_history(record):
    """Of a record that has none."""
    return Past(0, datetime.datetime.combine(record.starts_on, datetime.time(), GENEVA), None)


def _as_announced(record, past):
    """The record on the days that were announced last, and the STATUS of its event.

    (None, "") where no day was ever announced, or where it was held on days not known.
    """
    status = "TENTATIVE" if record.is_unresolved() else STATUS[record.state]
    if record.precision == Precision.DAY:
        return record, status
    if past.announced is None or record.state == State.HELD:
        return None, ""
    record = copy.copy(record)
    vars(record).update(past.announced)
    return record, "CANCELLED"  # no longer on the days that calendars have


def whole_days(record):
    """From when to when an event lasts that has no hours: to the day after its last one."""
    return record.starts_on, record.last_day + A_DAY


def calendar_of(kind: EventsOf, records, name) -> bytes:
    """The iCalendar text of the records (a queryset) in the active language. Two queries."""
    past_of = _pasts(records, kind.columns, kind.when)
    calendar = Calendar()
    calendar.add("prodid", f"-//ISCG//{kind.called}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", isolated(name))
    calendar.add("refresh-interval", LONGEST_WAIT, parameters={"VALUE": "DURATION"})
    for record in records:
        past = past_of.get(record.code) or _past_without_history(record)
        record, status = _as_announced(record, past)
        if record is not None:
            calendar.add_component(_event(record, kind.tell(record), past, status))
    _add_time_zones(calendar)
    return calendar.to_ical()


def _event(record, told, past, status):
    starts, ends = told.span
    event = Event()
    event.add("uid", uid_of(told.key))
    event.add("sequence", past.sequence)
    event.add("dtstamp", past.changed_at)
    event.add("last-modified", past.changed_at)
    event.add("status", status)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("transp", "OPAQUE" if isinstance(starts, datetime.datetime) else "TRANSPARENT")
    event.add("url", settings.SITE_URL + record.get_absolute_url())
    if record.place:
        event.add("location", isolated(cleaned(place_name(record.place))))
    event.add(
        "summary", isolated(cleaned(told.summary)), parameters={"LANGUAGE": told.lang or HTML_LANG[get_language()]}
    )
    event.add("description", isolated("\n".join(map(cleaned, told.lines))))
    event.add("categories", list(map(cleaned, told.categories)))
    return event


def calendar_response(kind: EventsOf, records, name, file_name):
    """The answer that calendar programs expect."""
    response = HttpResponse(calendar_of(kind, records, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return response


def _add_time_zones(calendar):
    """The zones that the events name, as the library writes them, for the years of the events."""
    zones = sorted(calendar.get_missing_tzids())
    if zones:
        days = [event.start for event in calendar.events if isinstance(event.start, datetime.datetime)]
        first, last = min(day.year for day in days), max(day.year for day in days)
        calendar.subcomponents[:0] = [_time_zone(zone, first, last) for zone in zones]


@lru_cache(maxsize=200)
def _time_zone(zone, first, last):
    return Timezone.from_tzid(zone, first_date=datetime.date(first - 1, 1, 1), last_date=datetime.date(last + 2, 1, 1))
