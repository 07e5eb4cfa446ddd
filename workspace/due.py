"""What is due from a Coordinator: the report of each subject to the meetings that come, and to the one just held."""

import datetime
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Meeting
from subjects.models import Coordinator, Subject
from workspace.models import ReportDraft


@dataclass(frozen=True)
class DueReport:
    """A report that is asked of one person, for a meeting on its days."""

    subject: Subject
    meeting: Meeting
    term: Coordinator
    draft: ReportDraft | None
    is_late: bool

    @property
    def url(self):
        """The page on which it is written."""
        return address_of(self.subject, self.meeting)

    @property
    def state(self):
        """How far it is, in words."""
        return self.draft.get_state_display() if self.draft else _("not begun")

    @property
    def is_for_successor(self):
        """Whether the term ends before the meeting does, so that somebody else reports to it."""
        return self.term.ends_on is not None and self.term.ends_on <= self.meeting.last_day


@dataclass(frozen=True)
class ListedDraft:
    """A draft among one's own; without an address where the office ended since."""

    draft: ReportDraft
    url: str


def address_of(subject, meeting):
    """The page of the report of a subject to a meeting."""
    return reverse("workspace:report-draft", args=[subject.slug, meeting.code])


def due_of(held, drafts, on: datetime.date) -> list[DueReport]:
    """What is due from the holder of these offices, by the meeting's days; one query, none without a subject.

    A meeting that was called off asks for none, nor one that was over before the term began.
    """
    terms = [office.term for office in held if office.kind == "coordinator"]
    if not terms:
        return []
    received = Q(coordinator_reports__received_on__isnull=False)
    asking = meetings_that_ask(on).annotate(received=FilteredRelation("coordinator_reports", condition=received))
    rows = list(asking.annotate(subject_received=F("received__subject")))  # a row for each report on record, or one
    there = {(row.subject_received, row.pk) for row in rows}
    meetings = list({row.pk: row for row in rows}.values())
    own = {(draft.subject_id, draft.meeting_id): draft for draft in drafts}
    return [
        DueReport(term.subject, meeting, term, own.get((term.subject_id, meeting.pk)), meeting.starts_on < on)
        for meeting in meetings
        for term in terms
        if term.starts_on <= meeting.last_day and (term.subject_id, meeting.pk) not in there
    ]


def meetings_that_ask(on):
    """The group's meetings that come, and the last one that was held."""
    group = Meeting.objects.of_the_group().not_called_off()
    last = Subquery(group.over(on).values("pk")[:1])
    return group.filter(Q(pk__in=group.not_over(on).values("pk")) | Q(pk=last)).order_by("starts_on", "code")


def listed(drafts, held) -> list[ListedDraft]:
    """One's drafts, each with its page while one coordinates its subject."""
    subjects = {office.subject.pk for office in held if office.kind == "coordinator"}
    return [
        ListedDraft(draft, address_of(draft.subject, draft.meeting) if draft.subject_id in subjects else "")
        for draft in drafts
    ]


def drafts_of(person_id, most):
    """The newest drafts of a person; one query."""
    found = ReportDraft.objects.filter(person=person_id).select_related("subject", "meeting")
    return list(found[:most]) if person_id else []
