"""Reports that are due, and transmissions that are overdue, are told in time and once (clauses F3, A4)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from iscg_portal.mail.models import Mail
from reports.acts.annual_reports import open_report
from reports.models import Transmission
from tests import world as w
from workspace.models import Reminder, ReportDraft
from workspace.reminders.planning import plan, queue_due

pytestmark = pytest.mark.django_db
BEGINS = date(2025, 6, 10)


def run(on):
    """How many mails about reports are written on the day; entries to be confirmed are another matter."""
    plan(on)
    for entry in Reminder.objects.filter(kind=Reminder.Kind.ENTRY):
        Reminder.objects.claim(entry.pk)
    return queue_due(on)


def days_of(kind):
    return sorted(Reminder.objects.filter(kind=kind).values_list("due_on", flat=True))


@pytest.fixture
def staff():
    return w.staff_account()


@pytest.fixture
def of_a_group():
    """A meeting of RAG, which is to receive the annual report on 2024."""
    return w.meeting("RAG-2025", BEGINS, body="RAG")


@pytest.fixture
def coordinated():
    """A subject with a Coordinator who can be reached, and a meeting of the group to come."""
    who = w.person("Ina Sample")
    w.contact_data(who, email="ina@example.org")
    subject = w.subject("EMF")
    w.coordinator(subject, who, date(2022, 4, 1))
    return subject, who, w.meeting("25-1", BEGINS)


@pytest.fixture
def transmission():
    w.advisory_group("RAG")
    return w.saved(Transmission(report=open_report("2024"), group_id="RAG", due_on=BEGINS))


def test_annual_report_is_due_before_each_meeting_of_an_advisory_group(staff, of_a_group):
    assert [run(BEGINS - timedelta(days)) for days in (31, 30, 7, 7)] == [0, 1, 1, 0]
    assert Mail.objects.first().subject == "The annual report on 2024 is due: RAG-2025"


def test_annual_report_that_is_published_is_not_asked_for(staff, of_a_group):
    w.published_report("2024")
    plan(date(2025, 1, 2))
    assert days_of("annual report") == []


def test_annual_report_is_not_asked_for_before_its_year_is_over(staff):
    w.meeting("TSAG-2026", date(2026, 1, 20), body="TSAG")
    plan(date(2025, 12, 1))
    assert days_of("annual report") == [date(2026, 1, 1), date(2026, 1, 13)]


def test_reminder_of_the_annual_report_moves_with_the_meeting(staff, of_a_group):
    plan(date(2025, 1, 2))
    of_a_group.starts_on = of_a_group.ends_on = date(2025, 9, 10)
    w.saved(of_a_group)
    plan(date(2025, 1, 2))
    assert days_of("annual report") == [date(2025, 8, 11), date(2025, 9, 3)]


def test_coordinator_and_secretariat_hear_of_a_report_that_is_due(staff, coordinated):
    assert [run(BEGINS - timedelta(days)) for days in (31, 30, 7, 7)] == [0, 2, 2, 0]
    to_whom = dict(Mail.objects.order_by("pk").values_list("to", "text")[:2])
    assert "Your report on EMF has not arrived yet." in to_whom["ina@example.org"]
    assert "EMF: Ina Sample" in to_whom["staff@example.org"]


def test_report_that_was_received_is_not_asked_for(staff, coordinated):
    subject, who, meeting = coordinated
    w.coordinator_report(subject, meeting, who)
    assert run(BEGINS - timedelta(7)) == 0


def test_report_that_was_submitted_is_not_asked_for_until_it_is_taken_back_or_sent_back(staff, coordinated):
    subject, who, meeting = coordinated
    draft = ReportDraft(subject=subject, meeting=meeting, person=who, state="submitted", submitted_at=timezone.now())
    w.saved(draft)
    assert run(BEGINS - timedelta(30)) == 0
    ReportDraft.objects.update(state="draft", submitted_at=None)
    assert run(BEGINS - timedelta(7)) == 2


def test_draft_of_a_report_is_still_asked_for(staff, coordinated):
    subject, who, meeting = coordinated
    w.coordinator_report(subject, meeting, who, received_on=None)
    assert run(BEGINS - timedelta(7)) == 2


def test_after_a_handover_the_successor_is_asked(coordinated):
    subject, _who, _meeting = coordinated
    run(BEGINS - timedelta(30))
    term = subject.coordinator_set.get()
    term.ends_on, term.ends_precision = date(2025, 6, 1), "day"
    w.saved(term)
    w.coordinator(subject, w.person("Max Formerly"), date(2025, 6, 1))
    w.account("max@example.org", person=subject.coordinator_set.order_by("-starts_on").first().person)
    run(BEGINS - timedelta(7))
    assert list(Mail.objects.order_by("pk").values_list("to", flat=True)) == ["ina@example.org", "max@example.org"]


def test_meeting_that_is_called_off_asks_for_nothing(staff, coordinated):
    _subject, _who, meeting = coordinated
    plan(date(2025, 1, 2))
    meeting.state = "cancelled"
    w.saved(meeting)
    assert run(BEGINS - timedelta(7)) == 0


def test_transmission_is_told_a_week_before_and_once_it_is_overdue(staff, transmission):
    assert [run(BEGINS + timedelta(days)) for days in (-8, -7, 0, 1, 2)] == [0, 1, 0, 1, 0]
    assert Mail.objects.first().subject == "Overdue: report 2024 to RAG"


def test_transmission_without_a_due_date_counts_from_the_meeting_of_its_group(staff, transmission, of_a_group):
    transmission.due_on, transmission.meeting = None, of_a_group
    w.saved(transmission)
    plan(date(2025, 1, 2))
    of_a_group.starts_on = of_a_group.ends_on = date(2025, 9, 10)
    w.saved(of_a_group)
    plan(date(2025, 1, 2))
    assert days_of("transmission") == [date(2025, 9, 3), date(2025, 9, 11)]


def test_transmission_that_was_sent_is_not_told(staff, transmission):
    plan(date(2025, 1, 2))
    transmission.state, transmission.sent_on = "sent", date(2025, 5, 1)
    w.saved(transmission)
    plan(date(2025, 5, 2))
    assert days_of("transmission") == []


def test_mails_of_duty_cannot_be_unsubscribed_from(staff, coordinated, transmission, of_a_group):
    run(BEGINS - timedelta(7))
    assert Mail.objects.count() == 4
    assert set(Mail.objects.values_list("unsubscribe_url", flat=True)) == {""}
