"""What a file of units or links says that cannot be: refused by row and column, with the reason."""

import pytest

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.rows import judge
from studies.models import MappingLink, StudyUnit
from tests.importing.conftest import as_file, exported

pytestmark = pytest.mark.django_db


def judged(model, rows):
    """The preview of rows, given as dictionaries."""
    return judge(model, read_file(as_file(rows, "csv"))).rows


@pytest.fixture
def row(world):
    """The one link on record, as its row of a file."""
    return exported("mappinglink")[0]


def test_link_the_other_way_round_is_no_second_one(row):
    turned = {**row, "id": "", "first": row["second"], "second": row["first"]}
    [read] = judged("mappinglink", [turned])
    assert read.verdict == "refused" and "already linked on this topic" in str(read.problems)


def test_link_to_a_unit_of_another_period_is_refused(row):
    [unknown] = judged("mappinglink", [{**row, "id": "", "second": "r-1999-2002-wp-1c"}])
    assert "is not among the study units" in str(unknown.problems)
    old = StudyUnit.objects.get(period__name="2018-2021")
    [earlier] = judged("mappinglink", [{**row, "id": "", "first": old.slug}])
    assert "no day in common" in str(earlier.problems)


@pytest.mark.parametrize("column, value", [("kind", "working party"), ("sector", "R"), ("period", "d-2018-2021")])
def test_file_does_not_make_another_unit_of_one(world, column, value):
    rows = [row for row in exported("studyunit") if row["slug"] == "d-2022-2025-q7-2"]
    [read] = judged("studyunit", [{**rows[0], column: value}])
    assert read.verdict == "refused" and "This is set once" in str(read.problems)


def test_what_is_right_is_added_beside_what_is_there(row):
    [read] = judged("mappinglink", [{**row, "id": "", "topic_en": "Another topic"}])
    assert read.verdict == "added" and MappingLink.objects.count() == 1
    assert resource_for("mappinglink").key_columns() == ("first", "second", "subject", "topic_en")
