"""The pictures of a report show the closing day, need nothing outside themselves, and are mirrored in Arabic."""

from datetime import date

import pytest
from django.utils.translation import override

from reports.acts import annual_reports as acts
from reports.composing import generated
from reports.facts import gather
from reports.renditions.harmless import harmless_svg
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def composed():
    """The report for 2024 with its facts; one seat changed hands in 2024, and once more after the closing day."""
    for code in ("RAG1", "RAG2"):
        w.seat(code, recorded_from=date(2020, 1, 1))
    w.representative("RAG1", w.person("Ada Testperson"), date(2021, 5, 1), date(2024, 5, 1))
    w.representative("RAG1", w.person("Ben Madeup"), date(2024, 5, 1), date(2025, 2, 1))
    w.representative("RAG1", w.person("Cleo Invented"), date(2025, 2, 1))
    report = acts.open_report("2024")
    return report, gather(report)


def test_the_lanes_show_the_terms_that_had_begun_by_the_closing_day(composed):
    block = generated(*composed)["timeline"]
    assert "Ada Testperson" in block["svg"] and "Ben Madeup" in block["description"]
    assert "Cleo" not in block["svg"] + block["description"]


@pytest.mark.parametrize("key", ["timeline", "balance"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_picture_is_harmless_and_loses_nothing_by_that(composed, key, language):
    with override(language):
        svg = generated(*composed)[key]["svg"]
    cleaned = harmless_svg(svg)
    assert cleaned.count("<rect") == svg.count("<rect") > 0
    assert cleaned.count("fill=") == svg.count("fill=")
    assert not any(sign in cleaned for sign in ("class=", "style=", "url("))


def test_the_balance_counts_the_representatives_of_the_closing_day_and_the_seats_of_which_nothing_is_recorded(composed):
    assert "not recorded 5" in generated(*composed)["balance"]["description"]


def test_arabic_is_the_mirror_image(composed):
    def seat_names(language):
        with override(language):
            return generated(*composed)["timeline"]["svg"]

    assert 'x="84" ' in seat_names("en")
    assert 'x="746" ' in seat_names("ar")
