"""The grid of subjects by Sectors: groups, tiles, bars for long lists, and the mirror image."""

import pytest

from iscg_portal.web.drawing import SPACED, drawn, text_width
from subjects.models.counts import ScopeCount
from subjects.pictures import TITLE, SubjectMark, draw_counts, draw_subjects

SUBJECTS = (
    SubjectMark("EMF", "Human exposure", ("R", "T", "D"), "held", "/en/subjects/emf/"),
    SubjectMark("CYBER", "Confidence", ("T", "D", "GS"), "vacant"),
    SubjectMark("IMT", "International Mobile", ("D", "T", "R"), "not recorded"),
)


def test_subjects_with_the_same_sectors_stand_together():
    wide, _ = draw_subjects(SUBJECTS).geometry
    assert [[tile.mark.code for tile in row.tiles] for row in wide.rows] == [["EMF", "IMT"], ["CYBER"]]


def test_a_sector_that_does_not_share_has_a_dot_for_its_mark():
    wide, _ = draw_subjects(SUBJECTS[1:2]).geometry
    assert [sector for sector, _x in wide.rows[0].marks] == ["T", "D", "GS"]
    assert len(wide.rows[0].absent) == 1


@pytest.mark.parametrize("shape", [0, 1])
def test_tiles_stay_inside_and_apart(shape):
    many = [SUBJECTS[0]._replace(code=f"CODE{n}") for n in range(40)]
    picture = draw_subjects(many).geometry[shape]
    places = {(tile.x, tile.y) for tile in picture.rows[0].tiles}
    assert len(places) == 40
    assert max(x for x, _y in places) + picture.tile_width <= picture.width + 1


@pytest.mark.parametrize("shape", [0, 1])
def test_a_long_title_stays_inside_its_tile_with_the_spacing_that_a_reader_may_set(shape):
    long = SUBJECTS[0]._replace(title="Words that machines use for weather, boats and lighthouses, made up")
    picture = draw_subjects([long]).geometry[shape]
    lines = [line.text for line in picture.rows[0].tiles[0].lines if line.kind == "title"]
    assert " ".join(lines) == long.title
    assert all(SPACED * text_width(line, TITLE) <= picture.tile_width - 28 for line in lines)


def test_each_tile_tells_its_title_and_state():
    svg = drawn(draw_subjects(SUBJECTS), "Subjects")
    assert "<title>Confidence: Coordinator vacant</title>" in svg


def test_arabic_is_the_mirror_image():
    (plain, _), (mirrored, _) = (draw_subjects(SUBJECTS, rtl=rtl).geometry for rtl in (False, True))
    left, right = plain.rows[0].tiles[0], mirrored.rows[0].tiles[0]
    assert right.x == pytest.approx(plain.width - left.x - plain.tile_width, abs=0.2)


def test_a_long_list_is_drawn_as_one_bar_for_each_group_of_sectors():
    wide, _ = draw_counts([ScopeCount(("R", "T"), 30, 20, 50)]).geometry
    assert [(part.css, part.number.text) for part in wide.rows[0].stretches] == [
        ("held", "30"),
        ("vacant", "20"),
        ("unrecorded", "50"),
    ]


def test_an_empty_list_has_no_rows():
    wide, narrow = draw_subjects(()).geometry
    assert wide.rows == narrow.rows == []
