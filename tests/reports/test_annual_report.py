"""Annual reports: composed from the record, published by a second account, frozen, corrected, withdrawn."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils.translation import override

from iscg_portal.history import Reason
from reports.acts import annual_reports as acts
from reports.facts import gather
from reports.models import AnnualReport
from reports.published_statements import PublishedStatements
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return w.staff_account("writer@example.org")


@pytest.fixture
def publisher():
    return w.staff_account("publisher@example.org")


def published(period, writer, publisher):
    return taken_through(acts.open_report(period, writer), writer, publisher)


def taken_through(report, writer, publisher):
    acts.submit(report, writer)
    acts.approve(report, publisher)
    acts.publish(report, publisher, on=date(2027, 3, 1))
    return report


def rows_of(report, key):
    """The rows of a table of the frozen report; none where it has no such block."""
    sections = json.loads(report.content)["languages"]["en"]["sections"]
    blocks = [block for section in sections for block in section["blocks"] if block["key"] == key]
    return blocks[0]["rows"] if blocks else []


def test_the_report_for_a_year_covers_the_changes_after_the_last_day_of_the_year_before(writer):
    report = acts.open_report("2025", writer)
    assert (report.period_from, report.period_to) == (date(2024, 12, 31), date(2025, 12, 31))


@pytest.mark.parametrize("period", ["", "20x5", "2025-12-31..2025-01-01", "2025-01-02..2025-01-01", "2025-13-01.."])
def test_a_period_that_is_none_is_refused_with_a_sentence(period):
    with pytest.raises(ValidationError):
        acts.open_report(period)


@pytest.mark.parametrize("language", ["en", "ar", "fr", "zh-hans"])
def test_a_period_is_typed_as_reports_print_it(language):
    for typed in ("2025", "2025-03-05..2025-06-30", "2025-03..2025-06"):
        eve, last, kind, code = acts.read_period(typed)
        with override(language):
            printed = AnnualReport(period_from=eve, period_to=last).period
            assert acts.read_period(printed) == (eve, last, kind, code)


def test_a_report_that_is_there_already_is_said_to_be():
    acts.open_report("2025")
    with pytest.raises(ValidationError, match="There is a report 2025 already"):
        acts.open_report("2025")


def test_a_period_that_overlaps_a_published_report_of_the_kind_is_refused(writer, publisher):
    published("2025-01-01..2025-06-30", writer, publisher)
    with pytest.raises(ValidationError, match="shares a day"):
        acts.open_report("2025-06-01..2025-12-31")


def test_the_submitter_publishes_only_with_a_reason(writer):
    report = acts.open_report("2025", writer)
    acts.submit(report, writer)
    for act in (acts.approve, acts.publish):
        with pytest.raises(ValidationError, match="Say why you take this step yourself"):
            act(report, writer)
        act(report, writer, "Nobody else is here")
        assert report.steps.last().reason == "By the person who submitted it: Nobody else is here"


def test_each_step_is_recorded_with_who(writer, publisher):
    report = published("2025", writer, publisher)
    assert [(step.state, step.by) for step in report.steps.all()] == [
        ("draft", writer),
        ("in review", writer),
        ("approved", publisher),
        ("published", publisher),
    ]


def test_a_later_change_of_the_record_leaves_the_frozen_content(report_of_2024):
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    now = AnnualReport.objects.get()
    assert now.content_sha256 == report_of_2024.content_sha256
    assert "Ada Testperson" not in json.dumps(json.loads(now.content))


def test_an_event_recorded_after_publication_is_a_correction_in_the_next_report(writer, report_of_2024):
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    facts = gather(acts.open_report("2025", writer))
    assert ([(one.said, one.known.where) for one in facts.corrections], facts.own) == ([(None, "RAG")], [])


def test_an_event_is_told_once_over_several_reports(writer, publisher):
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1), date(2025, 5, 1))
    told = []
    for year in ("2024", "2025", "2026"):
        report = json.loads(published(year, writer, publisher).content)["told"]
        told += [event["key"] for event in report["events"]]
        told += [correction["known"]["key"] for correction in report["corrections"]]
        if year == "2024":
            w.representative("TSAG1", w.person("Ben Madeup"), date(2024, 1, 9))
    assert len(told) == len(set(told)) == 3


def test_a_meeting_and_a_coordinators_report_recorded_late_are_told_once_by_the_next_report(
    writer, publisher, report_of_2024
):
    meeting = w.meeting("24-1", date(2024, 5, 6))
    coordinator = w.coordinator(w.subject("EMF"), w.person("Ada Testperson"), date(2024, 1, 1))
    w.coordinator_report(coordinator.subject, meeting, coordinator.person, received_on=date(2025, 3, 1))
    second, third = (published(year, writer, publisher) for year in ("2025", "2026"))
    told = {report.code: rows_of(report, "earlier") for report in (report_of_2024, second, third)}
    nothing = "Nothing of this."
    assert [row[:2] for row in told["2025"]] == [["2024", nothing]] * 3
    assert [row[2] for row in told["2025"]] == [
        "1 January 2024: EMF, took office: Ada Testperson",
        "6 May 2024: ISCG 24-1, meeting held: Meeting 24-1, made up",
        "6 May 2024: EMF, Coordinator’s report received: Ada Testperson",
    ]
    assert (told["2024"], told["2026"]) == ([], [])


def test_a_meeting_that_was_told_is_no_correction_in_the_next_report(writer, publisher):
    w.meeting("24-1", date(2024, 5, 6))
    assert len(rows_of(published("2024", writer, publisher), "meetings")) == 1
    assert rows_of(published("2025", writer, publisher), "earlier") == []


@pytest.mark.parametrize(("variant", "code"), [("Corr", "2024-corr1"), ("Add", "2024-add1")])
def test_a_corrigendum_and_an_addendum_stand_beside_the_report(writer, publisher, report_of_2024, variant, code):
    beside = taken_through(acts.correct(report_of_2024, variant, writer, "A name was wrong"), writer, publisher)
    report_of_2024.refresh_from_db()
    assert (beside.code, beside.state, report_of_2024.state) == (code, "published", "published")


def test_the_second_revision_takes_the_next_number_and_supersedes_the_first(writer, publisher, report_of_2024):
    first, second = (
        taken_through(acts.correct(report_of_2024, "Rev", writer, "A name was wrong"), writer, publisher)
        for _each in "12"
    )
    first.refresh_from_db()
    report_of_2024.refresh_from_db()
    assert (first.code, second.code) == ("2024-rev1", "2024-rev2")
    assert (report_of_2024.state, first.state, second.state) == ("superseded", "superseded", "published")


def test_a_correction_of_a_correction_is_refused(writer, report_of_2024):
    revision = acts.correct(report_of_2024, "Rev", writer, "A name was wrong")
    with pytest.raises(ValidationError, match="Correct the report itself"):
        acts.correct(revision, "Corr", writer, "Another name was wrong")


def test_a_correction_begins_with_what_was_written_and_without_blocks_that_are_no_more(writer, publisher):
    report = acts.open_report("2025", writer)
    report.blocks.filter(key="summary").update(mode="edited", texts={"en": "By hand"})
    report.blocks.create(key="of-old", mode="left out")
    taken_through(report, writer, publisher)
    revision = acts.correct(report, "Rev", writer, "A name was wrong")
    assert revision.blocks.get(key="summary").texts == {"en": "By hand"}
    assert not revision.blocks.filter(key="of-old").exists()


@pytest.mark.parametrize("reason", [" ", "For staff alone", Reason("For staff alone", " ")])
def test_a_withdrawal_needs_a_reason_for_the_public(publisher, report_of_2024, reason):
    with pytest.raises(ValidationError):
        acts.withdraw(report_of_2024, publisher, reason)


def test_what_a_withdrawn_report_told_is_a_correction_in_the_next_report(writer, publisher):
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    acts.withdraw(published("2024", writer, publisher), publisher, Reason(public="It was sent too early"))
    facts = gather(acts.open_report("2025", writer))
    assert ([(one.said, one.known.where) for one in facts.corrections], facts.events) == ([(None, "RAG")], [])


def test_what_a_revision_still_tells_is_not_told_again_when_its_report_is_withdrawn(writer, publisher):
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    first = published("2024", writer, publisher)
    revision = acts.correct(first, "Rev", writer, "A date was wrong")
    acts.submit(revision, writer)
    acts.approve(revision, publisher)
    acts.publish(revision, publisher)
    first.refresh_from_db()
    acts.withdraw(first, publisher, Reason(public="The revision takes its place"))
    assert len(PublishedStatements("annual").statements) == 1
    acts.withdraw(revision, publisher, Reason(public="Sent too early"))
    assert PublishedStatements("annual").statements == []


def test_on_one_day_a_term_ends_before_the_next_begins(writer):
    w.representative("RAG1", w.person("Zoe Testperson"), date(2024, 3, 1), date(2025, 5, 1))
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 5, 1))
    facts = gather(acts.open_report("2025", writer))
    assert [event.kind for event in facts.events] == ["ended", "began"]


def test_the_commands_compose_and_publish(publisher, capsys):
    call_command("compose_report", "2025")
    with pytest.raises(CommandError, match="Say why you take this step yourself"):
        call_command("publish_report", "2025", by="publisher@example.org")
    assert AnnualReport.objects.get().state == "draft"
    call_command("publish_report", "2025", by="publisher@example.org", reason="Nobody else is here")
    assert "/en/reports/2025/" in capsys.readouterr().out
    steps = AnnualReport.objects.get().steps.order_by("pk")
    assert [(step.state, step.by) for step in steps][1:] == [
        (state, publisher) for state in ("in review", "approved", "published")
    ]
    assert "By the person who submitted it" in steps.last().reason
    with pytest.raises(CommandError):
        call_command("publish_report", "2025", by="publisher@example.org", reason="Once more")
