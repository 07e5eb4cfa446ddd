"""What the record says of a report's period, read in a fixed number of queries however much there is of it.

An event is told by the report whose period holds its day. What was recorded, changed or removed after that report was
published is told by the next one, as a correction to an earlier period, or by a corrigendum
(`reports.published_statements`).
"""

import datetime
from typing import NamedTuple

from django.db.models import F, Q

from changes.events import Event
from changes.offices import SEATS, offices_between, offices_on
from changes.studies import mapping_between, with_links
from changes.subjects import subjects_between, subjects_on
from iscg_portal.bodies import GroupCode, MeetingBody
from iscg_portal.memory import without_collecting
from iscg_portal.scheduled import ANNOUNCED, CALLED_OFF, State
from iscg_portal.tenure.as_on import DayOfPage
from iscg_portal.tenure.dates import today
from meetings.models import Meeting
from members.composition import SEVEN, Composition, composition, seats_on
from members.models import TermsOfReference
from members.pictures.terms import Lanes, read_lanes
from reports.coordinators_due import Owed, Unrecorded, missing_and_unrecorded
from reports.duplications import Accepted, accepted_between
from reports.events import WORK, ActivityTold, WorkEvent
from reports.models import AnnualReport, CoordinatorReport, GroupAnswer, KeyIssue
from reports.papers import Papers, papers_of, with_subject_codes
from reports.published_statements import (
    Correction,
    PublishedStatements,
    differences,
    is_covered_by_its_start,
    published_reports,
    standing,
)
from reports.statements import statement_of
from studies.models import Activity
from subjects.models import Resolution, Subject
from subjects.models.listings import NOT_RECORDED

# The resolutions on which the group rests (clause B1), with those whose place ITU-R 75 took.
BEHIND_THE_GROUP = ("pp-191", "itu-r-6", "itu-r-7", "itu-r-75", "wtsa-18", "wtdc-5", "wtdc-59")
OWN = (MeetingBody.ISCG, MeetingBody.COORDINATORS)  # whose meetings are events that a report tells


class Facts(NamedTuple):
    """What a report is written from; of a list of corrections only these.

    `on` is the day of the writing, `as_on` the last day that is told: the closing day once that is over.
    """

    on: datetime.date
    as_on: datetime.date
    corrections: list[Correction]
    composition: Composition | None = None
    subjects: list = ()
    meetings: list = ()  # recorded as held
    announced: list = ()  # over, and whether they were held is not recorded
    called_off: list = ()  # announced for days of the period, then cancelled or postponed
    of_groups: list = ()  # meetings of RAG, TSAG and TDAG whose days are over, held or not
    activities: list = ()  # whose last day lies in the period, whether they took place or not
    received: list = ()
    accepted: Accepted = Accepted([], [])  # overlaps and gaps
    missing: list[Owed] = ()
    unrecorded: list[Unrecorded] = ()
    issues: list = ()
    own: list[Event] = ()  # all that happened in the period
    standing: list[Event] = ()  # who was in office, and what on the list, on the closing day and began before
    lanes: Lanes | None = None
    terms_of_reference: str = ""  # the text of which the report speaks, blank where none is recorded for that day
    resolutions: list[Resolution] = ()  # with the texts behind the group that were in force on that day
    changes: list[Correction] = ()  # to the text that a revision replaces
    papers: Papers = Papers([], [], [])
    answers: list = ()  # of the advisory groups to earlier reports, in the period or told by no report
    mapping: list[Event] = ()  # what happened to periods, units and links: told once, and no statement

    @property
    def events(self):
        """What happened, without the meetings and the Coordinators’ reports, which have tables of their own."""
        return [event for event in self.own if event.topic not in WORK]

    @property
    def listed(self):
        """The subjects on the list on the closing day."""
        return [subject for subject in self.subjects if subject.listing.is_on_the_list]

    @property
    def unlisted(self):
        """Those of which the record does not say whether they were."""
        return [subject for subject in self.subjects if subject.listing.state == NOT_RECORDED]


