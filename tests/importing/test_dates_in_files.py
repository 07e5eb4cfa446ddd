"""A date and how exactly it is known are two columns, read and written without loss."""

import datetime

import pytest

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.sheet import DateCell
from members.models import Representative
from tests.importing.conftest import problems, term


def written(**cells):
    write_rows("representative", [term(**cells)])
    row = Representative.objects.get(person__slug="lea-nobody")
    return row.starts_on, row.starts_precision, row.ends_on, row.ends_precision


@pytest.mark.parametrize(
    ("text", "precision", "stored"),
    [
        ("2016", "", ("2016-01-01", "year")),
        ("2016-03", "", ("2016-03-01", "month")),
        ("2016-03-15", "", ("2016-03-15", "day")),
        ("2016-03-15", "month", ("2016-03-15", "month")),
        ("2016-03-15", "year", ("2016-03-15", "year")),
        ("by 2025-01-23", "", ("2025-01-23", "by")),
        ("2025-01-23", "by", ("2025-01-23", "by")),
        ("by 2025-01-23", "by", ("2025-01-23", "by")),
        (DateCell(datetime.date(2016, 3, 1)), "month", ("2016-03-01", "month")),
        (DateCell(datetime.date(2016, 3, 1)), "day", ("2016-03-01", "day")),
        ("2016", "Year", ("2016-01-01", "year")),
    ],
)
def test_starts(lea, text, precision, stored):
    starts_on, starts_precision, *_end = written(starts_on=text, starts_precision=precision)
    assert (starts_on.isoformat(), starts_precision) == stored


@pytest.mark.parametrize(
    ("text", "precision", "stored"),
    [
        ("after 2026-06-05", "", ("2026-06-05", "after")),
        ("2026-05", "", ("2026-05-31", "month")),
        ("2026", "", ("2026-12-31", "year")),
        ("2027", "year", ("2027-01-01", "year")),
        ("2026-06-05", "", ("2026-06-05", "day")),
    ],
)
def test_ends(lea, text, precision, stored):
    *_start, ends_on, ends_precision = written(ends_on=text, ends_precision=precision)
    assert (ends_on.isoformat(), ends_precision) == stored


def test_true_date_without_a_precision_is_refused_with_its_cell(lea):
    [(cell, sentence)] = problems("representative", [term(starts_on=DateCell(datetime.date(2016, 3, 1)))])
    assert cell == "C2" and "turns 2016-03 into 1 March 2016" in sentence


def test_true_date_in_a_column_of_texts_is_refused(lea):
    [(cell, sentence)] = problems("representative", [term(note=DateCell(datetime.date(2016, 3, 1)))])
    assert cell == "E2" and "holds a date" in sentence


def test_true_date_is_a_day_where_no_precision_can_stand_beside_it(lea):
    day = datetime.date(2026, 6, 1)
    write_rows("representative", [term(last_confirmed_on=DateCell(day))])
    assert Representative.objects.get(person=lea).last_confirmed_on == day


def test_true_date_far_away_is_refused(lea):
    [(cell, sentence)] = problems("representative", [term(last_confirmed_on=DateCell(datetime.date(9999, 6, 1)))])
    assert cell == "E2" and sentence


@pytest.mark.parametrize(
    ("cells", "cell", "words"),
    [
        ({"starts_on": "1 March 2016"}, "C2", "is not a date"),
        ({"starts_on": "2016-02-30"}, "C2", "is not a date"),
        ({"starts_on": ""}, "C2", "may not be empty"),
        ({"starts_on": "2016", "starts_precision": "month"}, "C2", "not exact enough"),
        ({"starts_precision": "mnth"}, "D2", "Did you mean month?"),
        ({"starts_precision": "after"}, "D2", "it is one of: day, month, year, by"),
        ({"starts_on": "after 2016-03-01"}, "C2", "is not a date"),
        ({"ends_on": "", "ends_precision": "day"}, "F2", "no date beside it"),
        ({"ends_on": "by 2030-01-01", "ends_precision": ""}, "E2", "is not a date"),
        ({"starts_on": "2016-03-01", "starts_precision": DateCell(datetime.date(2016, 3, 1))}, "D2", "is a word"),
        ({"last_confirmed_on": "2016-03"}, "E2", "not exact enough"),
    ],
)
def test_wrong_dates_are_refused_with_their_cell(lea, cells, cell, words):
    [(found, sentence)] = problems("representative", [term(**cells)])
    assert found == cell and words in sentence


def test_end_before_the_start_is_refused_by_the_model(lea):
    [(_cell, sentence)] = problems("representative", [term(ends_on="2020", ends_precision="")])
    assert sentence == "The end must come after the start."


def test_empty_end_is_open_and_empty_cells_clear_an_end(world):
    row = {"id": str(Representative.objects.get(person=world.ben).pk), **term("RAG2", "ben-madeup", "2019-01-01")}
    preview = judge_rows("representative", [{**row, "ends_on": "", "ends_precision": ""}])
    assert ("ends_on", "2024-03-01", "") in [(one.column, one.old, one.new) for one in preview.rows[0].changes]
