"""“Duplications found and avoided” in the annual report: one list with two origins (A1)."""

from datetime import date

import pytest

from reports.composing import tree_of
from reports.facts import gather
from reports.models import AnnualReport
from studies.models import FindingDecision, StudyFinding
from studies.overlaps.finder import look_through
from tests import world as build

pytestmark = pytest.mark.django_db
TITLE = "Human exposure to made-up fields"


@pytest.fixture
def report():
    return AnnualReport(code="2025", period_from=date(2024, 12, 31), period_to=date(2025, 12, 31))


@pytest.fixture
def finding():
    emf = build.subject("EMF", "RTD")
    question = build.study_unit("Q7/2", title=TITLE)
    build.study_unit("SG5", "T 2025-2028", "study group", TITLE)
    build.link(question, subject=emf)
    look_through(date(2025, 6, 1))
    return StudyFinding.objects.get(kind="similar titles")


def decide(finding, on=date(2025, 7, 1), act="accepted", **said):
    return FindingDecision.objects.create(
        finding=finding, act=act, decided_on=on, fingerprint=finding.fingerprint, **said
    )


def block(report, key, on=date(2026, 2, 1)):
    sections = tree_of(report, gather(report, on), {}, "en")["sections"]
    return next((one for section in sections for one in section["blocks"] if one["key"] == key), None)


def test_what_the_secretariat_accepted_stands_there(report, finding):
    decide(finding, outcome="Both groups meet in May.")
    said = "ITU-D Q7/2 and ITU-T SG5 have nearly the same title (100 of 100)."
    assert block(report, "duplications")["rows"] == [
        ["1 July 2025", "EMF", "secretariat", said, "Both groups meet in May."]
    ]


def test_what_coordinators_report_stands_in_the_same_list(report, finding):
    decide(finding)
    meeting, person = build.meeting("25-1"), build.person("Ina Reports")
    build.coordinator(build.subject("ACC"), person, date(2022, 1, 1))
    acc = person.coordinator_set.get().subject
    build.coordinator_report(acc, meeting, person, duplication="Two workshops became one.")
    rows = block(report, "duplications")["rows"]
    assert [row[1:4:2] for row in rows][1] == ["ACC", "Two workshops became one."]
    assert [row[2] for row in rows] == ["secretariat", "Coordinator"]
    assert rows[1][0] == meeting.dates  # received later, perhaps after the period


def test_a_report_without_a_word_on_it_is_no_row(report):
    person = build.person("Ina Reports")
    build.coordinator(build.subject("ACC"), person, date(2022, 1, 1))
    build.coordinator_report(person.coordinator_set.get().subject, build.meeting("25-1"), person)
    assert block(report, "duplications")["rows"] == []


def test_a_gap_is_no_duplication(report, finding):
    decide(StudyFinding.objects.get(kind="no focal point"), outcome="TDAG was asked.")
    assert block(report, "duplications")["rows"] == []
    [row] = block(report, "gaps")["rows"]
    assert row[1:] == [
        "EMF",
        "secretariat",
        "EMF is studied by ITU-D Q7/2; who is Focal Point for TDAG is not recorded.",
        "TDAG was asked.",
    ]


@pytest.mark.parametrize("act, on", [("dismissed", date(2025, 7, 1)), ("accepted", date(2024, 12, 31))])
def test_what_was_dismissed_or_decided_before_is_not_told(report, finding, act, on):
    decide(finding, on, act, because="One follows the other." if act == "dismissed" else "")
    assert block(report, "duplications")["rows"] == []


def test_what_was_accepted_before_and_is_over_in_the_period_is_told(report, finding):
    StudyFinding.objects.update(found_on=date(2024, 5, 1), gone_on=date(2025, 9, 1))
    decide(finding, date(2024, 6, 1))
    [row] = block(report, "duplications")["rows"]
    assert row[3].endswith("No longer so since 1 September 2025.")


def test_what_came_after_the_period_is_not_told(report, finding):
    StudyFinding.objects.update(gone_on=date(2026, 1, 15))
    decide(finding)
    [row] = block(report, "duplications")["rows"]
    assert "No longer so" not in row[3]


def test_no_row_is_not_told_as_none(report):
    assert block(report, "duplications")["empty"] == "No duplication found or avoided is on record for the period."
    assert block(report, "gaps") is None


def test_what_is_not_public_any_more_is_not_told(report):
    meeting = build.meeting("25-1")
    papers = [build.document(meeting, TITLE, submitted_by=by, dated_on=date(2025, 3, 1)) for by in ("BDT", "TSB")]
    look_through(date(2025, 6, 1))
    decide(StudyFinding.objects.get(kind="similar titles"))
    assert len(block(report, "duplications")["rows"]) == 1
    type(papers[0]).objects.filter(pk=papers[0].pk).update(visibility="restricted")
    assert block(report, "duplications")["rows"] == []
