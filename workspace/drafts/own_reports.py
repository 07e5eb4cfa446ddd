"""Which reports are due from a Coordinator, and where each of them stands: what there is, whether it can be written."""

import datetime
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import print_moment
from meetings.models import Meeting
from reports.coordinators_due import began_before
from reports.models import CoordinatorReport
from subjects.models import Coordinator, Subject
from workspace.models import ReportDraft

A_YEAR = datetime.timedelta(days=365)


@dataclass
class OwnReport:
    """The report of a subject to a meeting, for the person who coordinates the subject by `term` on the day."""

    subject: Subject
    meeting: Meeting
    term: Coordinator

    @cached_property
    def drafts(self):
        """Every draft for the subject and the meeting, whoever wrote it."""
        found = ReportDraft.objects.filter(subject=self.subject, meeting=self.meeting).select_related("person")
        return list(found.order_by("saved_at"))

    @property
    def draft(self):
        """The person's own draft, if anything was saved yet."""
        return next((draft for draft in self.drafts if draft.person_id == self.term.person_id), None)

    @property
    def others(self):
        """What others wrote for this report, for example a predecessor before a handover."""
        return [draft for draft in self.drafts if draft.person_id != self.term.person_id and draft.texts()]

    @cached_property
    def last(self):
        """The last report on the subject that was accepted, to an earlier meeting."""
        return CoordinatorReport.objects.last_before(self.subject, self.meeting)

    @cached_property
    def on_record(self):
        """The report to this meeting that the record has already, if any."""
        of_meeting = CoordinatorReport.objects.received().filter(subject=self.subject, meeting=self.meeting)
        return of_meeting.select_related("person").first()

    def beginning(self):
        """The six texts with which the page opens: one's own, else those of the last accepted report; and language.

        What is taken over is in the language of what it is taken from, which may be blank: not known. Only who
        begins with nothing writes in that of the page.
        """
        source = self.draft or self.last
        texts = {name: getattr(source, name) if source else "" for name in ReportDraft.TEXTS}
        return {"language": source.language if source else get_language(), **texts}

    @property
    def version(self):
        """The version of one's own draft that is saved; 0 before the first."""
        return self.draft.version if self.draft else 0

    @property
    def closed_because(self) -> str:
        """Why it cannot be written now, as a sentence; blank while it can."""
        if not self.meeting.takes_place:
            return _("%(meeting)s was called off, so no report is due.") % {"meeting": self.meeting}
        if not self.in_its_period():
            return _("Your term began after %(meeting)s, so you do not write the report to it.") % {
                "meeting": self.meeting
            }
        return closed_because(self.draft) if self.draft else ""

    def in_its_period(self):
        """Whether the term began by the meeting's last day, which ends the period."""
        return self.term.starts_on <= self.meeting.last_day


def closed_because(draft) -> str:
    """Why a draft can no longer be written, as a sentence; blank while it can."""
    if draft.state == ReportDraft.State.SUBMITTED:
        return _("You submitted this report on %(when)s. It waits for the secretariat.") % {
            "when": print_moment(draft.submitted_at)
        }
    if draft.state == ReportDraft.State.ACCEPTED:
        return _("This report was accepted on %(when)s. To correct it, write to the secretariat.") % {
            "when": print_moment(draft.decided_at)
        }
    return ""


def asked_report(account, subject_slug, meeting_code, on) -> OwnReport | None:
    """The report at this address; None for an account whose person does not coordinate the subject on the day.

    Three queries. Errors: Http404 for an unknown subject or meeting of the group.
    """
    subject = Subject.objects.filter(slug=subject_slug).first()
    meeting = Meeting.objects.of_the_group().filter(code__iexact=meeting_code).first()
    if subject is None or meeting is None:
        raise Http404(_("There is no such subject, or no such meeting of the group."))
    person = account.person_id if account.is_authenticated and account.is_active else None
    if person is None:
        return None
    term = Coordinator.objects.in_office(on).filter(subject=subject, person=person).select_related("person").first()
    return OwnReport(subject, meeting, term) if term else None


def period_start(meeting):
    """The first day of a report to the meeting: the last day of the group's meeting before it, else a year earlier."""
    before = Meeting.objects.of_the_group().over(meeting.starts_on).not_called_off().first()
    return before.last_day if before else meeting.last_day - A_YEAR


@dataclass(frozen=True)
class DueReport:
    """A report that is due from one person, to a meeting."""

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
    """One of one's drafts; without an address once the office has ended."""

    draft: ReportDraft
    url: str


def address_of(subject, meeting):
    """The page of the report of a subject to a meeting."""
    return reverse("workspace:report-draft", args=[subject.slug, meeting.code])


def due_of(held, drafts, on: datetime.date) -> list[DueReport]:
    """What is due from the holder of these offices, by the day of the meeting; one query, none without a subject.

    No report is due to a meeting that was called off, or had begun before the term did; nor one that was handed in, by
    whomever.
    """
    terms = [office.term for office in held if office.kind == "coordinator"]
    if not terms:
        return []
    subjects = [term.subject_id for term in terms]
    received = Q(coordinator_reports__received_on__isnull=False, coordinator_reports__subject__in=subjects)
    waiting = Q(report_drafts__state=ReportDraft.State.SUBMITTED, report_drafts__subject__in=subjects)
    asking = meetings_that_ask(on).annotate(
        received=FilteredRelation("coordinator_reports", condition=received),
        waiting=FilteredRelation("report_drafts", condition=waiting),
    )
    # A row for each report on record or waiting, or one.
    rows = list(asking.annotate(subject_received=F("received__subject"), subject_waiting=F("waiting__subject")))
    there = {(subject, row.pk) for row in rows for subject in (row.subject_received, row.subject_waiting)}
    meetings = list({row.pk: row for row in rows}.values())
    own = {(draft.subject_id, draft.meeting_id): draft for draft in drafts}
    return [
        DueReport(term.subject, meeting, term, own.get((term.subject_id, meeting.pk)), _is_late(meeting, on))
        for meeting in meetings
        for term in terms
        if began_before(term, meeting) and (term.subject_id, meeting.pk) not in there
    ]


def _is_late(meeting, on):
    """Of a meeting that is over and not recorded as held nobody can say that (rule 16)."""
    return meeting.starts_on < on and not meeting.is_unresolved(on)


def meetings_that_ask(on):
    """The group's meetings to come, and the last one that was not called off."""
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
