"""Planning the reminders from the record as it is, and putting each into the outbox once."""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from django.apps import apps
from django.db import transaction

from iscg_portal.bodies import GroupCode
from iscg_portal.mail.outbox import put
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.office_on import OfficeState, office_on
from meetings.models import Deadline, Meeting
from members.models import AdvisoryGroup, ChairTerm, Representative, Seat
from reports.coordinators_due import missing_at
from reports.models import AnnualReport, Transmission
from studies.models import Confirmation
from subjects.models import Coordinator, Subject
from workspace.access.offices import OFFICES
from workspace.proposals.entries import DAYS_BEFORE_A_MEETING, ask
from workspace.reminders.links import ASKED
from workspace.reminders.mails import mails_of
from workspace.reminders.models import Reminder

MENTIONED = {
    "members.chairterm": ("person", "seat"),
    "members.representative": ("person", "seat"),
    "subjects.coordinator": ("person", "subject"),
    "subjects.focalpoint": ("person", "subject"),
    "meetings.deadline": ("meeting",),
    "reports.transmission": ("report", "meeting"),
}
MONTHS_BEFORE_AN_END = (12, 6, 1)
AT_ONCE = 500  # rows of one statement
DAYS_BEFORE_A_DEADLINE = (14, 3)
DAYS_BEFORE_A_REPORT = (30, 7)  # before the meeting that is to receive it
DAYS_BEFORE_A_TRANSMISSION = 7


class WantedReminder(NamedTuple):
    """A reminder as the record asks for it; all but the last field are its key."""

    kind: str
    record: str
    row: str
    step: str
    counts_from: date
    due_on: date


def months_before(day, months):
    """The same day so many months earlier, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def wanted_on(on):
    """Every reminder that the record asks for on a day; seventeen queries at most."""
    yield from _endings(on)
    yield from _vacancies(on)
    yield from _deadlines(on)
    yield from _entries(on)
    yield from _annual_reports(on)
    yield from _coordinators_reports(on)
    yield from _transmissions(on)
    yield from _links(on)


def _endings(on):
    for model in OFFICES:
        ending = model.objects.in_office(on).filter(ends_on__gt=on).exclude(ends_precision="after")
        for pk, ends_on in ending.order_by().values_list("pk", "ends_on"):
            steps = {f"{months} months": months_before(ends_on, months) for months in MONTHS_BEFORE_AN_END}
            yield from _steps(Reminder.Kind.ENDING, model, pk, ends_on, steps)


def _vacancies(on):
    latest = {}
    for model in (ChairTerm, Representative):
        latest |= {term.seat_id: [term] for term in model.objects.last_begun(on, per="seat")}
    yield from _vacant(on, Seat, Seat.objects.all(), latest)
    latest = {row.subject_id: [row] for row in Coordinator.objects.last_begun(on, per="subject")}
    yield from _vacant(on, Subject, Subject.objects.on_the_list(on), latest)


def _vacant(on, model, keepers, latest):
    for keeper in keepers:
        office = office_on(on, keeper.recorded_from, latest.get(keeper.pk, []))
        if office.state == OfficeState.VACANT:
            since = office.vacant_since
            yield from _steps(Reminder.Kind.VACANCY, model, keeper.pk, since, {"begins": since})


def _deadlines(on):
    takes_place = Deadline.objects.filter(meeting__in=Meeting.objects.coming(on).order_by())
    takes_place = takes_place.exclude(kind__in=Deadline.OF_THE_SECRETARIAT)
    for deadline in takes_place.select_related("meeting"):
        day = deadline.due_on
        if day is not None and day >= on:
            steps = {f"{days} days": day - timedelta(days=days) for days in DAYS_BEFORE_A_DEADLINE}
            yield from _steps(Reminder.Kind.DEADLINE, Deadline, deadline.pk, day, steps)


def _entries(on):
    """One before each meeting of the group: it asks every holder of that day (`workspace.proposals.entries`)."""
    coming = Meeting.objects.coming(on).of_the_group().filter(starts_on__gt=on)
    for pk, day in coming.values_list("pk", "starts_on"):
        days = DAYS_BEFORE_A_MEETING
        yield from _steps(Reminder.Kind.ENTRY, Meeting, pk, day, {f"{days} days": day - timedelta(days=days)})


def _annual_reports(on):
    """Before each meeting of an advisory group in a year, while no report on the year before is published (F3)."""
    annual = AnnualReport.objects.filter(kind=AnnualReport.Kind.ANNUAL, state=AnnualReport.State.PUBLISHED)
    reported = list(annual.values_list("period_from", "period_to"))
    for meeting in Meeting.objects.coming(on).filter(body__in=GroupCode.values, starts_on__gte=on):
        new_year = date(meeting.starts_on.year, 1, 1)
        closing = new_year - timedelta(days=1)
        if not any(period_from < closing <= period_to for period_from, period_to in reported):
            steps = {step: max(day, new_year) for step, day in _days_before(meeting.starts_on).items()}
            yield from _steps(Reminder.Kind.ANNUAL_REPORT, Meeting, meeting.pk, meeting.starts_on, steps)


def _coordinators_reports(on):
    """To each Coordinator one about the subject; to the secretariat one about all that the meeting lacks (A4)."""
    meetings = Meeting.objects.coming(on).of_the_group().filter(starts_on__gte=on)
    for meeting, missing in missing_at(meetings):
        day, steps = meeting.starts_on, _days_before(meeting.starts_on)
        for due in missing:
            yield from _steps(Reminder.Kind.COORDINATOR_REPORT, Subject, due.subject.pk, day, steps)
        if missing:
            yield from _steps(Reminder.Kind.COORDINATOR_REPORT, Meeting, meeting.pk, day, steps)


def _transmissions(on):
    """A week before the last day and once that is past; counted from the due date, or the group's meeting (F3)."""
    for transmission in Transmission.objects.to_send().select_related("meeting"):
        day = transmission.last_day_to_send
        if day is not None:
            week = timedelta(days=DAYS_BEFORE_A_TRANSMISSION)
            steps = {"7 days": day - week, "overdue": day + timedelta(days=1)}
            yield from _steps(Reminder.Kind.TRANSMISSION, Transmission, transmission.pk, day, steps)


