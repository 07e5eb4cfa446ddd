"""The questions above a list as a form: what can be chosen, and what was."""

from typing import NamedTuple

from django.db.models import Subquery
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from iscg_portal.fragments import remembered
from iscg_portal.prepared import ask
from meetings.filters import TIMES, DocumentFilters, chosen_documents
from meetings.models import Document, Meeting
from meetings.models.meetings import MeetingBody


class Option(NamedTuple):
    """One value of a question."""

    value: str
    label: str
    chosen: bool


class Question(NamedTuple):
    """One question: a list of options, or without any a field with what was written in it."""

    name: str
    label: str
    options: tuple[Option, ...]
    written: str = ""


def meeting_form(path, filters, subjects, on=""):
    """The form above the list of meetings; `on` is the day that stays asked for. One query, for the years."""
    years = [(first.year, last.year) for first, last in ask(_first_and_last_meeting)]
    return _form(
        path,
        on,
        _question("body", _("Body"), MeetingBody.choices, filters.body),
        _question("when", _("When"), TIMES.items(), filters.when),
        _question("state", _("State"), Meeting.State.choices, filters.state),
        _question("year", _("Year"), _years(years, filters.year), str(filters.year)),
        _code(subjects, _("Subject"), filters.subject),
    )


def document_form(path, filters, meetings, subjects):
    """The form above the register. One query, for the years."""
    years = [(int(first[:4]), int(last[:4])) for first, last in ask(_first_and_last_document)]
    return _form(
        path,
        "",
        _code(meetings, _("Meeting"), filters.meeting),
        _question("type", _("Type"), Document.Type.choices, filters.type),
        _question("year", _("Year"), _years(years, filters.year), str(filters.year)),
        _code(subjects, _("Subject"), filters.subject),
    )


@remembered
def _form(path, on, *questions):
    return render_to_string("meetings/_form.html", {"path": path, "on": on, "questions": questions})


def _question(name, label, pairs, chosen):
    return Question(name, label, tuple(Option(value, str(text), value == chosen) for value, text in pairs))


def _code(offered, label, chosen):
    """A list while it is short; a value that it lacks stands in it once it was asked for."""
    if not offered.whole:
        return Question(offered.name, label, (), chosen)
    pairs = dict(offered.choices)
    if chosen:
        pairs.setdefault(chosen, chosen)
    return _question(offered.name, label, pairs.items(), chosen)


def _years(bounds, chosen):
    """The years on record, the latest first, and the one that was asked for."""
    years = {chosen} if chosen else set()
    for first, last in bounds:
        years |= set(range(first, last + 1))
    return [(str(year), year) for year in sorted(years, reverse=True)]


def _first_and_last_meeting():
    return _first_and_last(Meeting.objects.rewrite(False), "starts_on")


def _first_and_last_document():
    dated = chosen_documents(DocumentFilters()).filter(sort_key__gte="1")  # a few of the archive have no year
    return _first_and_last(dated, "sort_key")


def _first_and_last(rows, field):
    last = rows.order_by(f"-{field}").values(field)[:1]
    return rows.order_by(field).annotate(last=Subquery(last)).values_list(field, "last")[:1]
