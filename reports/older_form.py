"""What reports of an older form told: they kept keys alone, and `ReportedEvent` has them.

A key names the row, the side, what happened and the day. Where the record no longer says it, the history of the row
gives back what it said.
"""

import datetime
from dataclasses import replace

from changes.offices import MODELS as OFFICES
from changes.offices import OfficeEvent
from changes.subjects import MODELS as OF_SUBJECTS
from changes.subjects import ListingEvent, MandateEvent
from iscg_portal.languages import LANGUAGE_OF_PREFIX
from meetings.models import Meeting
from members.models.groups import CHAIR
from reports.events import WORK, WorkEvent
from reports.models import CoordinatorReport
from reports.statements import Statement, statement_of
from studies.models import Activity

EVENTS = {"listing": ListingEvent, "mandate": MandateEvent}
MODELS = OFFICES | OF_SUBJECTS
WORK_TABLES = {"meeting": Meeting, "coordinatorreport": CoordinatorReport}
TABLES = MODELS | WORK_TABLES | {"activity": Activity}
SIDE = {"start": "began", "end": "ended"}


def old_key_of(statement):
    """The key under which an older report told it; who continues had begun another row of the record."""
    event = statement.event
    if statement.old_key or event is None or statement.kind == "stands":
        return statement.old_key
    if event.topic in WORK:
        table, pk, what = event.key.split("/")
        return f"{table}:{pk}:{what}" + (f":{event.on}" if table == "meeting" else "")
    table, pk, _side = event.key.split("/")
    person = event.about.person.slug if event.topic == "seats" else ""
    name = f"{event.about.office}:{person}" if event.topic == "seats" else f"{table}:{pk}"
    kind = event.kind if event.kind != "continues" else "first recorded" if event.precision == "by" else "began"
    return f"{name}:{'end' if event.is_end else 'start'}:{kind}:{event.on}"


def restored(statement):
    """The statement with all that it said, from the history of its row; the key and the day alone if that is gone."""
    name, pk, side, *rest = statement.old_key.split(":")
    event = _work(name, pk, *rest) if name in WORK_TABLES else _event(name, pk, side, *rest)
    if event is None:
        return _bare(statement.old_key, rest, statement.report)
    return replace(statement_of(event, statement.report), old_key=statement.old_key)


def _event(name, pk, side, kind, on):
    """The event of a key, which has the seat and the person's slug, or the table and the number of the row."""
    table = name if name in MODELS else "chair" if name == CHAIR else "representative"
    which = {"id": pk} if name in MODELS else {"seat": name, "person__slug": pk}
    day = datetime.date.fromisoformat(on)
    row = MODELS[table].history.filter(**which, **{f"{side}s_on": day}).order_by("-history_id").first()
    if row is None:
        return None
    about = row.instance
    key, precision = f"{table}/{about.pk}/{SIDE[side]}", getattr(about, f"{side}s_precision")
    if table in EVENTS:
        return EVENTS[table](key, kind, about, day, precision)
    about.table, about.office = table, name if name not in MODELS else about.subject.code
    if not about.has_public_name:
        about.person, about.country, about.organization = None, None, ""
    return OfficeEvent(key, kind, about, day, precision)


def _work(table, pk, *on):
    row = WORK_TABLES[table].history.filter(id=pk).exclude(history_type="-").order_by("-history_id").first()
    if row is None:
        return None
    about = row.instance
    if table == "meeting":
        return WorkEvent(f"meeting/{pk}/held", "meetings", about, datetime.date.fromisoformat(*on))
    return WorkEvent(f"coordinatorreport/{pk}/received", "received", about, about.meeting.last_day)


def _bare(old_key, rest, report):
    on = datetime.date.fromisoformat(rest[-1]) if rest else datetime.date.min
    words = dict.fromkeys(LANGUAGE_OF_PREFIX, [on.isoformat(), old_key, "", ""])
    return Statement(old_key, on=on, words=words, report=report, old_key=old_key)
