"""An imported file gets the oracle's verdict on every overlap, in every order of its rows."""

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.rows import RowsRefused
from tests.properties.drawn import MODELS, allowed_rows, day, drawn_rows, rolled_back, steady
from tests.properties.oracle import is_allowed


@st.composite
def drawn_files(draw):
    """Rows on record, and a file of one kind that changes some of them and adds others."""
    kind = draw(st.sampled_from(tuple(MODELS)))
    before = draw(allowed_rows(most=5))
    mine = [index for index, row in enumerate(before) if row.kind == kind]
    chosen = draw(st.lists(st.sampled_from(mine), unique=True, max_size=2)) if mine else []
    changed = {index: draw(drawn_rows((kind,))) for index in chosen}
    added = draw(st.lists(drawn_rows((kind,)), min_size=0 if changed else 1, max_size=3 - len(changed)))
    return before, changed, added


def key(row):
    """By what a row without an id is found on record."""
    return row.kind, row.where, row.who, row.start


def line(stage, row, known_id=""):
    """A row of the file."""
    cells = {"id": str(known_id), "starts_on": _text(row.start), "ends_on": _text(row.end)}
    cells |= {"starts_precision": "day" if row.start is not None else "", "ends_precision": "day" if row.end else ""}
    if row.kind == "Representative":
        return cells | {"seat": row.where, "person": stage.persons[row.who].slug}
    cells["subject"] = row.where.split(":")[0]
    if row.kind == "FocalPoint":
        cells["body"] = row.where.split(":")[1]
    return cells if row.kind == "Listing" else cells | {"person": stage.persons[row.who].slug}


def _text(number):
    return "" if number is None else day(number).isoformat()


@pytest.mark.walk
@steady(examples=30)
@given(file=drawn_files())
def test_every_order_of_a_file(stage, file):
    before, changed, added = file
    assume(not {key(row) for row in added} & {key(row) for row in before})
    expected = is_allowed([changed.get(index, row) for index, row in enumerate(before)] + added)
    with rolled_back():
        records = stage.saved(before)
        lines = [line(stage, row, records[index].pk) for index, row in changed.items()]
        lines += [line(stage, row) for row in added]
        model = type(stage.put([*changed.values(), *added][0]))
        for order in permutations(lines):
            assert judge_rows(model, order).is_accepted == expected
            assert is_written(model, order) == expected


def is_written(model, lines):
    """Whether the file goes through; it leaves nothing behind."""
    try:
        with rolled_back():
            write_rows(model, lines, reason="drawn by chance")
    except RowsRefused:
        return False
    return True
