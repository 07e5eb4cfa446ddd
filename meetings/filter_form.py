"""The questions above a list of meetings or documents as a form: what can be chosen, and what was.

Codes are offered as a list while they are few, else as a field in which one is written: so a page costs the same
however many meetings and subjects are on record.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from iscg_portal.tables import read_choice
from meetings.filters import TIMES, DocumentFilters, chosen_documents
from meetings.models import Document, Meeting, MeetingBody
from subjects.models import Subject

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
        Question("state", _("State"), Meeting.State.choices, filters.state),
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
