"""What a reader may ask of the meetings and of the register."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.scheduled import STATES
from iscg_portal.tables import read_choice
from iscg_portal.tables.questions import (
    COMING,
    OVER,
    TIMES,
    Question,
    codes_of,
    first_and_last,
    read_year,
    year_question,
)
from meetings.models import AgendaSubject, Document, DocumentSubject, Meeting


@dataclass(frozen=True)
class MeetingFilters:
    """What the address asks of the meetings; blank where it asks for all. `on` is the day of `when`."""

    body: str = ""
    state: str = ""
    when: str = ""
    year: int = 0
    subject: str = ""
    on: datetime.date | None = None


@dataclass(frozen=True)
class DocumentFilters:
    """What the address asks of the register; blank where it asks for all."""

    type: str = ""
    meeting: str = ""
    subject: str = ""
    year: int = 0


def read_meeting_filters(request, on, subjects) -> MeetingFilters:
    """Errors: BadRequest with a sentence for a value that is not offered."""
    when = read_choice(request, "when", TIMES)
    return MeetingFilters(
        read_choice(request, "body", MeetingBody.values),
        read_choice(request, "state", STATES),
        when,
        read_year(request),
        subjects.read(request),
        on if when else None,
    )


def read_document_filters(request, meetings, subjects) -> DocumentFilters:
    """Errors: BadRequest with a sentence for a value that is not offered."""
    return DocumentFilters(
        read_choice(request, "type", Document.Type.values),
        meetings.read(request),
        subjects.read(request),
        read_year(request),
    )


def chosen_meetings(filters):
    """The meetings that the filters let through."""
    meetings = Meeting.objects.public()
    if filters.year:
        meetings = meetings.in_year(filters.year)
    if filters.when == COMING:
        meetings = meetings.not_over(filters.on)
    elif filters.when == OVER:
        meetings = meetings.over(filters.on)
    if filters.subject:
        meetings = about_subject(filters.subject, meetings)
    if filters.state:
        meetings = meetings.in_state(filters.state)
    return meetings.filter(body=filters.body) if filters.body else meetings


def about_subject(code, meetings):
    """Meetings of the Coordinators of a subject, and those with the subject on their agenda."""
    on_agenda = AgendaSubject.objects.filter(subject__code=code, item__meeting=OuterRef("pk"))
    return meetings.filter(Q(subject__code=code) | Exists(on_agenda))


def chosen_documents(filters):
    """The documents that the public may see and the filters let through."""
    documents = Document.objects.public()
    if filters.type:
        documents = documents.filter(type=filters.type)
    if filters.meeting:
        documents = documents.filter(meeting__code=filters.meeting)
    if filters.subject:
        about = DocumentSubject.objects.filter(subject__code=filters.subject)
        documents = documents.filter(pk__in=about.values("document"))
    if filters.year:  # the place in the register begins with the year
        documents = documents.filter(sort_key__gte=f"{filters.year}.", sort_key__lt=f"{filters.year + 1}.")
    return documents


def meeting_codes():
    """The meetings that have documents, the newest first. One query."""
    meetings = Meeting.objects.filter(Exists(Document.objects.public().filter(meeting=OuterRef("pk"))))
    return codes_of("meeting", meetings.order_by("-starts_on", "code").only("code"), lambda one: one.code)


def meeting_questions(filters, subjects):
    """The questions above the list of meetings. One query, for the years."""
    return [
        Question("body", _("Body"), MeetingBody.choices, filters.body),
        Question("when", _("When"), list(TIMES.items()), filters.when),
        Question("state", _("State"), list(STATES.items()), filters.state),
        year_question(first_and_last(Meeting.objects.all(), "starts_on"), filters.year),
        subjects.question(_("Subject"), filters.subject),
    ]


def document_questions(filters, meetings, subjects):
    """The questions above the register of documents. One query, for the years."""
    dated = chosen_documents(DocumentFilters()).filter(sort_key__gte="1")  # a few of the archive have no year
    return [
        meetings.question(_("Meeting"), filters.meeting),
        Question("type", _("Type"), Document.Type.choices, filters.type),
        year_question(first_and_last(dated, "sort_key"), filters.year),
        subjects.question(_("Subject"), filters.subject),
    ]
