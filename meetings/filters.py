"""What a reader may ask of the meetings and of the register: whose, in what state, which year, about which subject."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.tables import read_choice
from iscg_portal.tenure.as_on import FIRST_YEAR, LAST_YEAR
from meetings.models import AgendaSubject, Document, DocumentSubject, Meeting
from meetings.models.meetings import MeetingBody

COMING, OVER = "coming", "over"
TIMES = {COMING: gettext_lazy("to come"), OVER: gettext_lazy("past")}


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
        read_choice(request, "state", Meeting.State.values),
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


def read_year(request):
    """`?year=2025`; 0 for none. Errors: BadRequest with a sentence."""
    values = request.GET.getlist("year")
    if len(values) > 1:
        raise BadRequest(_("The address gives “%(name)s” more than once.") % {"name": "year"})
    text = values[0] if values else ""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        message = _("“%(text)s” is not a year from %(first)d to %(last)d; write it as in year=2025.")
        raise BadRequest(message % {"text": text[:40], "first": FIRST_YEAR, "last": LAST_YEAR})
    return int(text)


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
    plain = {"body": filters.body, "state": filters.state}
    return meetings.filter(**{name: value for name, value in plain.items() if value})


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
