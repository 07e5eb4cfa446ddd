"""The Coordinators' reports on the page of their subject, read with its meetings and documents in one query."""

from typing import NamedTuple

from django.urls import reverse

from iscg_portal.tenure.dates import print_date
from meetings.models import Meeting
from meetings.templatetags.held_about_subject import PartOfSubject, as_rows
from reports.models import CoordinatorReport


class ReportLine(NamedTuple):
    """A report in a line: the meeting that received it, its page, who wrote it, the day on which it came."""

    meeting: str
    url: str
    person: str
    received: str


def _rows(code):
    reports = CoordinatorReport.objects.public().filter(subject__code=code)
    said = {"meeting": "meeting__code", "subject": "subject__slug", "honorific": "person__honorific"}
    said |= {"writer": "person__name", "received_on": "received_on"}
    return as_rows("report", reports, "meeting__starts_on", "meeting__code", **said)


def _line(meeting, subject, honorific, writer, received_on):
    url = reverse("reports:coordinator-report", args=[f"{meeting}/{subject}"])
    return ReportLine(
        Meeting(code=meeting, body="ISCG").name, url, f"{honorific} {writer}".strip(), print_date(received_on)
    )


REPORTS = PartOfSubject("report", _rows, _line, "reports/_about_subject.html")
