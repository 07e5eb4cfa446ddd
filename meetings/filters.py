"""What a reader may ask of the meetings and of the register, and the form in which it is asked.

Codes are offered as a list while they are few, else as a field in which one is written: so a page costs the same
however many meetings and subjects are on record.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import MeetingBody
from iscg_portal.tables import read_choice
from iscg_portal.tenure.dates import FIRST_YEAR, LAST_YEAR
from meetings.models import AgendaSubject, Document, DocumentSubject, Meeting
from meetings.models.meeting_states import STATE_OF_UNRESOLVED, UNRESOLVED
from subjects.models import Subject

COMING, OVER = "coming", "over"
STATES = {**dict(Meeting.State.choices), UNRESOLVED: STATE_OF_UNRESOLVED}
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


MOST = 60


@dataclass(frozen=True)
class Codes:
    """The codes that a question offers, with their labels; `all_of_them` is False where there are more on record."""

    name: str
    choices: dict[str, str]
    all_of_them: bool
    on_record: QuerySet

    def read(self, request):
        """The code that the address asks for, blank for none. Errors: BadRequest with a sentence."""
        code = read_choice(request, self.name, _Everything())
        if code and code not in self.choices and not self.on_record.filter(code=code).exists():
            message = _("“%(value)s” is not a value of “%(name)s”: no such code is on record.")
            raise BadRequest(message % {"value": code[:40], "name": self.name})
        return code


class _Everything:
    """Holds every value."""

    def __contains__(self, value):
        return True


def subject_codes():
    """The subjects by code, with their titles. One query."""
    subjects = Subject.objects.order_by("code").only("code", "original_language", "title")[: MOST + 1]
    return _codes("subject", subjects, str)


def meeting_codes():
    """The meetings that have documents, the newest first. One query."""
    meetings = Meeting.objects.filter(Exists(Document.objects.public().filter(meeting=OuterRef("pk"))))
    return _codes("meeting", meetings.order_by("-starts_on", "code").only("code")[: MOST + 1], lambda one: one.code)


def _codes(name, records, label):
    found = list(records)
    choices = {record.code: label(record) for record in found[:MOST]}
    return Codes(name, choices, len(found) <= MOST, records.model.objects.all())


class Question(NamedTuple):
    """One question: pairs of a value and its label, or without any a field to write in; and what was asked."""

    name: str
    label: str
    options: list[tuple[str, str]]
    asked: str = ""


def meeting_questions(filters, subjects):
    """The questions above the list of meetings. One query, for the years."""
    return [
        Question("body", _("Body"), MeetingBody.choices, filters.body),
        Question("when", _("When"), list(TIMES.items()), filters.when),
        Question("state", _("State"), list(STATES.items()), filters.state),
        _year(_first_and_last(Meeting.objects.all(), "starts_on"), filters.year),
        _code(subjects, _("Subject"), filters.subject),
    ]


def document_questions(filters, meetings, subjects):
    """The questions above the register of documents. One query, for the years."""
    dated = chosen_documents(DocumentFilters()).filter(sort_key__gte="1")  # a few of the archive have no year
    return [
        _code(meetings, _("Meeting"), filters.meeting),
        Question("type", _("Type"), Document.Type.choices, filters.type),
        _year(_first_and_last(dated, "sort_key"), filters.year),
        _code(subjects, _("Subject"), filters.subject),
    ]


def _code(codes, label, asked):
    """A list where it is short; a code that it lacks stands in it once it was asked for."""
    if not codes.all_of_them:
        return Question(codes.name, label, [], asked)
    offered = codes.choices | ({asked: asked} if asked and asked not in codes.choices else {})
    return Question(codes.name, label, list(offered.items()), asked)


def _year(bounds, asked):
    """The years on record, the latest first, and the one that was asked for."""
    first, last = (int(str(value)[:4]) for value in bounds) if bounds else (0, -1)
    years = {*range(first, last + 1), *([asked] if asked else [])}
    return Question("year", _("Year"), [(str(year), str(year)) for year in sorted(years, reverse=True)], str(asked))


def _first_and_last(rows, field):
    """The least and the greatest value, each read off the index; None without a row."""
    last = rows.order_by(f"-{field}").values(field)[:1]
    return rows.order_by(field).annotate(last=Subquery(last)).values_list(field, "last").first()
