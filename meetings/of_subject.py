"""What happened lately on a subject: documents about it, meetings of its Coordinators or with it on the agenda."""

import datetime
from typing import NamedTuple

from django.db.models import CharField, DateField, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from iscg_portal.prepared import ask
from iscg_portal.tenure.dates import print_days
from iscg_portal.translated import Text, columns_of, first_text
from meetings.filters import DocumentFilters, about_subject, chosen_documents
from meetings.models import Meeting
from members.url_base import url_base

MOST = 10
LONG_AGO = datetime.date(1, 1, 1)  # where a document without a date stands
COLUMNS = ("kind", "name", "address", "day", "last", "exactly", "word", "original_language", *columns_of("title"))


class Lately(NamedTuple):
    """A document or a meeting; `called_off` is the word for what is withdrawn or does not take place."""

    name: str
    url: str
    title: Text
    dates: str
    called_off: str


def lately(code, until):
    """The last documents and meetings of the subject that are not later than a day, the latest first. One query."""
    bases = {kind: url_base(f"meetings:{kind}-detail") for kind in ("document", "meeting")}
    for kind, name, address, day, last, exactly, word, original, *titles in ask(_lately, code, until):
        dates = print_days(day, max(day, last), exactly) if day != LONG_AGO else ""
        title = first_text(titles, original)
        yield Lately(name, f"{bases[kind]}{address}/", title, dates, _word(kind, word))


def _word(kind, word):
    if kind == "document":
        return _("withdrawn") if word else ""
    called_off = (Meeting.State.CANCELLED, Meeting.State.POSTPONED)
    return str(Meeting.State(word).label) if word in called_off else ""


def _lately(code, until):
    long_ago = Value(LONG_AGO, output_field=DateField())
    documents = chosen_documents(DocumentFilters()).filter(subjects__code=code).order_by()
    documents = documents.annotate(
        kind=Value("document", output_field=CharField()),
        name=F("number"),
        address=F("slug"),
        day=Coalesce("dated_on", long_ago),
        last=Coalesce("dated_on", long_ago),
        exactly=Value(Meeting.Precision.DAY.value, output_field=CharField()),
        word=F("withdrawn_because"),
    )
    meetings = about_subject(code, Meeting.objects.rewrite(False)).order_by()
    meetings = meetings.annotate(
        kind=Value("meeting", output_field=CharField()),
        name=F("code"),
        address=F("code"),
        day=F("starts_on"),
        last=Coalesce("ends_on", "starts_on"),
        exactly=F("precision"),
        word=F("state"),
    )
    newest = (rows.filter(day__lte=until).values_list(*COLUMNS) for rows in (documents, meetings))
    first, second = newest
    return first.union(second, all=True).order_by("-day", "name")[:MOST]
