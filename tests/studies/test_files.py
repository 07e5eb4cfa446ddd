"""What a file of units or links says that cannot be: refused by row and column, with the reason."""

import pytest

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.rows import judge, write_rows
from studies.models import MappingLink, StudyUnit
from tests.importing.conftest import as_file, exported
from tests.world import study_period

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


def unit_row(number, kind="question", parent="", **cells):
    """A row of the new list of ITU-T."""
    days = dict.fromkeys(("starts_on", "starts_precision", "ends_on", "ends_precision"), "")
    given = {"sector": "T", "period": "t-2025-2028", "number": number, "kind": kind, "title_en": f"{number}, made up"}
    return days | given | {"parent": parent, "original_language": "en"} | cells


@pytest.fixture
def new_period(world):
    return study_period("T 2025-2028")


def test_new_list_comes_in_one_file_in_whatever_order(new_period):
    rows = [unit_row("Q1/21", parent="t-2025-2028-sg21"), unit_row("SG21", "study group")]
    assert {row.verdict for row in judged("studyunit", rows)} == {"added"}
    write_rows("studyunit", rows)
    assert StudyUnit.objects.get(number="Q1/21").parent.number == "SG21"
    assert {row.verdict for row in judged("studyunit", rows)} == {"unchanged"}


def test_row_below_a_refused_row_is_refused_with_it(new_period):
    days = {"starts_on": "1999-01-01", "starts_precision": "day", "ends_on": "1999-02-01", "ends_precision": "day"}
    rows = [unit_row("SG21", "study group", **days), unit_row("Q1/21", parent="t-2025-2028-sg21")]
    group, question = judged("studyunit", rows)
    assert "outside its study period" in str(group.problems)
    assert "on which this one rests, is refused" in str(question.problems)


def test_rows_below_each_other_are_refused(new_period):
    rows = [unit_row("Q1/21", parent="t-2025-2028-q2-21"), unit_row("Q2/21", parent="t-2025-2028-q1-21")]
    assert {row.verdict for row in judged("studyunit", rows)} == {"refused"}
    assert judged("studyunit", [unit_row("Q1/21", parent="t-2025-2028-q1-21")])[0].verdict == "refused"


def test_question_is_not_below_a_row_of_another_period(new_period):
    rows = [unit_row("Q1/21", parent="d-2022-2025-sg2")]
    assert "of its Sector and period" in str(judged("studyunit", rows)[0].problems)