@without_collecting()
def gather(report, on=None) -> Facts:
    """Everything that the report tells on a day, today in Geneva if none is given; nothing of days to come (rule 17).

    A fixed number of queries up to some thousand subjects.
    """
    on = on or today()
    end = report.covers_up_to(on)
    earlier = PublishedStatements(report.kind, without=report.base_id if report.is_whole else None)
    first = earlier.first_day(report.period_from)
    every = list(_meetings(first, on, [*OWN, *GroupCode.values]))
    events = events_between(first, on, [one for one in every if one.body in OWN])
    known = [statement_of(event) for event in [*events, *standing_on(earlier.closing_days, earlier.keys)]]
    found = differences(earlier.statements, known, earlier.covering, earlier.denied)
    if not report.is_whole:
        return Facts(on, end, list(earlier.explained([one for one in found if one.concerns(report.holds_day)])))
    before = [one for one in found if one.concerns(lambda day: day <= report.period_from)]
    own = [event for event in events if report.holds_day(event.on) and event.on <= end]
    standing = _begun_before(report, end, earlier)
    now = [statement_of(event) for event in [*own, *standing]]
    facts = Facts(on, end, list(earlier.explained(before)), own=own, standing=standing, **_stood(end))
    facts = facts._replace(
        changes=list(earlier.explained(earlier.changes_of_the_text(report, now))),
        answers=list(GroupAnswer.objects.to_tell(report, end)),
        **_met(report, every, facts),
    )
    return facts._replace(**_done(report.period_from, end, facts), **_reported(facts))


def _begun_before(report, end, earlier):
    """What stood on the last day, and of which no report tells the beginning."""

    def is_told(day):
        return earlier.covering(day) or report.holds_day(day)

    return [event for event in standing_on([end]) if not is_covered_by_its_start(statement_of(event), is_told)]


def _met(report, every, facts):
    """The meetings of the period, by what became of them."""
    ended = [one for one in every if report.period_from < one.last_day <= facts.as_on]
    own, of_groups = ([one for one in ended if (one.body in OWN) is is_own] for is_own in (True, False))
    return {
        "meetings": [event.about for event in facts.own if event.topic == "meetings"],
        "announced": [one for one in own if one.is_unresolved(facts.on)],
        "called_off": [one for one in own if one.state in CALLED_OFF],
        "of_groups": [one for one in of_groups if one.state not in ANNOUNCED or one.is_unresolved(facts.on)],
    }


def _stood(end):
    """How it stands on the last day: the composition, the list of subjects, and the texts behind the group."""
    seats = seats_on(end)
    lanes = read_lanes([seats[code] for code in SEVEN if code in seats], DayOfPage(end, end), with_later=False)
    return {
        "composition": composition(end, {term.seat_id: term for term in lanes.terms}, seats),
        "lanes": lanes,
        "subjects": list(Subject.objects.public().on(end).order_by("code")),
        "terms_of_reference": TermsOfReference.known_on(end),
        "resolutions": _resolutions(end),
    }


def _done(start, end, facts):
    """The work of the period: papers, activities, key issues, duplications, and what happened in the mapping."""
    held = [*facts.meetings, *facts.announced, *(one for one in facts.of_groups if one.state == State.HELD)]
    return {
        "papers": papers_of(held, start, end),
        "activities": [event.about for event in facts.own if event.topic == "activities"],
        "issues": _issues(start, end),
        "accepted": accepted_between(start, end),
        "mapping": with_links(mapping_between(start, end)),
    }


def _reported(facts):
    """What Coordinators reported to the meetings of the period, and which reports lack."""
    received = [event.about for event in facts.own if event.topic == "received"]
    of_group = [one for one in facts.meetings if one.body == MeetingBody.ISCG]
    missing, unrecorded = missing_and_unrecorded(received, of_group, facts.subjects)
    received.sort(key=lambda one: (one.meeting.starts_on, one.subject.code))
    return {"received": received, "missing": missing, "unrecorded": unrecorded}


