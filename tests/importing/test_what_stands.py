"""The preview of a file shows what stood and what will stand, for every column of every table."""

from datetime import date

import pytest

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.cells import Day, Text, Whole, YesNo
from iscg_portal.importing.registry import all_resources, resource_for
from iscg_portal.tables.files import guarded
from iscg_portal.tenure.completeness import ANSWER
from tests import world as w
from tests.importing.conftest import exported, verdicts
from tests.importing.test_import_pages import upload
from tests.importing.test_round_trip import fill_every_column

pytestmark = pytest.mark.django_db

BEGUN = date(2025, 1, 23)


def another_cell(column, cell):
    """Something else than the cell that may stand in the column."""
    widget = column.widget
    words = [*getattr(widget, "labels", []), *getattr(getattr(widget, "one", None), "labels", [])]
    kinds = {YesNo: ["no", "yes"], Whole: ["7"], Day: ["2021-02-03"], Text: ["Another text"]}
    given = next((cells for kind, cells in kinds.items() if isinstance(widget, kind)), words)
    return next((each for each in given if each != cell), "")


def with_other_cells(resource, row):
    """The row with another cell in each column in which that can stand."""
    for column in resource.fields.values():
        other = row | {column.column_name: another_cell(column, row[column.column_name])}
        if not column.is_child and verdicts(judge_rows(resource.model(), [other])) == ["changed"]:
            row = other
    return row


def last_line(model):
    return {name: guarded(cell) for name, cell in exported(model)[-1].items()}


def cells_by_id(resource):
    return {str(each.pk): resource.cells_of(each) for each in resource.filter_export(resource.get_queryset())}


def full_record():
    world = w.iscg_with_register()
    fill_every_column(world)
    w.attendance(world.register.first, 3, w.country("FR"), "Sector Member")
    w.deadline(world.register.coming, "translation", 30)


@pytest.fixture(scope="session")
def kept_full_record(kept):
    return kept(full_record)


@pytest.mark.parametrize("model", sorted(all_resources()))
def test_preview_shows_what_stood_and_what_will_stand(kept_full_record, model):
    kept_full_record.put_back()
    resource = resource_for(model)()
    before, row = cells_by_id(resource), with_other_cells(resource, last_line(model))
    [judged] = judge_rows(model, [row]).rows
    write_rows(model, [row])
    stood, stands = before[judged.record_id], cells_by_id(resource)[judged.record_id]
    differing = {name: (stood[name], stands[name]) for name in stood if stood[name] != stands[name]}
    assert differing and {each.column: (each.old, each.new) for each in judged.changes} == differing


@pytest.fixture
def row():
    """The line of Dan in a seat whose record is complete from the day by which he is known."""
    w.representative(w.seat("RAG1", BEGUN), w.person("Dan Fictional"), BEGUN, starts_precision="by")
    [line] = exported("representative")
    return line


def answer_shown(row, cell):
    [judged] = judge_rows("representative", [row | {ANSWER: cell}]).rows
    return judged.verdict, [(one.old, one.new) for one in judged.changes if one.column == ANSWER]


@pytest.mark.parametrize(("cell", "new"), [("2025-02-10", "2025-02-10"), ("Not known", "not known")])
def test_day_that_stood_is_shown_beside_the_answer(row, cell, new):
    moved = row | {"starts_on": "2025-02-10", "starts_precision": "day"}
    assert answer_shown(moved, cell) == ("changed", [("2025-01-23", new)])
    assert answer_shown(row, cell) == ("changed", [("2025-01-23", new)])


def test_seat_without_a_day_is_shown_as_not_known(row):
    new = row | {"id": "", "seat": "RAG2", "person": w.person("Ada Testperson").slug}
    w.seat("RAG2")
    assert answer_shown(new, "2025-02-10") == ("added", [("not known", "2025-02-10")])


def test_day_of_a_row_that_moves_is_that_of_the_seat_it_leaves(row):
    w.seat("RAG2")
    assert answer_shown(row | {"seat": "RAG2"}, "2025-02-10") == ("changed", [("2025-01-23", "2025-02-10")])


def test_answer_that_stands_already_changes_nothing(row):
    assert answer_shown(row, "2025-01-23") == ("unchanged", [])
    assert answer_shown(row | {"note": "new"}, "2025-01-23") == ("changed", [("2025-01-23", "2025-01-23")])


def test_preview_shows_what_a_new_record_makes_for_itself(db):
    [row] = judge_rows("person", [{"slug": "", "name": "Zoe Unheard"}]).rows
    shown = {one.column: one.new for one in row.changes}
    assert (row.verdict, shown["slug"], shown["sort_key"]) == ("added", "zoe-unheard", "Unheard Zoe")


def test_page_shows_both_days(desk, row):
    shown = desk.get(upload(desk, [row | {ANSWER: "not known"}]).url).content.decode()
    assert "<del>2025-01-23</del>" in shown and "<ins>not known</ins>" in shown