def _links(on):
    """One for what was said on a day to a side about a subject: to its Focal Points, once that day is over (A1).

    Links about no subject are put to the secretariat, by the advisory group of the side.
    """
    groups = {group.sector: group.value for group in GroupCode}
    waiting = Confirmation.objects.unanswered(on).order_by().values_list("link__subject", "asked", "said_on").distinct()
    for subject, sector, day in waiting:
        model, pk = (Subject, subject) if subject else (AdvisoryGroup, groups.get(sector))
        if pk:
            yield from _steps(Reminder.Kind.LINKS, model, pk, day, {f"{ASKED}{sector}": day + timedelta(days=1)})


def _days_before(day):
    return {f"{days} days": day - timedelta(days=days) for days in DAYS_BEFORE_A_REPORT}


def _steps(kind, model, pk, counts_from, steps):
    for step, due_on in steps.items():
        yield WantedReminder(kind.value, model._meta.label_lower, str(pk), step, counts_from, due_on)


def plan(on=None):
    """Bring the reminders into line with the record: add new ones, remove those that no longer apply.

    A reminder whose date moved is removed and added with the new date; what is in the outbox stays. Two runs at the
    same time make the same rows, since each is unique.
    """
    wanted = {reminder[:-1]: reminder for reminder in wanted_on(on or today())}
    waiting, known = [], set()
    for pk, queued_at, *key in Reminder.objects.order_by().values_list("pk", "queued_at", *WantedReminder._fields[:-1]):
        known.add(tuple(key))
        if queued_at is None and tuple(key) not in wanted:
            waiting.append(pk)
    for start in range(0, len(waiting), AT_ONCE):
        Reminder.objects.filter(pk__in=waiting[start : start + AT_ONCE], queued_at__isnull=True).delete()
    # In one order, so that two runs at once wait for each other instead of locking each other out.
    missing = [Reminder(**wanted[key]._asdict()) for key in sorted(wanted.keys() - known)]
    Reminder.objects.bulk_create(missing, batch_size=100, ignore_conflicts=True)


def queue_due(on=None) -> int:
    """Put the mails of every due reminder into the outbox, each reminder once. Gives how many mails.

    If several steps are due for one date (the first run is late), only the nearest gets a mail.
    """
    nearest, passed = {}, []
    for reminder in Reminder.objects.due(on).order_by("due_on", "pk"):
        side = reminder.step if reminder.kind == Reminder.Kind.LINKS else ""  # each is told for itself
        about = (reminder.kind, reminder.record, reminder.row, reminder.counts_from, side)
        if about in nearest:
            passed.append(nearest[about].pk)
        nearest[about] = reminder
    for start in range(0, len(passed), AT_ONCE):
        Reminder.objects.pass_over(passed[start : start + AT_ONCE])
    return sum(_queue(reminder, on or today()) for reminder in nearest.values())


def _queue(reminder, on) -> int:
    """Claim and mails are written together, or neither is."""
    with transaction.atomic():
        row = _row_of(reminder)
        if row is None or not Reminder.objects.claim(reminder.pk):
            return 0
        asks = reminder.kind == Reminder.Kind.ENTRY
        return len(put(ask(row, on) if asks else mails_of(reminder, row)))


def _row_of(reminder):
    """The row that the reminder is about, with what its mail needs, in one query; None if it is gone."""
    rows = apps.get_model(reminder.record).objects.filter(pk=reminder.row)
    return rows.select_related(*MENTIONED.get(reminder.record, ())).first()
