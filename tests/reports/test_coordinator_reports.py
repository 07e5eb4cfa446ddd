"""Coordinators' reports: on a subject, to a meeting, in a period that ends with it (clause A4)."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.acts.annual_reports import open_report
from reports.composing import generated
from reports.coordinators_due import missing_at, received_and_missing
from reports.facts import gather
from reports.models import CoordinatorReport
from tests import world as w
from workspace.models import ReportDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinated():
    """(subject, its Coordinator)."""
    of, who = w.subject("EMF"), w.person("Ina Sample")
    w.coordinator(of, who, date(2022, 4, 1))
    return of, who


def codes(reports):
    return [(one.subject.code, one.meeting.code) for one in reports]


def test_a_report_is_received_and_the_other_is_missing(coordinated):
    of, who = coordinated
    first, _second = w.meeting("25-1"), w.meeting("25-2", date(2025, 9, 1))
    w.coordinator_report(of, first, who)
    received, missing = received_and_missing(date(2024, 12, 31), date(2025, 12, 31))
    assert (codes(received), codes(missing)) == ([("EMF", "25-1")], [("EMF", "25-2")])


def test_a_draft_counts_as_missing(coordinated):
    of, who = coordinated
    w.coordinator_report(of, w.meeting("25-1"), who, received_on=None)
    received, missing = received_and_missing(date(2024, 12, 31), date(2025, 12, 31))
    assert (codes(received), codes(missing)) == ([], [("EMF", "25-1")])


def test_an_annual_report_names_who_coordinated_on_the_day_of_the_meeting_whoever_does_later(db):
    of, before, after = w.subject("EMF"), w.person("Ada Testperson"), w.person("Ben Madeup")
    w.coordinator(of, before, date(2022, 4, 1), date(2025, 6, 1))
    w.coordinator(of, after, date(2025, 6, 1))
    w.meeting("25-1")
    assert [owed.term.person for owed in gather(open_report("2025")).missing] == [before]


def test_a_meeting_that_was_called_off_asks_for_no_report(coordinated):
    w.meeting("25-1", state="cancelled")
    assert received_and_missing(date(2024, 12, 31), date(2025, 12, 31)) == ([], [])


def test_a_report_feeds_one_of_two_periods_that_meet_on_its_day(coordinated):
    of, who = coordinated
    w.coordinator_report(of, w.meeting("25-1", date(2024, 12, 30), date(2024, 12, 31)), who)
    days = (date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31))
    periods = zip(days, days[1:], strict=False)
    assert [CoordinatorReport.objects.of_period(*period).count() for period in periods] == [1, 0]


def test_only_who_was_coordinator_reports(coordinated):
    with pytest.raises(ValidationError, match="was not the Coordinator"):
        w.coordinator_report(coordinated[0], w.meeting("25-1"), w.person("Lea Nobody"))


def test_the_period_begins_before_its_end(coordinated):
    with pytest.raises(ValidationError, match="must begin before"):
        w.coordinator_report(*_of(coordinated), starts_on=date(2025, 2, 12))


def _of(coordinated):
    return coordinated[0], w.meeting("25-1"), coordinated[1]


def test_a_received_report_says_something(coordinated):
    with pytest.raises(ValidationError, match="has text in at least"):
        w.coordinator_report(*_of(coordinated), results="")


def test_nobody_sees_internal_reports_but_staff_and_who_wrote_them(coordinated):
    report = w.coordinator_report(*_of(coordinated), is_internal=True)
    author = w.account("author@example.org", person=coordinated[1])
    seen = [
        CoordinatorReport.objects.visible_to(user).contains(report)
        for user in (AnonymousUser(), w.account(), author, w.staff_account())
    ]
    assert seen == [False, False, True, True]


def missing_block(period="2025"):
    report = open_report(period)
    block = generated(report, gather(report))["missing"]
    return [[str(cell) for cell in row] for row in block["rows"]] or str(block["empty"])


def test_none_is_missing_is_said_where_a_coordinator_handed_in(coordinated):
    of, who = coordinated
    w.listing(of)
    w.coordinator_report(of, w.meeting("25-1"), who)
    assert missing_block() == "None is missing."


def test_where_no_coordinator_is_recorded_nobody_can_tell(coordinated):
    for code in ("ACC", "IOT"):
        w.listing(w.subject(code))
    w.listing(w.subject("OLD"), None, date(2025, 1, 1))
    of, who = coordinated
    w.coordinator_report(of, w.meeting("25-1"), who)
    assert missing_block() == [["ACC, IOT", "ISCG 25-1", "no Coordinator is recorded"]]


def test_subject_that_is_known_to_have_no_coordinator_owes_nothing(coordinated):
    w.listing(w.subject("ACC", recorded_from=date(2020, 1, 1)))
    w.meeting("25-1")
    of, _who = coordinated
    assert missing_block() == [["EMF", "ISCG 25-1", "Ina Sample"]]


def test_without_a_meeting_on_record_nothing_is_said_to_be_complete(coordinated):
    assert "; so it is not recorded whether one is due." in missing_block()


@pytest.mark.parametrize(
    ("start", "owes"),
    [
        ({"starts_on": date(2025, 2, 11)}, True),
        ({"starts_on": date(2025, 2, 12)}, False),
        ({"starts_on": date(2025, 2, 13)}, False),
        ({"starts_on": date(2025, 2, 11), "starts_precision": "by"}, True),
        ({"starts_on": date(2025, 2, 1), "starts_precision": "month"}, False),
        ({"starts_on": date(2025, 1, 1), "starts_precision": "month"}, True),
    ],
)
def test_who_was_appointed_on_the_days_of_a_meeting_owes_no_report_to_it(start, owes):
    w.coordinator(w.subject("EMF"), w.person("Ina Sample"), **start)
    w.meeting("25-1", date(2025, 2, 12), date(2025, 2, 13))
    _received, missing = received_and_missing(date(2024, 12, 31), date(2025, 12, 31))
    assert codes(missing) == ([("EMF", "25-1")] if owes else [])


def test_what_waits_on_the_desk_is_not_missing(coordinated):
    of, who = coordinated
    meeting = w.meeting("25-1")
    w.saved(ReportDraft(subject=of, meeting=meeting, person=who, state="submitted", submitted_at=timezone.now()))
    assert received_and_missing(date(2024, 12, 31), date(2025, 12, 31)) == ([], [])
    assert missing_at([meeting]) == [(meeting, [])]
