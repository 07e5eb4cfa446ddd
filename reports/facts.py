"""What the record says of a report's period, read in a fixed number of queries however much there is of it.

An event is told by the report whose period holds its day; recorded after that report was published, by the next
one, as a correction to an earlier period. `ReportedEvent` keeps which ones were told.
"""

from typing import NamedTuple

from django.db.models import Q

from changes.events import Event
from changes.offices import SEATS, offices_between
from changes.subjects import subjects_between
from iscg_portal.bodies import MeetingBody
from iscg_portal.tenure.as_on import Day
from meetings.models import Meeting
from members.composition import SEVEN, Composition, composition
from members.models import Seat, TermsOfReference
from members.pictures.terms import Lanes, read_lanes
from reports.coordinators_due import Due, received_and_missing
from reports.events import WORK, WorkEvent
from reports.models import AnnualReport, CoordinatorReport, KeyIssue, ReportedEvent
from reports.models.annual_reports import PUBLIC_STATES
from subjects.models import Subject


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
    terms_of_reference: str  # the text of which the report speaks

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
    work = [WorkEvent(f"meeting:{one.pk}:held:{one.last_day}", "meetings", one, one.last_day) for one in meetings]
    for one in (*received, *_received(since, start)):
        work.append(WorkEvent(f"coordinatorreport:{one.pk}:received", "received", one, one.meeting.last_day))
    events = sorted([*offices_between(SEATS, since, end), *subjects_between(since, end), *work], key=_order)
    untold = [event for event in events if key_of(event) not in told]
    return Facts(
        composition(end),
        list(Subject.objects.public().on(end).order_by("code")),
        [meeting for meeting in meetings if meeting.last_day > start],
        received,
        missing,
        _issues(start, end),
        [event for event in untold if event.on > start and event.topic not in WORK],
        [event for event in untold if event.on <= start and _covered(event.on, periods)],
        read_lanes(_seats(), Day(end, end), with_later=False),
        [event for event in work if event.on > start],
        TermsOfReference.named_on(end),
    )


def _seats():
    """The seven seats in the order in which they are printed."""
    return sorted(Seat.objects.public().filter(pk__in=SEVEN), key=lambda seat: SEVEN.index(seat.pk))


def key_of(event):
    """The event as `ReportedEvent` keeps it: who continues has begun another row of the record."""
    if event.topic in WORK:
        return event.key
    row, ends = event.about, event.is_end
    table, pk, _side = event.key.split("/")
    name = f"{row.office}:{row.person.slug}" if event.topic == "seats" else f"{table}:{pk}"
    kind = event.kind if event.kind != "continues" else "first recorded" if event.precision == "by" else "began"
    return f"{name}:{'end' if ends else 'start'}:{kind}:{event.on}"


def _order(event):
    """By day; on one day by table and place, and there what ended before what began."""
    place = event.about.office if event.topic == "seats" else event.where
    return event.on, event.topic, place, not event.is_end, key_of(event)


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


def _received(start, end):
    found = CoordinatorReport.objects.of_period(start, end)
    return found.select_related("subject", "meeting", "person")
