"""What a file of units or links says that cannot be: refused by row and column, with the reason."""

import pytest

from bench.rows import write_rows
from iscg_portal.importing.columns import FileColumn
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.rows import judge, write
from studies.models import Ending, MappingLink, StudyUnit
from tests import world as build
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


def test_units_and_what_became_of_them_are_files_of_every_period(client):
    group = build.study_unit("SG2", kind="study group")
    old = build.study_unit("Q7/2", "D 2018-2021", title="An older Question")
    new = build.study_unit("Q7/2", parent=group)
    build.study_unit("IRG-AVA", span="", kind="joint group")
    build.ending(old, "continues", new)
    rows = {row["slug"]: row for row in client.get("/en/units.json").json()["units"]}
    assert len(rows) == 4 and rows[new.slug]["parent"] == "SG2" and rows["irg-ava"]["starts_on"] is None
    assert (rows[old.slug]["starts_on"], rows[old.slug]["ends_on"]) == ("2018-01-01", "2022-01-01")
    [row] = client.get("/en/units/endings.json").json()["endings"]
    assert (row["unit_slug"], row["kind"], row["successor_slug"]) == (old.slug, "continues", new.slug)
    page = client.get("/en/units/?period=d-2018-2021").content.decode()
    assert "An older Question" in page and "IRG-AVA" not in page
    assert client.get("/en/units/?kind=nonsense").status_code == 400


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


def test_a_record_is_read_as_often_however_many_rows_are_new(row, monkeypatch):
    """Else 2,000 links beside 20,000 on record took minutes."""
    asked, text_of = [], FileColumn.text_of
    monkeypatch.setattr(FileColumn, "text_of", lambda column, one: asked.append(one.pk) or text_of(column, one))

    def times(count):
        asked.clear()
        judged("mappinglink", [{**row, "id": "", "topic_en": f"Topic {number}"} for number in range(count)])
        return asked.count(int(row["id"]))

    assert times(1) == times(5)


def test_search_finds_what_a_file_brought(row, client):
    write_rows("mappinglink", [{**row, "id": "", "topic_en": f"Zebras {number}"} for number in range(2)])
    assert "/en/units/d-2022-2025-q7-2/" in client.get("/en/search/?q=zebras").content.decode()


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


@pytest.fixture
def said(row):
    """What ITU-D said of the one link, as its row of a file."""
    return exported("confirmation")[0]


def test_what_the_other_side_said_is_added(said):
    [read] = judged("confirmation", [{**said, "sector": "R", "stance": "contested", "because": "Ours alone."}])
    assert "has a Focal Point on that day" in str(read.problems)
    told = {**said, "sector": "R", "stance": "contested", "because": "Ours alone.", "said_by": "By letter"}
    assert judged("confirmation", [told])[0].verdict == "added"


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"sector": "T"}, "Only a Sector that the link joins"),
        ({"stance": "contested", "turn": "2"}, "says why"),
        ({"link": "d-2022-2025-q7-2 + r-2023-2027-wp-9z"}, "is not among the mapping links"),
        ({"said_on": "2199-01-01"}, "not come yet"),
        ({"turn": "100"}, "from 0 to 99"),
    ],
)
def test_what_cannot_have_been_said_is_refused(said, changed, sentence):
    [read] = judged("confirmation", [{**said, **changed}])
    assert read.verdict == "refused" and sentence in str(read.problems)


ENDING = {"unit": "d-2018-2021-q7-2", "kind": "split", "decision": "", "source": "", "grade": "", "seen_where": ""}


@pytest.fixture
def old(world):
    """Rows that split the old Q7/2 into Q7/2 and Q8/2."""
    build.study_unit("Q8/2")
    Ending.objects.all().delete()
    return [{**ENDING, "successor": f"d-2022-2025-{number}"} for number in ("q7-2", "q8-2")]


def test_a_split_into_one_asks_for_the_others(old):
    [read] = judged("ending", old[:1])
    assert "at least two successors" in str(read.problems)
    [marked] = judged("ending", [{**old[0], "others_unrecorded": "yes"}])
    assert marked.verdict == "added"


def test_a_split_has_its_successors_in_the_file_or_on_record(old):
    assert [read.verdict for read in judged("ending", old)] == ["added", "added"]
    write("ending", read_file(as_file(old[:1] + [{**old[1]}], "csv")), reason="A test")
    build.study_unit("Q9/2")
    assert judged("ending", [{**old[0], "successor": "d-2022-2025-q9-2"}])[0].verdict == "added"


@pytest.mark.parametrize(
    "model, changed, sentence",
    [
        ("studyunit", {"starts_on": "2024-05-01", "ends_on": "2024-03-01"}, "end"),
        ("studyunit", {"parent": "d-2022-2025-q7-2"}, "stand"),
        ("studyunit", {"starts_on": "2030-01-01"}, "outside its study period"),
        ("ending", {"unit": "d-2022-2025-q7-2", "successor": "d-2022-2025-q7-2"}, "its own successor"),
        ("ending", {"unit": "d-2022-2025-q7-2", "successor": "d-2018-2021-q7-2"}, "begins later"),
        ("ending", {"kind": "closed"}, "unless it was closed"),
        ("mappinglink", {"second": "d-2022-2025-sg2"}, "different Sectors"),
        ("mappinglink", {"starts_on": "2030-01-01", "starts_precision": "day"}, "outside"),
    ],
)
def test_bad_rows_are_refused_with_row_and_reason(world, model, changed, sentence):
    rows = exported(model)
    of_unit = next((one for one in rows if one.get("slug") == "d-2022-2025-q7-2"), rows[0])
    precise = {name.replace("_on", "_precision"): "day" for name in changed if name.endswith("s_on")}
    [read] = judged(model, [{**of_unit, **precise, **changed}])
    assert read.verdict == "refused" and sentence in str(read.problems), read.problems


def test_a_period_that_leaves_its_units_is_refused(world):
    rows = [row for row in exported("studyperiod") if row["sector"] == "R"]
    [read] = judged("studyperiod", [{**rows[0], "starts_on": "2040-01-01", "starts_precision": "day"}])
    assert "With these days" in str(read.problems)
    [moved] = judged("studyunit", [{**of("r-2023-2027-wp-1c"), "starts_on": "2026-06-01", "starts_precision": "day"}])
    assert "With these days a link" in str(moved.problems)


def of(slug):
    return next(row for row in exported("studyunit") if row["slug"] == slug)
