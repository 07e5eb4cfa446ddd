"""The meetings of the group and of the bodies around it, and one meeting with its agenda (clauses W1, W3, W4)."""

from collections import defaultdict
from itertools import groupby
from operator import attrgetter

from django.db.models import F, FilteredRelation, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.tables import file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from meetings.filters import (
    DocumentFilters,
    chosen_documents,
    chosen_meetings,
    meeting_questions,
    read_meeting_filters,
)
from meetings.models import Document, Meeting
from meetings.pages.meeting_beside import beside, decisions_of, timeliness
from meetings.tables import documents_table, meetings_in_full, meetings_table
from subjects.codes import subject_codes


@public_page
@takes("on", "body", "state", "when", "year", "subject", "sort", "page")
def meeting_list(request, format=None):
    """The meetings that the address asks for, the latest first, or the same as a file."""
    day, subjects = read_day(request), subject_codes()
    filters = read_meeting_filters(request, day.on, subjects)
    meetings = chosen_meetings(filters).order_by("-starts_on", "code")
    if format:
        return file_of(request, meetings_table(meetings_in_full(meetings), day.on), format)
    context = {
        "announced": Meeting.objects.public().announced(day.on),
        "questions": meeting_questions(filters, subjects),
        "asked_day": "" if day.is_today else day.on.isoformat(),
        "year": filters.year or day.on.year,
        "table": shown(request, meetings_table(meetings, day.on)),
    }
    return render(request, "meetings/meeting_list.html", context | day.context)


class MeetingPapers:
    """The documents of a meeting, read once for their table, the agenda and the deadlines; files for the rows shown."""

    def __init__(self, documents):
        self.documents = documents

    @cached_property
    def all(self):
        """All of them, without their files. One query."""
        return list(self.documents)

    def order_by(self, *order):
        """The same in another order."""
        return MeetingPapers(self.documents.order_by(*order))

    def __len__(self):
        return len(self.all)

    def __getitem__(self, wanted):
        rows = self.all[wanted]
        prefetch_related_objects(rows, Document.objects.public_files())
        return rows


@public_page
@takes("sort", "page")
def meeting_detail(request, code):
    """The meeting with this code. At most eight queries: one for each kind of what stands beside it."""
    meeting = read_meeting(code)
    documents = chosen_documents(DocumentFilters(meeting=code)).order_by("sort_key", "pk")
    table = shown(request, documents_table(MeetingPapers(documents), sort="number"))
    whole, papers = not table.page.has_other_pages(), table.table.rows.all
    for deadline in meeting.all_deadlines:
        deadline.timeliness = timeliness(deadline, papers)
    meeting.has_timeliness = any(deadline.timeliness for deadline in meeting.all_deadlines)
    context = {
        "meeting": meeting,
        "has_register": meeting.body == MeetingBody.ISCG,
        "agenda": agenda_of(meeting, papers),
        "table": table,
        "has_files": not whole or any(document.public_files for document in table.rows),
        "beside": beside(meeting),
        "decided": decisions_of(meeting),
    }
    return render(request, "meetings/meeting_detail.html", context)


def read_meeting(code):
    """The meeting with its `all_deadlines` and the meetings `held_beside` it.

    One query: a row for each deadline, of which a meeting has one of each kind at most. Errors: Http404.
    """
    rows = (
        Meeting.objects.public()
        .filter(Q(code=code) | Q(together_with__in=Meeting.objects.filter(code=code).order_by().values("pk")))
        .annotate(deadline=FilteredRelation("deadlines"))
        .join_public("subject", "together_with")
        .select_related("deadline")
        .order_by("starts_on", "code", "-deadline__days_before", "deadline__hour", "deadline__kind")
    )
    by_code = {code: list(same) for code, same in groupby(rows, key=attrgetter("code"))}
    if code not in by_code:
        raise Http404(_("No meeting with this code is on record."))
    own = by_code.pop(code)
    meeting = own[0]
    deadlines = [row.deadline for row in own if hasattr(row, "deadline")]
    meeting.all_deadlines = sorted(deadlines, key=attrgetter("is_after"))  # those after the meeting come last
    meeting.held_beside = [same[0] for same in by_code.values()]
    return meeting


def agenda_of(meeting, documents):
    """The points of the agenda in their order: each with what it is `about` and with `all_documents` on it. One query.

    `about` are the codes and slugs of its subjects.
    """
    documents_of = defaultdict(list)
    for document in documents:
        documents_of[document.agenda_item_id].append(document)
    rows = meeting.agenda.annotate(code=F("subjects__code"), slug=F("subjects__slug"))
    agenda = []
    for pk, same in groupby(rows.order_by("position", "pk", "subjects__code"), key=attrgetter("pk")):
        same = list(same)
        item = same[0]
        item.about = [(row.code, row.slug) for row in same if row.code]
        item.all_documents = documents_of[pk]
        agenda.append(item)
    return agenda
