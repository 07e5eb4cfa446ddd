"""Reading and writing dates that are known more or less exactly."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.tenure.dates import parse_date, write_date

READ = [
    ("2016", "", (date(2016, 1, 1), "year")),
    ("2016-03", "", (date(2016, 3, 1), "month")),
    ("2016-03-15", "", (date(2016, 3, 15), "day")),
    ("by 2025-01-23", "", (date(2025, 1, 23), "by")),
    ("2025-01-23", "by", (date(2025, 1, 23), "by")),
    ("by 2025-01-23", "by", (date(2025, 1, 23), "by")),
    ("2016-03-15", "month", (date(2016, 3, 15), "month")),
    ("2016-03", "year", (date(2016, 3, 1), "year")),
    (" BY  2025-01-23 ", " By ", (date(2025, 1, 23), "by")),
    ("2024-02-29", "", (date(2024, 2, 29), "day")),
]

NONSENSE = [
    "",
    "tomorrow",
    "15.3.2016",
    "3/15/2016",
    "2016-3-15",
    "2016-13",
    "2016-02-30",
    "2023-02-29",
    "0000",
    "20160315",
    "2016-03-15T00:00",
    "-2016",
    "٢٠١٦",
    "by 2016",
    "by",
    "after 2016-03-15",
    "since 2016-03-15",
    "9" * 5000,
    "42444",
    None,
]


@pytest.mark.parametrize(("text", "precision", "expected"), READ)
def test_reads_a_start_as_exactly_as_it_is_written(text, precision, expected):
    assert parse_date(text, precision) == expected


@pytest.mark.parametrize("text", NONSENSE)
def test_refuses_nonsense_with_a_short_sentence(text):
    with pytest.raises(ValidationError) as refusal:
        parse_date(text)
    [sentence] = refusal.value.messages
    assert sentence.endswith(".")
    assert len(sentence) < 150


@pytest.mark.parametrize(
    ("text", "precision", "sentence"),
    [
        ("2016", "day", "“2016” is not exact enough for the precision “day”."),
        ("2016-03", "by", "“2016-03” is not exact enough for the precision “by”."),
        ("2016", "month", "“2016” is not exact enough for the precision “month”."),
        ("by 2016-03-15", "day", "“by 2016-03-15” and the precision disagree."),
        ("2016", "roughly", "“roughly” is not a precision; use one of: day, month, year, by."),
        ("2016-03-15", "after", "“after” is not a precision; use one of: day, month, year, by."),
    ],
)
def test_refuses_a_text_and_a_precision_that_disagree(text, precision, sentence):
    with pytest.raises(ValidationError) as refusal:
        parse_date(text, precision)
    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-04", (date(2019, 4, 1), "month")),
        ("after 2019-04-06", (date(2019, 4, 6), "after")),
        ("2019", (date(2019, 1, 1), "year")),
    ],
)
def test_reads_an_end_as_exactly_as_it_is_written(text, expected):
    assert parse_date(text, ends=True, starts_on=date(2016, 3, 1)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2016-03", (date(2016, 3, 31), "month")), ("2016", (date(2016, 12, 31), "year"))],
)
def test_end_in_the_period_of_its_start_becomes_the_last_day_of_that_period(text, expected):
    assert parse_date(text, ends=True, starts_on=date(2016, 3, 1)) == expected


def test_end_cannot_be_by_a_day():
    with pytest.raises(ValidationError):
        parse_date("by 2019-04-06", ends=True)


@pytest.mark.parametrize("text", ["2016", "2016-03", "2016-03-15", "by 2025-01-23"])
def test_what_is_written_is_read_back(text):
    assert write_date(*parse_date(text)) == text


def test_no_date_is_written_as_nothing():
    assert write_date(None, None) == ""
