"""The first row names the columns; what is wrong with it is said all at once."""

import pytest

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.rows import judge
from iscg_portal.importing.sheet import FileRefused
from tests.importing.conftest import csv_of


def sentences(model, *lines):
    with pytest.raises(FileRefused) as refused:
        judge(model, read_file(csv_of(*lines)))
    return refused.value.messages


def test_unknown_column_gets_the_nearest_name(db):
    found = sentences("person", "slug,nmae", "x,Ada")
    assert found[0] == "Column B: “nmae” is not a column of persons. Did you mean name?"
    assert "The column “name” is missing." in found


def test_doubled_column_is_named_with_both_places(db):
    assert sentences("person", "slug,name,Name", "x,Ada,Ada")[0] == "“name” is the name of two columns, B and C."


@pytest.mark.parametrize(
    ("headers", "missing"),
    [
        ("person,starts_on,starts_precision", "seat"),
        ("seat,person,starts_on", "starts_precision"),
        ("seat,person,starts_on,starts_precision,ends_precision", "ends_on"),
    ],
)
def test_missing_column_is_named(db, headers, missing):
    row = ",".join("x" for _ in headers.split(","))
    assert f"The column “{missing}” is missing." in sentences("representative", headers, row)


def test_column_without_a_name_may_not_hold_anything(db):
    assert sentences("person", "slug,,name", "x,,Ada", "y,z,Ben")[0].startswith("Cell B3 is filled")


def test_column_without_a_name_and_values_is_left_out(db):
    preview = judge("person", read_file(csv_of("slug,,name", "x,,Ada")))
    assert preview.rows[0].verdict == "added"


def test_names_of_columns_may_be_in_capitals_and_between_spaces(db):
    assert judge("person", read_file(csv_of("Slug, NAME ", "x,Ada"))).is_accepted


def test_file_without_headers_is_told_where_to_find_them(db):
    assert sentences("person", "ada,Ada Testperson", "ben,Ben Madeup")[-1].startswith("The template to download")
