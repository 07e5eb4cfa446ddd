"""What the record says of a report's period, read in a fixed number of queries however much there is of it.

An event is told by the report whose period holds its day; recorded after that report was published, by the next
one, as a correction to an earlier period. `ReportedEvent` keeps which ones were told.
"""

import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from iscg_portal.as_on import Day
from iscg_portal.drawing import Drawing
from meetings.models import Meeting, MeetingBody
from members.changes import ORDER, changes_between, happened, kind_of_end, kind_of_start
from members.composition import Composition, composition
from members.term_lanes import DrawnTerm, lanes_of
from members.terms import calendar
from reports.coordinators_due import Due, received_and_missing
from reports.models import AnnualReport, KeyIssue, ReportedEvent
from reports.models.annual_reports import PUBLIC_STATES
from subjects.filters import Filters, all_subjects
from subjects.holders import COORDINATOR_FIELDS, FOCAL_POINT_FIELDS, public_coordinator, public_focal_point
from subjects.models import Coordinator, FocalPoint, Listing, Mandate
from subjects.register import Register


class Event(NamedTuple):
    """One thing that happened on a day: `key` names it for ever, `topic` says in which table it stands."""

    on: datetime.date
    key: str
    topic: str  # "seats", "offices", "listings", "mandates"
    kind: str  # as in `members.changes`
    about: str  # the seat's or the subject's code
    what: Any  # the term, the office, or the text of a mandate


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
    lanes: Drawing

    @property
    def listed(self):
        """The subjects on the list on the closing day."""
        return [subject for subject in self.subjects if subject.listing.is_on_the_list]


def gather(report) -> Facts:
    """Everything that the report tells. A fixed number of queries up to some thousand subjects."""
    start, end = report.period_from, report.period_to
    periods, told = _told_before(report)
    happened_since = _events(min([start, *(first for first, _last in periods)]), end)
    untold = [event for event in happened_since if event.key not in told]
    return Facts(
        composition(end),
        list(Register(all_subjects, Filters(), end, whole=True)),
        _meetings(start, end),
        *received_and_missing(start, end),
        _issues(start, end),
        [event for event in untold if event.on > start],
        [event for event in untold if event.on <= start and _covered(event.on, periods)],
        _lanes(end),
    )


def _lanes(end):
    """The picture of the terms that had begun by the closing day. It knows no later day than this one."""
    seats, rows, *others = (drawing := lanes_of(calendar(), Day(end, end))).inputs
    begun = tuple(row for row in rows if DrawnTerm(*row).starts_on <= end)
    return drawing._replace(inputs=(seats, begun, *others))


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
    return sorted(events, key=lambda event: (event.on, event.topic, event.about, ORDER[event.kind], event.key))


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
