"""What the page of a subject, which lies below, says of activities, meetings and documents: read in one query."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django import template
from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import pgettext

from iscg_portal.tenure.dates import print_days
from iscg_portal.translated import TextShown, columns_of
from meetings.filters import DocumentFilters, about_subject, chosen_documents
from meetings.models import Decision, Document, Meeting
from studies.models import Activity

register = template.Library()

MOST, MOST_ACTIVITIES = 10, 8
LONG_AGO = datetime.date(1, 1, 1)  # where a document without a date stands
TITLE = ("original_language", *columns_of("title"))
OF_ACTIVITY = ("code", "starts_on", "ends_on", "precision", "state", "state_note", "place", "source_dated_on", *TITLE)
OF_MEETING = ("code", "starts_on", "ends_on", "precision", "state", "state_note", *TITLE)
OF_DOCUMENT = ("number", "slug", "dated_on", "withdrawn_because", *TITLE)
OF_DECISION = ("pk", "kind", "number", "owner", "due_on", "closed_on", "closed_because", "original_language")
OF_DECISION += columns_of("wording")


class PartOfSubject(NamedTuple):
    """What the same query says of another kind of record: `rows(code)` of a subject, as `as_rows` gives them.

    `made` makes of what each says what its template prints.
    """

    table: str
    rows: Callable
    made: Callable
    template: str


class DatedRows(NamedTuple):
    """Records (a queryset) as rows of one query over several tables: `day` and `name` order them.

    What each says, its `columns` and `others`, is one value; a name that ends in `_on` is a day.
    """

    table: str
    records: QuerySet
    day: F | Coalesce
    name: F
    said: JSONObject

    def latest(self, until, most, order):
        """The `most` that are not later than a day, by day and then by `order`."""
        dated = self.records.alias(day=self.day, name=self.name).filter(day__lte=until)
        records = self.records.model.objects.filter(pk__in=dated.order_by("-day", order).values("pk")[:most]).order_by()
        # Texts in six languages are taken as they are.
        records = records.rewrite(False) if hasattr(records, "rewrite") else records
        kept = {"table": Value(self.table, CharField()), "day": self.day, "name": self.name, "said": self.said}
        return records.annotate(**kept).values_list(*kept)


def as_rows(table, records, day, name, *columns, **others) -> DatedRows:
    """The records as `DatedRows`; `day` and `name` are columns, or `day` an expression."""
    said = JSONObject(**{column: column for column in columns}, **others)
    return DatedRows(table, records, F(day) if isinstance(day, str) else day, F(name), said)


def decisions_about(code):
    """Decisions and actions about the subject with this code."""
    decisions = Decision.objects.public().filter(subject__code=code)
    meeting = {name: f"meeting__{name}" for name in ("code", "body", "starts_on")}
    return as_rows("decision", decisions, "meeting__starts_on", "number", *OF_DECISION, **meeting)


def decision_of(code, body, starts_on, **said) -> Decision:
    """A row as a decision of its meeting."""
    return Decision(meeting=Meeting(code=code, body=body, starts_on=starts_on), **said)


# Each app above adds its own in its `AppConfig.ready`.
PARTS: list[PartOfSubject] = [
    PartOfSubject("decision", decisions_about, decision_of, "meetings/_decisions_of_subject.html")
]


@register.inclusion_tag("meetings/_of_subject.html")
def held_about_subject(code, day, today):
    """The activities of the subject that begin last, its last meetings and documents; on another day those up to it."""
    activities, papers, parts = latest(code, datetime.date.max if day == today else day)
    more = len(activities) > MOST_ACTIVITIES
    shown = {"activities": activities[:MOST_ACTIVITIES], "more": more, "latest": papers, "parts": parts, "day": day}
    return {"code": code, **shown}


@register.filter
def state_on(decision, day):
    """How a decision or an action stands on a day."""
    return decision.state_on(day)


class MeetingOrDocument(NamedTuple):
    """A document or a meeting; `called_off` says in a word, and `because` why, it is withdrawn or does not take place.

    `unresolved` says of a meeting that is over that nobody recorded whether it was held. `where` is the code of the
    subject, where it stands on a page of several.
    """

    name: str
    url: str
    title: TextShown
    dates: str
    called_off: str
    unresolved: str
    because: str
    where: str = ""


def latest(code, until) -> tuple[list[Activity], list[MeetingOrDocument], list[tuple[str, list]]]:
    """Of the subject what is not later than a day, the latest first: activities, with one more than are shown; papers;
    the templates of other parts, each with its rows.

    One query.
    """
    documents = chosen_documents(DocumentFilters()).filter(subjects__code=code)
    found = read_latest(
        until,
        (activity_rows(Activity.objects.public().about(code)), MOST_ACTIVITIES + 1, "-name"),
        (document_rows(documents), MOST, "name"),
        (meeting_rows(about_subject(code, Meeting.objects.public())), MOST, "name"),
        *((part.rows(code), MOST, "name") for part in PARTS),
    )
    others = [(one.template, [one.made(**said) for table, said in found if table == one.table]) for one in PARTS]
    return activities_of(found), papers_of(found), others


def read_latest(until, *sources) -> list[tuple[str, dict]]:
    """(table, what it says) of the rows that are not later than a day, the latest first.

    `sources` are (rows, how many of them, by what those of one day are ordered). One query.
    """
    parts = [rows.latest(until, most, order) for rows, most, order in sources]
    found = parts[0].union(*parts[1:], all=True).order_by("-day", "name")
    return [(table, _with_days(said)) for table, _day, _name, said in found]


def _with_days(said):
    days = {name: datetime.date.fromisoformat(text) for name, text in said.items() if text and name.endswith("_on")}
    return said | days


def activities_of(found) -> list[Activity]:
    """The activities among the rows, the latest first."""
    activities = [Activity(**said) for table, said in found if table == "activity"]
    return sorted(activities, key=lambda activity: (activity.starts_on, activity.code), reverse=True)


def papers_of(found) -> list[MeetingOrDocument]:
    """The latest meetings and documents among the rows."""
    papers = {"document": _document, "meeting": _meeting}
    return [papers[table](**said) for table, said in found if table in papers][:MOST]


def _document(where="", **said):
    document = Document(**said)
    day, called_off = document.dated_on, document.withdrawn_because and pgettext("document", "withdrawn")
    dates = print_days(day, day, Meeting.Precision.DAY) if day else ""
    shown = document.number, document.get_absolute_url(), document.title_shown, dates
    return MeetingOrDocument(*shown, called_off, "", document.withdrawn_because, where)


def _meeting(where="", **said):
    meeting = Meeting(**said)
    state = meeting.state_in_words
    shown = meeting.code, meeting.get_absolute_url(), meeting.title_shown, meeting.dates
    words = "" if meeting.takes_place else state, state if meeting.is_unresolved() else ""
    return MeetingOrDocument(*shown, *words, meeting.state_note, where)


def document_rows(documents, **others):
    """Documents as rows."""
    day = Coalesce("dated_on", Value(LONG_AGO, output_field=DateField()))
    return as_rows("document", documents, day, "number", *OF_DOCUMENT, **others)


def meeting_rows(meetings, **others):
    """Meetings as rows."""
    return as_rows("meeting", meetings, "starts_on", "code", *OF_MEETING, **others)


def activity_rows(activities):
    """Activities as rows."""
    return as_rows("activity", activities, "starts_on", "code", *OF_ACTIVITY)
