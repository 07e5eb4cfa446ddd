"""What the page of a subject, which lies below, says of activities, meetings and documents: read in one query."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django import template
from django.db.models import CharField, DateField, F, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import pgettext

from iscg_portal.tenure.dates import print_days
from iscg_portal.translated import Text, columns_of, first_text
from meetings.filters import DocumentFilters, about_subject, chosen_documents
from meetings.models import Meeting
from studies.models import Activity

register = template.Library()

MOST, MOST_ACTIVITIES = 10, 8
LONG_AGO = datetime.date(1, 1, 1)  # where a document without a date stands
TITLES = columns_of("title")
COLUMNS = (
    "table",
    "name",
    "address",
    "day",
    "last",
    "exactly",
    "word",
    "because",
    "where",
    "told",
    "original_language",
)
COLUMNS += TITLES
NO_PLACE = {"where": Value("", CharField()), "told": Cast(Value(None), DateField())}


class Part(NamedTuple):
    """What an app above says of a subject in the same query: `rows(code)` with these columns, each `made` into what its
    template prints.
    """

    table: str
    rows: Callable
    made: Callable
    template: str


PARTS: list[Part] = []  # each app adds its own in its `AppConfig.ready`


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
    title: Text
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
    held, papers, found = read_latest(
        until,
        (activity_rows(Activity.objects.public().about(code)), MOST_ACTIVITIES + 1, "-name"),
        (document_rows(documents), MOST, "name"),
        (meeting_rows(about_subject(code, Meeting.objects.public())), MOST, "name"),
        *((part.rows(code), MOST, "name") for part in PARTS),
    )
    others = [(one.template, [one.made(row) for row in found if row["table"] == one.table]) for one in PARTS]
    return held, papers, others


def read_latest(until, *sources) -> tuple[list[Activity], list[MeetingOrDocument], list[dict]]:
    """Of rows with the columns of `COLUMNS` what is not later than a day: activities, papers, and all rows.

    `sources` are (rows, how many of them, by what those of one day are ordered). One query.
    """
    parts = []
    for rows, most, order in sources:
        newest = rows.filter(day__lte=until).order_by("-day", order)[:most]
        chosen = rows.filter(pk__in=newest.values("pk")).order_by()
        chosen = chosen.rewrite(False) if hasattr(chosen, "rewrite") else chosen  # texts in six languages as they are
        parts.append(chosen.values(*COLUMNS))
    found = list(parts[0].union(*parts[1:], all=True).order_by("-day", "name"))
    held = sorted((_activity(**row) for row in found if row["table"] == "activity"), key=_newest, reverse=True)
    papers = [_put(**row) for row in found if row["table"] in ("document", "meeting")][:MOST]
    return held, papers, found


def _newest(activity):
    return activity.starts_on, activity.code


def _activity(table, name, address, day, last, exactly, word, because, where, told, original_language, **titles):
    days = {"starts_on": day, "ends_on": last, "precision": exactly, "source_dated_on": told}
    said = {"code": name, "state": word, "state_note": because, "place": where}
    return Activity(**days, **said, original_language=original_language, **titles)


def _put(table, name, address, day, last, exactly, word, because, where, told, original_language, **titles):
    dates = print_days(day, max(day, last), exactly) if day != LONG_AGO else ""
    title = first_text([titles[column] for column in TITLES], original_language)
    url = reverse(f"meetings:{table}-detail", args=[address])
    return MeetingOrDocument(name, url, title, dates, *_words(table, word, last), because, where)


def _words(table, word, last):
    if table == "document":
        return pgettext("document", "withdrawn") if word else "", ""
    meeting = Meeting(state=word, starts_on=last)
    said = meeting.state_in_words
    return "" if meeting.takes_place else said, said if meeting.is_unresolved() else ""


def document_rows(documents):
    """Documents in the columns that are read."""
    day = Coalesce("dated_on", Value(LONG_AGO, output_field=DateField()))
    return documents.order_by().annotate(
        table=Value("document", output_field=CharField()),
        name=F("number"),
        address=F("slug"),
        day=day,
        last=day,
        exactly=Value(Meeting.Precision.DAY.value, output_field=CharField()),
        word=F("withdrawn_because"),
        because=F("withdrawn_because"),
        **NO_PLACE,
    )


def meeting_rows(meetings):
    """Meetings in the columns that are read."""
    return meetings.order_by().annotate(
        table=Value("meeting", output_field=CharField()),
        name=F("code"),
        address=F("code"),
        day=F("starts_on"),
        last=Coalesce("ends_on", "starts_on"),
        exactly=F("precision"),
        word=F("state"),
        because=F("state_note"),
        **NO_PLACE,
    )


def activity_rows(activities):
    """Activities in the columns that are read."""
    return activities.annotate(
        table=Value("activity", output_field=CharField()),
        name=F("code"),
        address=F("code"),
        day=F("starts_on"),
        last=Coalesce("ends_on", "starts_on"),
        exactly=F("precision"),
        word=F("state"),
        because=F("state_note"),
        where=F("place"),
        told=F("source_dated_on"),
    )
