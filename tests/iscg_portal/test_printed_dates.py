"""Dates as readers see them, in six languages, never more exactly than they are known."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation
from django.utils.translation import override

from iscg_portal.tenure.dates import print_date, print_days, print_moment, print_since, print_until, today
from members.models import Representative
from subjects.models import Listing
from subjects.models.listings import listing_on

DAY = date(2016, 3, 1)

PRINTED = {
    "en": ("1 March 2016", "March 2016", "2016"),
    "fr": ("1er mars 2016", "mars 2016", "2016"),
    "es": ("1 de marzo de 2016", "marzo de 2016", "2016"),
    "ru": ("1 марта 2016 года", "март 2016 года", "2016"),
    "zh-hans": ("2016年3月1日", "2016年3月", "2016年"),
    "ar": ("1 مارس 2016", "مارس 2016", "2016"),
}


def plain(text):
    """Which kind of space the languages' data uses is theirs to say."""
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("\u200f", "")


@pytest.fixture
def phrases_by_context(monkeypatch):
    """Each phrase begins with the words by which a translator tells it from others of the same English."""
    monkeypatch.setattr(translation._trans, "pgettext", lambda context, phrase: f"[{context}] {phrase}")


@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_a_day_a_month_and_a_year_have_a_phrase_each_in_every_language(phrases_by_context, precision):
    later = date(today().year + 1, 1, 1)
    said = [
        print_since(DAY, precision),
        print_since(later, precision),
        print_until(DAY, precision),
        Representative(starts_on=DAY, starts_precision=precision).print_evidence(),
        listing_on(today(), [Listing(starts_on=later, starts_precision=precision)]).phrase,
    ]
    assert [phrase.partition("]")[0] for phrase in said] == [f"[a {precision}"] * len(said)


@pytest.mark.parametrize("language", PRINTED)
def test_a_date_is_printed_in_the_language_of_the_page(language):
    with override(language):
        printed = tuple(plain(print_date(DAY, precision)) for precision in ("day", "month", "year"))
    assert printed == tuple(plain(text) for text in PRINTED[language])


@pytest.mark.parametrize("language", PRINTED)
def test_a_full_stop_can_follow_a_printed_date(language):
    """“с 1 мая 2023 г..” has one too many."""
    with override(language):
        dates = [print_date(DAY, precision) for precision in ("day", "month", "year")]
        dates += [print_days(DAY, later) for later in (date(2016, 3, 5), date(2016, 5, 3), date(2017, 3, 1))]
        assert [said for said in dates if said.endswith(".")] == []


@pytest.mark.parametrize(
    ("precision", "phrase"),
    [
        ("day", "since 1 March 2016"),
        ("month", "since March 2016"),
        ("year", "since 2016"),
        ("by", "in office by 1 March 2016"),
    ],
)
def test_a_start_is_a_phrase(precision, phrase):
    assert print_since(DAY, precision) == phrase


@pytest.mark.parametrize(
    ("precision", "phrase"),
    [
        ("day", "until 1 March 2016"),
        ("month", "until March 2016"),
        ("year", "until 2016"),
        ("after", "last recorded in office on 29 February 2016"),
    ],
)
def test_an_end_is_a_phrase(precision, phrase):
    assert print_until(DAY, precision) == phrase


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 2, 11, 22, 59, tzinfo=UTC), date(2025, 2, 11)),
        (datetime(2025, 2, 11, 23, 0, tzinfo=UTC), date(2025, 2, 12)),
        (datetime(2025, 7, 11, 22, 0, tzinfo=UTC), date(2025, 7, 12)),
    ],
)
def test_today_begins_at_midnight_in_geneva(monkeypatch, moment, day):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert today() == day


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en", "26 November 2026, 03:04"), ("es", "26 de noviembre de 2026, 03:04"), ("zh-hans", "2026年11月26日 03:04")],
)
def test_a_moment_is_printed_in_the_language_and_at_the_hour_of_geneva(language, printed):
    with override(language):
        assert print_moment(datetime(2026, 11, 26, 2, 4, tzinfo=UTC)) == printed


def test_since_is_for_the_past_and_from_for_what_is_to_come():
    now = today()
    assert print_since(now, "day") == f"since {print_date(now)}"
    assert print_since(date(2150, 12, 1), "day") == "from 1 December 2150"
    assert print_since(date(2150, 12, 1), "month") == "from December 2150"
