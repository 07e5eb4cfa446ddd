"""What the record says of a report's period, read in a fixed number of queries however much there is of it.

An event is told by the report whose period holds its day; recorded after that report was published, by the next
one, as a correction to an earlier period. `ReportedEvent` keeps which ones were told.
"""

import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from iscg_portal.tenure.as_on import Day
from meetings.models import Meeting, MeetingBody
from members.changes import ORDER, changes_between, happened, kind_of_end, kind_of_start
from members.composition import SEVEN, Composition, composition
from members.models import Seat
from members.pictures.terms import Lanes, read_lanes
from reports.coordinators_due import Due, received_and_missing
from reports.models import AnnualReport, CoordinatorReport, KeyIssue, ReportedEvent
from reports.models.annual_reports import PUBLIC_STATES
from subjects.filters import Filters, all_subjects
from subjects.holders import COORDINATOR_FIELDS, FOCAL_POINT_FIELDS, public_coordinator, public_focal_point
from subjects.models import Coordinator, FocalPoint, Listing, Mandate
from subjects.register import Register

WORK = ("meetings", "received")  # what has tables of its own, and is an event for the reports that follow


class Event(NamedTuple):
    """One thing that happened on a day: `key` names it for ever, `topic` says in which table it stands."""

    on: datetime.date
    key: str
    topic: str  # "seats", "offices", "listings", "mandates", "meetings", "received"
    kind: str  # as in `members.changes`; "held" of a meeting, "received" of a Coordinator's report
    about: str  # the seat's or the subject's code, the meeting's name
    what: Any  # the term, the office, the text of a mandate, the meeting, the Coordinator's report


class Facts(NamedTuple):
    """What a report is written from."""

    composition: Composition
    subjects: list
    meetings: list
    received: list
    missing: list[Due]
    issues: list
    events: list[Event]
    earlier: list[Event]
    lanes: Lanes
    work: list[Event]  # that the meetings were held and the reports received, for the next report to know

    @property
    def listed(self):
        """The subjects on the list on the closing day."""
        return [subject for subject in self.subjects if subject.listing.is_on_the_list]


def gather(report) -> Facts:
    """Everything that the report tells. A fixed number of queries up to some thousand subjects."""
    start, end = report.period_from, report.period_to
    periods, told = _told_before(report)
    since = min([start, *(first for first, _last in periods)])
    meetings = _meetings(since, end)
    received, missing = received_and_missing(start, end)
    work = [*map(_of_meeting, meetings), *map(_of_report, [*received, *_received(since, start)])]
    untold = [event for event in sorted([*_events(since, end), *work], key=_order) if event.key not in told]
    return Facts(
        composition(end),
        list(Register(all_subjects, Filters(), end, whole=True)),
        [meeting for meeting in meetings if meeting.last_day > start],
        received,
        missing,
        _issues(start, end),
        [event for event in untold if event.on > start and event.topic not in WORK],
        [event for event in untold if event.on <= start and _covered(event.on, periods)],
        read_lanes(_seats(), Day(end, end), with_later=False),
        [event for event in work if event.on > start],
    )


def _seats():
    """The seven seats in the order in which they are printed."""
    return sorted(Seat.objects.public().filter(pk__in=SEVEN), key=lambda seat: SEVEN.index(seat.pk))


def _told_before(report):
    """The periods of other reports of the kind that were published, and the keys of the events that they told.

    A withdrawn one tells nothing any more, but its period is over: what it told is told by the next one.
    """
    family = report.base_id or report.pk
    others = AnnualReport.objects.filter(kind=report.kind, base__isnull=True, state__in=PUBLIC_STATES)
    # What a report of the archive told nobody knows here; it is not told again.
    periods = list(others.exclude(pk=family).exclude(is_archive=True).values_list("period_from", "period_to"))
    told = ReportedEvent.objects.filter(kind=report.kind).exclude(report=family).values_list("key", flat=True)
    return periods, set(told)


def _covered(day, periods):
    return any(first < day <= last for first, last in periods)


def _meetings(start, end):
    last_day = Q(ends_on__gt=start, ends_on__lte=end) | Q(ends_on=None, starts_on__gt=start, starts_on__lte=end)
    called_off = (Meeting.State.CANCELLED, Meeting.State.POSTPONED)
    bodies = (MeetingBody.ISCG, MeetingBody.COORDINATORS)
    found = Meeting.objects.filter(last_day, body__in=bodies).exclude(state__in=called_off)
    return list(found.order_by("starts_on", "code"))


def _issues(start, end):
    """Those open at some time of the period: new ones, which the report makes public, carried over, closed in it."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=start)
    found = KeyIssue.objects.filter(still, raised_on__lte=end)
    return list(found.select_related("subject").order_by("raised_on", "pk"))


def _events(start, end):
    events = [_of_seat(change) for change in changes_between(start, end) if change.tenure]
    for topic, model, fields, read in (
        ("offices", Coordinator, COORDINATOR_FIELDS, public_coordinator),
        ("offices", FocalPoint, FOCAL_POINT_FIELDS, public_focal_point),
    ):
        inside = happened("starts_on", start, end) | happened("ends_on", start, end)
        for pk, code, *values in model.objects.filter(inside).values_list("pk", "subject__code", *fields):
            events += _both_ends(topic, f"{model._meta.model_name}:{pk}", read(values), code, start, end)
    for topic, model, text in (("listings", Listing, ()), ("mandates", Mandate, ("resolution",))):
        events += _periods(topic, model, text, start, end)
    return events


def _order(event):
    return event.on, event.topic, event.about, ORDER.get(event.kind, 0), event.key


def _of_meeting(meeting):
    key = f"meeting:{meeting.pk}:held:{meeting.last_day}"
    return Event(meeting.last_day, key, "meetings", "held", meeting.name, meeting)


def _of_report(report):
    on = report.meeting.last_day
    return Event(on, f"coordinatorreport:{report.pk}:received", "received", "received", report.subject.code, report)


def _received(start, end):
    found = CoordinatorReport.objects.of_period(start, end)
    return found.select_related("subject", "meeting", "person")


def _of_seat(change):
    side = "start" if change.kind in ("began", "first recorded") else "end"
    key = f"{change.seat.pk}:{change.tenure.person.slug}:{side}:{change.kind}:{change.on}"
    return Event(change.on, key, "seats", change.kind, change.seat.pk, change.tenure)


def _periods(topic, model, related, start, end):
    inside = happened("starts_on", start, end) | happened("ends_on", start, end)
    for row in model.objects.filter(inside).select_related("subject", *related):
        yield from _both_ends(topic, f"{model._meta.model_name}:{row.pk}", row, row.subject.code, start, end)


def _both_ends(topic, name, row, code, start, end):
    """The start and the end of a row, as far as they lie after the first day and not after the second."""
    if row.starts_on and start < row.starts_on <= end:
        kind = kind_of_start(row.starts_precision)
        yield Event(row.starts_on, f"{name}:start:{kind}:{row.starts_on}", topic, kind, code, row)
    if row.ends_on and start < row.ends_on <= end:
        kind = kind_of_end(row.ends_precision)
        yield Event(row.ends_on, f"{name}:end:{kind}:{row.ends_on}", topic, kind, code, row)
