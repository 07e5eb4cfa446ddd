"""The Coordinators' reports on the page of their subject, read with its meetings and documents in one query."""

import datetime
from typing import NamedTuple

from django.db.models import CharField, DateField, F, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from iscg_portal.tenure.dates import print_date
from meetings.models import Meeting
from meetings.templatetags.held_about_subject import TITLES, Part
from reports.models import CoordinatorReport


class ReportLine(NamedTuple):
    """A report in a line: the meeting that received it, its page, who wrote it, the day on which it came."""

    meeting: str
    url: str
    person: str
    received: str


def _rows(code):
    def text(value=""):
        return Value(value, CharField())

    return (
        CoordinatorReport.objects.public()
        .filter(subject__code=code)
        .order_by()
        .annotate(
            table=text("report"),
            name=F("meeting__code"),
            address=Concat("meeting__code", Value("/"), "subject__slug", output_field=CharField()),
            day=F("meeting__starts_on"),
            last=Coalesce("meeting__ends_on", "meeting__starts_on"),
            exactly=text(Meeting.Precision.DAY.value),
            word=text(),
            because=Concat("person__honorific", Value(" "), "person__name", output_field=CharField()),
            where=text(),
            told=Cast("received_on", DateField()),
            original_language=text("en"),
            **{title: text() for title in TITLES},
        )
    )


def _line(row):
    meeting = Meeting(code=row["name"], body="ISCG")
    received: datetime.date = row["told"]
    url = reverse("reports:coordinator-report", args=[row["address"]])
    return ReportLine(meeting.name, url, row["because"].strip(), print_date(received))


REPORTS = Part("report", _rows, _line, "reports/_about_subject.html")
