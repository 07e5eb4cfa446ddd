"""What a report that is to be published is told of the drafts that wait on the desk (clause A4)."""

from django.utils.translation import gettext as _

from reports.oddities import Oddity, meetings_of
from workspace.drafts.models import ReportDraft


def waiting_for(_report, facts):
    """Coordinators' reports to meetings of the period that were handed in and not decided on. One query."""
    waiting = ReportDraft.objects.waiting().filter(meeting__in=meetings_of(facts))
    for draft in waiting.select_related("subject", "meeting", "person"):
        words = {"subject": draft.subject.code, "person": draft.person, "meeting": draft.meeting.name}
        said = _("%(subject)s: the report of %(person)s to %(meeting)s waits on the desk for a decision.")
        yield Oddity(said % words, ReportDraft, draft.pk)
