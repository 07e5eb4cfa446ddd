"""Which Coordinators' reports a period asks for: received, missing, and where nobody can tell (clause A4).

A report is due from who coordinated the subject before the meeting began and on its last day: whoever was appointed on
the days of the meeting owes none to it. What was handed in and waits for the secretariat is not missing.
"""

import datetime
from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from django.db.models.functions import Coalesce

from iscg_portal.tenure.dates import end_of_period
from iscg_portal.tenure.office_on import OfficeState, office_on
from meetings.models import Meeting
from members.models import Person
from reports.models import CoordinatorReport
from subjects.models import Coordinator, Subject
from subjects.models.listings import NOT_RECORDED, listing_on

# Functions of meetings that give (subject, meeting) keys of what was handed in and waits for the secretariat.
WAITING = []


def register_waiting(waiting):
    """Add such a function. Each app does so in its `AppConfig.ready`."""
    WAITING.append(waiting)


class Due(NamedTuple):
    """One report that is asked for, and from whom."""

    subject: Subject
    meeting: Meeting
    person: Person

    @property
    def ends_on(self) -> datetime.date:
        """The day that ends its period."""
        return self.meeting.last_day


class Owed(NamedTuple):
    """What somebody owes of one term as Coordinator: the reports to these meetings."""

    term: Coordinator
    meetings: list[Meeting]


class Unrecorded(NamedTuple):
    """The subjects that were (perhaps) on the list when a meeting closed, and have no Coordinator on record."""

    meeting: Meeting
    subjects: list[Subject]


def received_and_missing(starts_on, ends_on):
    """([CoordinatorReport], [Due]) of the group's meetings whose last day is in (starts_on, ends_on]; four queries.

    A report is due for a meeting that is recorded as held, on a subject that somebody coordinated on that day.
    """
    of_period = CoordinatorReport.objects.of_period(starts_on, ends_on)
    received = list(
        of_period.select_related("subject", "meeting", "person").order_by("meeting__starts_on", "subject__code")
    )
    meetings = list(_meetings_of(starts_on, ends_on))
    there = {(report.subject_id, report.meeting_id) for report in received} | _waiting(meetings)
    return received, [due for _meeting, missing in _missing(meetings, there) for due in missing]


def missing_and_unrecorded(received, meetings, subjects):
    """([Owed], [Unrecorded]) of meetings of the group; of each the second where nobody can tell who would owe a report.

    `subjects` are all of them with their `times_listed`. Two queries; none where there are no meetings.
    """
    there = {(report.subject_id, report.meeting_id) for report in received} | _waiting(meetings)
    terms = _terms_on(subjects) if meetings else []
    return list(_owed(meetings, there, terms)), _without_coordinator(meetings, terms, subjects)


def _without_coordinator(meetings, terms, subjects):
    of_subject = defaultdict(list)
    for term in terms:
        of_subject[term.subject_id].append(term)
    closing, days = _by_last_day(meetings)
    found = {one.pk: [] for one in meetings}
    for subject in subjects:
        known = subject.times_listed, of_subject[subject.pk]
        turns = [day for rows in known for one in rows for day in (one.starts_on, one.ends_on)]
        for run in _runs(days, [subject.recorded_from, *turns]):
            if _is_unrecorded(subject, *known, days[run.start]):
                for meeting in closing[run]:
                    found[meeting.pk].append(subject)
    return [Unrecorded(one, found[one.pk]) for one in meetings if found[one.pk]]


def _by_last_day(meetings):
    """The meetings in the order of their last days, and these days."""
    closing = sorted(meetings, key=lambda one: one.last_day)
    return closing, [one.last_day for one in closing]


def _runs(days, turns):
    """The slices of sorted days within which nothing turns: what is so on the first day of one is so on all of it."""
    places = {0, len(days), *(bisect_left(days, turn) for turn in turns if turn)}
    return [slice(*pair) for pair in pairwise(sorted(places))]


def _is_unrecorded(subject, listings, coordinators, day):
    if office_on(day, subject.recorded_from, coordinators).state != OfficeState.NOT_RECORDED:
        return False
    state = listing_on(day, listings)
    return state.is_on_the_list or bool(listings and state.state == NOT_RECORDED)


def missing_at(meetings):
    """[(Meeting, [Due])] of meetings of the group, past or to come; three queries, or one where there are none."""
    meetings = list(meetings)
    received = CoordinatorReport.objects.received().filter(meeting__in=meetings)
    there = set(received.order_by().values_list("subject_id", "meeting_id")) if meetings else set()
    return _missing(meetings, there | _waiting(meetings))


def latest_start(term):
    """The first day of a term, or the last that it can be, as exactly as its start is known."""
    return end_of_period(term.starts_on, term.starts_precision)


def began_before(term, meeting):
    """Whether a term, as exactly as its start is known, began before the meeting did."""
    return latest_start(term) < meeting.starts_on


def _waiting(meetings):
    return {key for waiting in WAITING for key in waiting(meetings)} if meetings else set()


def _terms():
    """The terms of all Coordinators. One query."""
    return list(Coordinator.objects.select_related("subject", "person").order_by("subject__code"))


def _terms_on(subjects):
    """Those on subjects that are read already. One query."""
    known = {one.pk: one for one in subjects}
    every = Coordinator.objects.select_related("person").order_by("subject__code")
    terms = [term for term in every if term.subject_id in known]
    for term in terms:
        term.subject = known[term.subject_id]
    return terms


def _owed(meetings, there, terms):
    """The `Owed` of each of the terms that owes a report to one of the meetings."""
    closing, days = _by_last_day(meetings)
    for term in terms:
        start, subject = latest_start(term), term.subject_id
        last = bisect_left(days, term.ends_on) if term.ends_on else None
        held = closing[bisect_left(days, term.starts_on) : last]
        owed = [one for one in held if start < one.starts_on and (subject, one.id) not in there]
        if owed:
            yield Owed(term, owed)


def _missing(meetings, there):
    found = {one.pk: [] for one in meetings}
    for term, owed in _owed(meetings, there, _terms() if meetings else []):
        for meeting in owed:
            found[meeting.pk].append(Due(term.subject, meeting, term.person))
    return [(meeting, found[meeting.pk]) for meeting in meetings]


def _meetings_of(starts_on, ends_on):
    group = Meeting.objects.of_the_group().held()
    dated = group.alias(meeting_day=Coalesce("ends_on", "starts_on"))
    return dated.filter(meeting_day__gt=starts_on, meeting_day__lte=ends_on).order_by("starts_on", "code")
