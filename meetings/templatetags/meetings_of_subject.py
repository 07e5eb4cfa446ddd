"""What the page of a subject, which lies below, says of meetings and documents."""

import datetime
from typing import NamedTuple

from django import template
from django.db.models import CharField, DateField, F, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import print_days
from iscg_portal.translated import Text, columns_of, first_text
from meetings.filters import DocumentFilters, about_subject, chosen_documents
from meetings.models import Meeting

register = template.Library()

MOST = 10
LONG_AGO = datetime.date(1, 1, 1)  # where a document without a date stands
TITLES = columns_of("title")
COLUMNS = ("kind", "name", "address", "day", "last", "exactly", "word", "because", "original_language", *TITLES)


@register.inclusion_tag("meetings/_of_subject.html")
def meetings_of_subject(code, day, today):
    """The last meetings and documents of the subject; on another day than today, those up to it."""
    return {"code": code, "latest": latest(code, datetime.date.max if day == today else day)}


class MeetingOrDocument(NamedTuple):
    """A document or a meeting; `called_off` says in a word, and `because` why, it is withdrawn or does not take place.

    `unresolved` says of a meeting that is over that nobody recorded whether it was held.
    """

    name: str
    url: str
    title: Text
    dates: str
    called_off: str
    unresolved: str
    because: str


def latest(code, until) -> list[MeetingOrDocument]:
    """The last documents and meetings of the subject that are not later than a day, the latest first. One query."""
    found = [rows.filter(day__lte=until).values(*COLUMNS) for rows in (_documents(code), _meetings(code))]
    return [_put(**row) for row in found[0].union(found[1], all=True).order_by("-day", "name")[:MOST]]


def _put(kind, name, address, day, last, exactly, word, because, original_language, **titles):
    dates = print_days(day, max(day, last), exactly) if day != LONG_AGO else ""
    title = first_text([titles[column] for column in TITLES], original_language)
    url = reverse(f"meetings:{kind}-detail", args=[address])
    return MeetingOrDocument(name, url, title, dates, *_words(kind, word, last), because)


def _words(kind, word, last):
    if kind == "document":
        return _("withdrawn") if word else "", ""
    meeting = Meeting(state=word, starts_on=last)
    said = meeting.state_in_words
    return "" if meeting.takes_place else said, said if meeting.is_unresolved() else ""


def _documents(code):
    day = Coalesce("dated_on", Value(LONG_AGO, output_field=DateField()))
    documents = chosen_documents(DocumentFilters()).filter(subjects__code=code).order_by()
    return documents.annotate(
        kind=Value("document", output_field=CharField()),
        name=F("number"),
        address=F("slug"),
        day=day,
        last=day,
        exactly=Value(Meeting.Precision.DAY.value, output_field=CharField()),
        word=F("withdrawn_because"),
        because=F("withdrawn_because"),
    )


def _meetings(code):
    meetings = about_subject(code, Meeting.objects.public()).order_by()
    return meetings.annotate(
        kind=Value("meeting", output_field=CharField()),
        name=F("code"),
        address=F("code"),
        day=F("starts_on"),
        last=Coalesce("ends_on", "starts_on"),
        exactly=F("precision"),
        word=F("state"),
        because=F("state_note"),
    )
