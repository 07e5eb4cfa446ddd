"""What the Chair and the representatives come for: the papers of the next meeting, the last report, what is open."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from iscg_portal.tenure.office_on import OfficeState
from meetings.models import Document, Meeting
from members.composition import SeatOn, composition
from reports.models import AnnualReport, KeyIssue

MOST = 10


@dataclass(frozen=True)
class ForTheTeam:
    """`meeting` is the next one of the group, None where none is announced; all of it is public elsewhere."""

    meeting: Meeting | None
    papers: list[Document]
    report: AnnualReport | None
    vacant: list[SeatOn]
    issues: list[KeyIssue]


def for_the_team(on: datetime.date) -> ForTheTeam:
    """What the management team finds on its first page on a day. Eight queries at most."""
    visitor = AnonymousUser()
    meeting = Meeting.objects.coming(on).of_the_group().first()
    papers = (
        Document.objects.visible_to(visitor).in_force().filter(meeting=meeting) if meeting else Document.objects.none()
    )
    reports = AnnualReport.objects.filter(state=AnnualReport.State.PUBLISHED).defer("content")
    return ForTheTeam(
        meeting,
        list(papers.order_by("pk")[:MOST]),
        reports.order_by("-period_to", "-pk").first(),
        [seat for seat in composition(on).seats if seat.office.state == OfficeState.VACANT],
        list(KeyIssue.objects.visible_to(visitor).unanswered_on(on)[:MOST]),
    )
