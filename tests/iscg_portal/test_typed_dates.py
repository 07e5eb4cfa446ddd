"""What the portal prints can be typed: in the six languages, as exactly as it is known, at every form."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.tenure.dates import FIRST_DAY, end_of_period, print_date, print_days, print_since, print_until
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.tenure.typed_dates import read_date, read_days

DAYS = st.dates(FIRST_DAY + datetime.timedelta(days=1), datetime.date(2060, 12, 30))
LANGUAGES = st.sampled_from(LANGUAGE_CODES)


def _known(day, precision):
    return day.replace(month=1, day=1) if precision == "year" else day.replace(day=1) if precision == "month" else day


@given(DAYS, st.sampled_from(["day", "month", "year"]), LANGUAGES, LANGUAGES)
def test_a_printed_date_is_read_back_on_a_page_of_any_language(day, precision, language, page):
    with override(language):
        printed = print_date(day, precision)
    with override(page):
        assert read_date(printed) == (_known(day, precision), precision)
        assert read_date(printed.upper().replace(" ", "\u00a0")) == (_known(day, precision), precision)


@given(DAYS, st.sampled_from(["day", "month", "year", "by"]), LANGUAGES)
def test_a_printed_beginning_is_read_back(day, precision, language):
    with override(language):
        printed = print_since(day, precision)
    assert read_date(printed) == (_known(day, precision), precision)


@given(DAYS, st.sampled_from(["day", "month", "year", "after"]), LANGUAGES)
def test_a_printed_end_is_read_back(day, precision, language):
    with override(language):
        printed = print_until(day, precision)
    assert read_date(printed, ends=True) == (_known(day, precision), precision)


@given(DAYS, st.integers(0, 800), st.sampled_from(["day", "month", "year"]), LANGUAGES, LANGUAGES)
def test_a_printed_stretch_of_days_is_read_back(first, length, precision, language, page):
    last = first + datetime.timedelta(days=length)
    with override(language):
        printed = print_days(first, last, precision)
    with override(page):
        assert read_days(printed) == (_known(first, precision), end_of_period(last, precision))
        assert read_days(printed.upper().replace(" ", "\u00a0")) == read_days(printed)


@given(DAYS, DAYS, LANGUAGES)
def test_an_end_in_the_month_of_its_start_is_the_last_day_of_it(day, start, language):
    start = day.replace(day=1)
    with override(language):
        assert read_date(print_date(day, "month"), ends=True, starts_on=start)[0] == end_of_period(start, "month")


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("31.12.2026", datetime.date(2026, 12, 31), "day"),
        ("12/31/2026", datetime.date(2026, 12, 31), "day"),
        ("5.5.2026", datetime.date(2026, 5, 5), "day"),
        ("2026/12/31", datetime.date(2026, 12, 31), "day"),
        ("1/2027", datetime.date(2027, 1, 1), "month"),
        ("December 31, 2026", datetime.date(2026, 12, 31), "day"),
        ("31st Dec. 2026", datetime.date(2026, 12, 31), "day"),
        ("1er août 2026", datetime.date(2026, 8, 1), "day"),
        ("٣١ ديسمبر ٢٠٢٦", datetime.date(2026, 12, 31), "day"),
        ("by 23 January 2025", datetime.date(2025, 1, 23), "by"),
    ],
)
def test_figures_and_short_words_are_read(typed, day, precision):
    assert read_date(typed) == (day, precision)


def test_figures_that_can_be_two_days_are_refused_with_both():
    with pytest.raises(ValidationError, match="can be two days; write 4 March 2026 or 3 April 2026"):
        read_date("4/3/2026")


@pytest.mark.parametrize(
    "typed",
    ["", "31.13.2026", "31.2.2026", "12 may", "may 12 march 2026", "2026 2027", "x" * 300, "3" * 300, "1/20270"],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed):
    with pytest.raises(ValidationError) as refused:
        read_date(typed)
    assert refused.value.messages[0].endswith(".")


def test_a_field_for_a_day_refuses_a_month():
    assert DayInput().clean(" 31 December 2026 ") == datetime.date(2026, 12, 31)
    with pytest.raises(ValidationError, match="no full day"):
        DayInput().clean("1/2027")
