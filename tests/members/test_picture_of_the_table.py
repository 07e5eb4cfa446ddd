"""The management team: where each seat stands, what is said of it, and that Arabic mirrors it."""

from datetime import date

import pytest
from django.utils import translation

from iscg_portal.tenure.dates import print_unbroken
from iscg_portal.web.drawing import drawn, text_width, width_of_names, wrapped
from members.pictures.composition import BalanceCount, SeatMark, draw_balance, draw_table

GROUPS = (("RAG", "R"), ("TSAG", "T"), ("TDAG", "D"))
CHAIR = SeatMark("Chair", "held", "Ms Ada Testperson", "Italy", "/en/people/ada-testperson/")
SEATS = (
    CHAIR,
    *(
        SeatMark(code, state, "Mr Bo Testperson" if state == "held" else "", group=code, sector=sector)
        for code, sector in GROUPS
        for state in ("held", "vacant")
    ),
)
LONG = "Mr Aurelianus Maximilianus Testpersonensis-Exemplarius Quintus"


def test_seven_seats_are_placed_on_both_shapes():
    wide, narrow = draw_table(SEATS).geometry
    assert [len(picture.seats) for picture in (wide, narrow)] == [7, 7]


def test_the_two_of_a_group_face_each_other():
    wide, narrow = draw_table(SEATS).geometry
    assert wide.seats[1].x == wide.seats[2].x
    assert narrow.seats[1].y == narrow.seats[2].y


def test_the_chair_sits_where_reading_begins():
    (left, _), (right, _) = (draw_table(SEATS, rtl=rtl).geometry for rtl in (False, True))
    assert left.seats[0].x < left.x
    assert right.seats[0].x > right.x + right.across


def test_arabic_is_the_mirror_image():
    (plain, _), (mirrored, _) = (draw_table(SEATS, rtl=rtl).geometry for rtl in (False, True))
    assert [plain.width - seat.x for seat in plain.seats] == [seat.x for seat in mirrored.seats]


def test_a_vacant_seat_is_drawn_and_named_vacant():
    svg = drawn(draw_table(SEATS), "The table")
    assert 'class="seat r vacant"' in svg
    assert ">vacant</text>" in svg


def test_the_three_states_look_different():
    states = [SeatMark("RAG", state, group="RAG", sector="R") for state in ("held", "vacant", "not recorded")]
    wide, _ = draw_table((CHAIR, *states, *states)).geometry
    assert {seat.css for seat in wide.seats[1:4]} == {"r held", "r vacant", "r unrecorded"}


@pytest.mark.parametrize("shape", [0, 1])
def test_a_long_name_stays_inside_the_picture(shape):
    seats = tuple(seat._replace(name=LONG, state="held", country="") for seat in SEATS)
    picture = draw_table(seats).geometry[shape]
    for place in picture.seats:
        for line in place.lines:
            reach = line.fit or text_width(line.text, 15)
            first = line.x - {"start": 0, "middle": reach / 2, "end": reach}[place.anchor]
            assert -1 <= first and first + reach <= picture.width + 1


@pytest.mark.parametrize("shape", [0, 1])
def test_lines_of_a_long_name_do_not_leave_the_page_downwards(shape):
    seats = tuple(seat._replace(name=LONG, state="held", country="Iran (Islamic Republic of)") for seat in SEATS)
    picture = draw_table(seats).geometry[shape]
    assert all(0 < line.y <= picture.height for place in picture.seats for line in place.lines)


@pytest.mark.parametrize("shape", [0, 1])
def test_no_line_breaks_inside_the_day_of_old_evidence(shape):
    evidence = f"last confirmed {print_unbroken(date(2025, 1, 23))}"
    chair = draw_table((CHAIR._replace(evidence=evidence), *SEATS[1:])).geometry[shape].seats[0]
    assert [line.text for line in chair.lines if line.kind == "evidence"] in (
        ["last confirmed", "23\u00a0January\u00a02025"],
        [evidence],
    )


def test_names_are_escaped():
    seats = (CHAIR._replace(name="<script>alert(1)</script>"), *SEATS[1:])
    assert "<script>" not in drawn(draw_table(seats), "The table")


def test_numbers_keep_their_point_in_french():
    with translation.override("fr"):
        assert 'y="4,5"' not in drawn(draw_table(SEATS), "La table")


def test_the_picture_needs_no_inline_style():
    assert "style=" not in drawn(draw_table(SEATS), "The table")


def test_a_square_stands_for_each_representative():
    picture = draw_balance([BalanceCount("A: Americas", 2)]).geometry
    assert [kind for _x, kind in picture.rows[0].squares] == ["filled"] * 2 + ["open"] * 4


def test_a_count_without_a_region_is_not_drawn_as_a_region():
    picture = draw_balance([BalanceCount("not recorded", 1, recorded=False)]).geometry
    assert picture.rows[0].squares[0][1] == "unsure"


def test_balance_is_told_in_words_as_well():
    assert 'aria-label="By region: A: Americas 2"' in drawn(draw_balance([BalanceCount("A: Americas", 2)]), "By region")


def test_a_chinese_line_breaks_after_its_characters_and_never_within_a_number():
    assert wrapped("最近一次于2025年1月23日确认", 80, 12) == ["最近一次于", "2025年1月", "23日确认"]
    assert wrapped("Iran (Islamic Republic of)", 90, 12) == ["Iran (Islamic", "Republic of)"]


def test_the_longest_name_of_a_lane_keeps_clear_of_its_bars():
    assert width_of_names(["Chair", "RAG"], 13, 60) == 60
    assert width_of_names(["Председатель"], 13, 60) > text_width("Председатель", 13)
