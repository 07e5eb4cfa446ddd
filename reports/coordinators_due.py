"""Which Coordinators' reports a period asks for: received and missing (clause A4)."""

import datetime
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from iscg_portal.tenure.dates import holds_day
from meetings.models import Meeting
from members.models import Person
from reports.models import CoordinatorReport
from subjects.models import Coordinator, Subject


@dataclass(frozen=True)
class Due:
    """One report that is asked for: a subject whose Coordinator was in office on the last day of a meeting."""

    subject: Subject
    meeting: Meeting
    person: Person

    @property
    def ends_on(self) -> datetime.date:
        """The day that ends its period."""
        return self.meeting.last_day


def received_and_missing(starts_on, ends_on):
    """([CoordinatorReport], [Due]) of the group's meetings whose last day is in (starts_on, ends_on]; three queries.

    No report is due for a meeting that was called off, or a subject that nobody coordinated on that day.
    """
    of_period = CoordinatorReport.objects.of_period(starts_on, ends_on)
    received = list(
        of_period.select_related("subject", "meeting", "person").order_by("meeting__starts_on", "subject__code")
    )
    there = {(report.subject_id, report.meeting_id) for report in received}
    meetings = list(_meetings_of(starts_on, ends_on))
    return received, [due for _meeting, missing in _missing(meetings, there) for due in missing]


def missing_at(meetings):
    """[(Meeting, [Due])] of meetings of the group, past or to come; three queries, or one where there are none."""
    meetings = list(meetings)
    received = CoordinatorReport.objects.received().filter(meeting__in=meetings)
    there = set(received.order_by().values_list("subject_id", "meeting_id")) if meetings else set()
    return _missing(meetings, there)


def _missing(meetings, there):
    terms = list(Coordinator.objects.select_related("subject", "person").order_by("subject__code")) if meetings else []
    return [
        (
            meeting,
            [
                Due(term.subject, meeting, term.person)
                for term in terms
                if holds_day(term.starts_on, term.ends_on, meeting.last_day)
                and (term.subject_id, meeting.pk) not in there
            ],
        )
        for meeting in meetings
    ]


def _meetings_of(starts_on, ends_on):
    group = Meeting.objects.of_the_group().not_called_off()
    dated = group.alias(meeting_day=Coalesce("ends_on", "starts_on"))
    return dated.filter(meeting_day__gt=starts_on, meeting_day__lte=ends_on).order_by("starts_on", "code")
