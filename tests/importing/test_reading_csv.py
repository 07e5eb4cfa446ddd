"""A CSV file is read as it is meant, or refused with the place where it is wrong."""

import pytest

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.sheet import COLUMNS, FILE_BYTES, ROWS, BadCell, FileRefused
from tests.importing.conftest import csv_of


def cells(content):
    return [list(row.cells) for row in read_file(content).rows]


def refusal(content):
    with pytest.raises(FileRefused) as refused:
        read_file(content)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "with byte order mark"])
def test_utf_8_is_read(start):
    assert cells(start + "slug,name\r\nx,Éloïse\r\n".encode()) == [["x", "Éloïse"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_spreadsheets_separate_by_what_their_country_uses(separator):
    assert cells(f"slug{separator}name\nx{separator}Ada\n".encode()) == [["x", "Ada"]]


def test_blank_lines_and_explaining_rows_are_left_out():
    sheet = read_file(csv_of("slug,name", "# The address,The name", "", ",", "x,Ada"))
    assert [(row.number, row.cells) for row in sheet.rows] == [(5, ("x", "Ada"))]


def test_cells_may_hold_lines_and_quotation_marks():
    assert cells(csv_of("slug,name", '"x","two\nlines, ""quoted"""')) == [["x", 'two\nlines, "quoted"']]


def test_a_blank_before_a_quotation_mark_is_none_of_the_cell():
    assert cells(b'slug, name, place\nx, "Ada, Countess", y\n') == [["x", "Ada, Countess", "y"]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding):
    assert "UTF-16" in refusal("slug,name\nada,Ada\n".encode(encoding))


def test_other_encodings_are_refused_with_line_and_byte():
    sentence = refusal("slug,name\nx,Ada\ny,Éva\n".encode("latin-1"))
    assert "line 3, byte 3 of that line (0xC9)" in sentence


def test_byte_order_mark_does_not_shift_the_place():
    assert "line 1, byte 9" in refusal(b"\xef\xbb\xbfslug,\xe9")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n \r\n", "empty"),
        (b"slug,name\n", "no row below"),
        (b"slug,name\nx,A\x00da\n", "Line 2 has a NUL"),
        (b'slug,name\nx,"Ada\n', "Row 2 cannot be read"),
        (b'slug,name\nx,"Ada"b\n', "Row 2 cannot be read"),
        (b"slug,name,source\nx,Ada,s\ny,B", "Row 3 has 2 cells where there are 3 columns: is the file cut off?"),
        (b"slug,name\nx,Ada,more\n", "Cell C2 is filled, but its column has no name"),
        (b"%PDF-1.7 slug,name\n", "not a spreadsheet"),
        (b"\x89PNG\r\n", "not a spreadsheet"),
        (b"slug,name\nx," + b"a" * 200_000, "far too long"),
    ],
)
def test_broken_files_get_a_sentence(content, words):
    assert words in refusal(content)


def test_files_are_limited():
    assert "the limit is 5 MB" in refusal(b"a" * (FILE_BYTES + 1))
    assert f"more than {ROWS} rows" in refusal(b"slug\n" + b"x\n" * (ROWS + 1))
    assert f"more than {COLUMNS} columns" in refusal(b",".join([b"x"] * (COLUMNS + 1)) + b"\n")


@pytest.mark.parametrize(
    ("cell", "words"), [("=1+1", "Formulas are not read"), ("a" * 32_768, "longer than 32767 characters")]
)
def test_bad_cells_are_kept_as_such(cell, words):
    [[_slug, bad]] = cells(csv_of("slug,name", f"x,{cell}"))
    assert isinstance(bad, BadCell) and words in bad.reason


def test_guarded_text_is_no_formula():
    assert cells(csv_of("slug,name", "x,'=1+1")) == [["x", "'=1+1"]]
