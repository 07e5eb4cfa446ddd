"""The lanes: where a term stands along time, which edges are soft, where a name has room."""

import datetime
from itertools import pairwise

import pytest

from iscg_portal.web.drawing import drawn, text_width
from members.pictures.lanes import LABEL, LEAST_WIDTH, Band, Bar, Lane, draw_lanes

FIRST, LAST = datetime.date(2015, 1, 1), datetime.date(2025, 1, 1)
DAYS = (LAST - FIRST).days
RAG = Lane("RAG", "R")


def day(text):
    return datetime.date.fromisoformat(text)


def bar(starts_on, ends_on=None, starts="day", ends="day", lane=0, label="Ada"):
    """A plain term; a precision of the end stands only where there is an end."""
    return Bar(lane, day(starts_on), ends_on and day(ends_on), starts, ends if ends_on else None, label)


def picture(*bars, lanes=(RAG,), on="2020-06-01", bands=(), rtl=False):
    return draw_lanes(lanes, bars, bands, first=FIRST, last=LAST, day=day(on), rtl=rtl).geometry


def along(text):
    return (day(text) - FIRST).days * 100 / DAYS


def test_a_term_known_to_the_day_has_no_soft_edge():
    (term,) = picture(bar("2016-01-01", "2018-01-01")).bars
    assert (term.soft_start, term.soft_end) == (None, None)
    assert term.solid.x == pytest.approx(along("2016-01-01"), abs=0.01)


def test_an_open_term_reaches_the_edge_of_the_picture():
    (term,) = picture(bar("2016-01-01")).bars
    assert term.solid.x + term.solid.width == pytest.approx(100, abs=0.01)


def test_a_start_known_to_the_year_is_soft_over_that_year():
    (term,) = picture(bar("2016-07-01", starts="year")).bars
    assert term.soft_start.x == pytest.approx(along("2016-01-01"), abs=0.01)
    assert term.solid.x == pytest.approx(along("2016-12-31"), abs=0.01)


def test_an_end_known_to_the_month_is_soft_over_that_month():
    (term,) = picture(bar("2016-01-01", "2018-04-30", ends="month")).bars
    assert term.soft_end.x + term.soft_end.width == pytest.approx(along("2018-04-30"), abs=0.01)
    assert term.solid.x + term.solid.width == pytest.approx(along("2018-04-01"), abs=0.01)


def test_a_by_start_is_certain_from_its_day_and_soft_before():
    (term,) = picture(bar("2019-01-23", starts="by")).bars
    assert term.solid.x == pytest.approx(along("2019-01-23"), abs=0.01)
    assert term.soft_start.x < term.solid.x


def test_an_after_end_is_soft_beyond_its_day():
    (term,) = picture(bar("2016-01-01", "2019-01-23", ends="after")).bars
    assert term.solid.x + term.solid.width == pytest.approx(along("2019-01-23"), abs=0.01)
    assert term.soft_end.x + term.soft_end.width > along("2019-01-23")


def test_a_term_inside_its_own_year_is_soft_throughout():
    (term,) = picture(bar("2016-01-01", "2016-12-31", starts="year", ends="year")).bars
    assert term.solid is None or term.solid.width < 0.2


def test_terms_outside_the_picture_are_left_out():
    assert picture(bar("2001-01-01", "2004-01-01"), bar("2030-01-01")).bars == []


def test_a_gap_since_the_record_began_is_vacant():
    lanes = (Lane("RAG", "R", day("2015-01-01")),)
    (row,) = picture(bar("2016-01-01", "2018-01-01"), lanes=lanes).rows
    assert [round(gap.x, 1) for gap in row.vacancies] == [0, round(along("2018-01-01"), 1)]


def test_a_lane_not_recorded_has_no_vacancy():
    (row,) = picture(bar("2016-01-01", "2018-01-01")).rows
    assert row.vacancies == []


def test_the_chosen_day_is_a_line_where_it_lies():
    assert picture(on="2020-01-01").day.x == pytest.approx(along("2020-01-01"), abs=0.01)
    assert picture(on="2031-01-01").day is None


def test_arabic_runs_from_right_to_left():
    (term,) = picture(bar("2016-01-01", "2018-01-01"), rtl=True).bars
    assert term.solid.x + term.solid.width == pytest.approx(100 - along("2016-01-01"), abs=0.2)


def test_bands_are_cut_to_the_picture():
    (band,) = picture(bands=(Band("PP-10", day("2010-10-22"), day("2016-01-01")),)).bands
    assert (band.x, round(band.x + band.width, 2)) == (0, round(along("2016-01-01"), 2))


def reach(label):
    """The pixels from which to which a name reaches."""
    at = label.x * LEAST_WIDTH / 100 + label.dx
    wide = text_width(label.text, LABEL)
    return (at - wide, at) if label.anchor == "end" else (at, at + wide)


@pytest.mark.parametrize("length", [40, 90, 200, 500])
def test_names_in_a_lane_do_not_touch_each_other(length):
    starts = [FIRST + datetime.timedelta(days=n) for n in range(0, DAYS, length + 30)]
    terms = [bar(str(s), str(s + datetime.timedelta(days=length)), label=f"Testperson {s.year}") for s in starts]
    places = sorted(reach(term.label) for term in picture(*terms).bars if term.label)
    assert all(first[1] <= second[0] for first, second in pairwise(places))


def test_names_stay_inside_the_picture():
    terms = [bar("2015-01-01", "2015-02-01", label="Testperson"), bar("2024-11-01", label="Testperson")]
    for term in picture(*terms).bars:
        first, last = reach(term.label)
        assert 0 <= first and last <= LEAST_WIDTH


def test_the_svg_bears_no_inline_style():
    terms = (bar("2016-01-01", starts="by"),)
    svg = drawn(draw_lanes((RAG,), terms, (), first=FIRST, last=LAST, day=LAST), "Terms")
    assert "style=" not in svg
    assert 'mask="url(#edge-in)"' in svg
