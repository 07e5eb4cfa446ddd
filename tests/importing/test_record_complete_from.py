"""Files that take back what “record complete from” rests on say so in a column, or are refused with a sentence."""

from datetime import date

import pytest

from bench.rows import judge_rows, write_rows
from members.models import Seat
from subjects.models import FocalPointRecord, Subject
from tests import world as w
from tests.importing.conftest import exported, verdicts

pytestmark = pytest.mark.django_db

BEGUN = date(2025, 1, 23)


@pytest.fixture
def row():
    """The line of Dan, in office by 23 January 2025, with a start of 10 February."""
    w.representative(w.seat("RAG1", BEGUN), w.person("Dan Fictional"), BEGUN, starts_precision="by")
    [line] = exported("representative")
    return line | {"starts_on": "2025-02-10", "starts_precision": "day"}


def refusals(model, rows):
    return [(one.column, one.sentence) for row in judge_rows(model, rows).rows for one in row.problems]


def test_export_leaves_the_column_empty(row):
    assert row["record_complete_from"] == ""


def test_file_without_an_answer_is_refused_at_the_column(row):
    [(column, sentence)] = refusals("representative", [row])
    assert column == "record_complete_from"
    assert sentence == (
        "“RAG, seat 1” is recorded without holes from 23 January 2025 on, and this takes days back on which the record"
        " had a holder. Say from which day the record is complete now, or that this is not known."
    )


@pytest.mark.parametrize(("cell", "day"), [("not known", None), ("2025-02-10", date(2025, 2, 10))])
def test_answer_in_the_column_is_written(row, cell, day):
    row["record_complete_from"] = cell
    preview = judge_rows("representative", [row])
    shown = {change.column: change.new for change in preview.rows[0].changes}
    assert (verdicts(preview), shown["record_complete_from"]) == (["changed"], cell)
    write_rows("representative", [row], reason="From the minutes")
    assert Seat.objects.get().recorded_from == day


def test_answer_may_stand_alone(row):
    [line] = exported("representative")
    write_rows("representative", [line | {"record_complete_from": "2025-02-01"}])
    assert Seat.objects.get().recorded_from == date(2025, 2, 1)


def test_answer_alone_that_the_dates_forbid_is_refused(row):
    [line] = exported("representative")
    [(column, sentence)] = refusals("representative", [line | {"record_complete_from": "2025-01-01"}])
    assert (column, sentence.partition(":")[0]) == (
        "record_complete_from",
        "The record cannot begin before 23 January 2025",
    )


def test_new_row_known_only_as_by_brings_its_answer(row):
    Seat.objects.update(recorded_from=date(2024, 1, 1))
    new = {"seat": "RAG1", "person": w.person("Ada Testperson").slug, "starts_on": "2024-06-01"}
    new |= {"starts_precision": "by", "ends_on": "2024-07-01", "ends_precision": "day"}
    assert [column for column, _sentence in refusals("representative", [new])] == ["starts_on"]
    write_rows("representative", [new | {"record_complete_from": "2025-01-23"}])
    assert Seat.objects.get().recorded_from == BEGUN


def test_two_rows_of_one_office_agree_on_the_day(row):
    new = {**dict.fromkeys(row, ""), "seat": "RAG1", "person": w.person("Ada Testperson").slug}
    new |= {"starts_on": "2020-01-01", "starts_precision": "day", "ends_on": "2021-01-01", "ends_precision": "day"}
    rows = [row | {"record_complete_from": "2025-02-10"}, new | {"record_complete_from": "not known"}]
    assert [column for column, _sentence in refusals("representative", rows)] == ["record_complete_from"]


def test_record_of_focal_points_goes_out_and_in():
    w.saved(FocalPointRecord(subject=w.subject("EMF"), body="RAG", recorded_from=BEGUN))
    [line] = exported("focalpointrecord")
    assert line == {"subject": "EMF", "body": "RAG", "recorded_from": "2025-01-23"}
    write_rows("focalpointrecord", [line | {"recorded_from": "2025-03-01"}, line | {"body": "BR"}])
    assert dict(FocalPointRecord.objects.values_list("body", "recorded_from")) == {
        "RAG": date(2025, 3, 1),
        "BR": BEGUN,
    }


def test_from_when_mandates_are_complete_goes_out_and_in():
    w.subject("EMF", mandates_recorded_from=BEGUN)
    [line] = exported("subject")
    assert line["mandates_recorded_from"] == "2025-01-23"
    write_rows("subject", [line | {"mandates_recorded_from": ""}])
    assert Subject.objects.get().mandates_recorded_from is None
