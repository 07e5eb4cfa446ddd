"""Where a Coordinator stands with the report of a subject to a meeting: what there is, whether it can be written."""

import datetime
from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import print_moment
from meetings.models import Meeting
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
        """What others wrote for this report, as a predecessor before a handover in mid-period."""
        return [draft for draft in self.drafts if draft.person_id != self.term.person_id and draft.texts()]

    @cached_property
    def last(self):
        """The last report on the subject that was accepted, to an earlier meeting."""
        earlier = CoordinatorReport.objects.received().filter(subject=self.subject)
        before = earlier.filter(meeting__starts_on__lt=self.meeting.starts_on).select_related("meeting", "person")
        return before.order_by("-meeting__starts_on", "-pk").first()

    @cached_property
    def on_record(self):
        """The report to this meeting that the record has already, if any."""
        of_meeting = CoordinatorReport.objects.received().filter(subject=self.subject, meeting=self.meeting)
        return of_meeting.select_related("person").first()

    def beginning(self):
        """The six texts with which the page opens: one's own, else those of the last accepted report."""
        source = self.draft or self.last
        return {name: getattr(source, name) if source else "" for name in ReportDraft.TEXTS}

    @property
    def version(self):
        """The version of one's own draft that is saved; 0 before the first."""
        return self.draft.version if self.draft else 0

    @property
    def closed_because(self) -> str:
        """Why nothing can be written now, as a sentence; empty while it can."""
        if not self.meeting.takes_place:
            return _("%(meeting)s was called off; no report is asked for it. Your text is kept.") % {
                "meeting": self.meeting
            }
        if not self.in_its_period():
            return _("Your term began after %(meeting)s; the report to it is not yours to write.") % {
                "meeting": self.meeting
            }
        return closed_because(self.draft) if self.draft else ""

    def in_its_period(self):
        """Whether the term began by the meeting's last day, which ends the period."""
        return self.term.starts_on <= self.meeting.last_day


def closed_because(draft) -> str:
    """Why a draft takes no more writing, as a sentence; empty while it does."""
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

    Three queries. Errors: Http404 for a subject or a meeting of the group that there is not.
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
    """The day from which a report to the meeting tells: the last day of the group's meeting before, else a year."""
    before = Meeting.objects.of_the_group().over(meeting.starts_on).not_called_off().first()
    return before.last_day if before else meeting.last_day - A_YEAR