def disagreements() -> list[tuple[AnnualReport, list[Correction]]]:
    """The published reports that no longer agree with the record, each with the corrections that it needs.

    What later reports and corrigenda have told is no disagreement. A fixed number of queries up to sixteen.
    """
    published = published_reports()
    by_kind = [PublishedStatements(kind, published=published) for kind in AnnualReport.Kind.values]
    firsts = [one.first_day(today()) for one in by_kind if one.published]
    if not firsts:
        return []
    closing = [day for one in by_kind for day in one.closing_days]
    keys = set().union(*(one.keys for one in by_kind))
    now = [statement_of(one) for one in [*events_between(min(firsts), today()), *standing_on(closing, keys)]]
    found = []
    for one in by_kind:
        # Who was in office on the closing day of a report is said by those of its kind alone.
        its_own = [said for said in now if said.kind != "stands" or said.on in one.closing_days]
        differing = differences(one.statements, its_own, one.covering, one.denied)
        for report in (report for report in standing(one.published) if report.is_whole):
            mine = [correction for correction in differing if correction.concerns(report.holds_day)]
            if mine:
                found.append((report.base or report, mine))
    return found


def events_between(since, until, meetings=None) -> list[Event]:
    """All events after the first day and not after the second that a report tells, in their order.

    `meetings` are those of these days, where somebody read them already.
    """
    held = [one for one in (_meetings(since, until) if meetings is None else meetings) if one.state == State.HELD]
    work = [WorkEvent(f"meeting/{one.pk}/held", "meetings", one, one.last_day) for one in held]
    for one in _received(since, until):
        work.append(WorkEvent(f"coordinatorreport/{one.pk}/received", "received", one, one.meeting.last_day))
    for one in _activities(since, until):
        work.append(ActivityTold(f"activity/{one.pk}/told", "activities", one, one.last_day, one.precision))
    return sorted([*offices_between(SEATS, since, until), *subjects_between(since, until), *work], key=_order)


def standing_on(days, said=()) -> list[Event]:
    """Who is in office, and what on the list, on each of the days: four queries, none for no day.

    `said` are the keys of what reports said already.
    """
    days = sorted(set(days))
    return [*offices_on(SEATS, days), *subjects_on(days, said)] if days else []


def _order(event):
    """By day; on one day by table and place, and there what ended before what began."""
    place = event.about.office if event.topic == "seats" else event.where
    return event.on, event.topic, place, not event.is_end, event.key


def _meetings(start, end, bodies=OWN):
    """Of the bodies, with their last day after the first day and not after the second."""
    found = Meeting.objects.filter(_last_day_in(start, end), body__in=bodies).select_related("together_with", "subject")
    return found.order_by("starts_on", "code")


def _activities(start, end):
    """Over by the second day, their last one after the first; whether they took place or not. One query."""
    found = Activity.objects.public().filter(_last_day_in(start, end)).annotate(subject_code=F("subjects__code"))
    found = with_subject_codes(found.order_by("starts_on", "code", "subject_code"))
    return [one for one in found if one.state not in ANNOUNCED or one.is_unresolved(end)]


def _last_day_in(start, end):
    last_day = Q(ends_on__gt=start, ends_on__lte=end)
    return last_day | Q(ends_on=None, starts_on__gt=start, starts_on__lte=end)


def _issues(start, end):
    """Those open at some time of the period: new ones, which the report makes public, carried over, closed in it."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=start)
    found = KeyIssue.objects.filter(still, raised_on__lte=end)
    return list(found.select_related("subject").order_by("raised_on", "pk"))


def _received(start, end):
    found = CoordinatorReport.objects.of_period(start, end)
    return found.select_related("subject", "meeting", "person")


def _resolutions(day):
    """The resolutions of clause B1 with a text in force on a day; two queries. Of two, what took the other's place."""
    found = list(Resolution.objects.filter(slug__in=BEHIND_THE_GROUP).in_printed_order().with_texts(day))
    texts = {one.pk: one.text_of_day for one in found}
    return [one for one in found if texts[one.pk] and not texts.get(one.replaced_by_id)]
