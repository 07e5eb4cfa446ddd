"""Validation and the database give the oracle's verdict on every overlap, in every order of the rows."""

from itertools import permutations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.tenure.joint_validation import RefusedTogether, judge_together, save_together
from tests.properties.drawn import MODELS, allowed_rows, drawn_rows, rolled_back, steady
from tests.properties.oracle import is_allowed


def allowed_by(act, *refusals):
    """Whether an act goes through; it leaves nothing behind."""
    try:
        with rolled_back():
            act()
    except refusals:
        return False
    return True


@pytest.mark.walk
@steady()
@given(rows=allowed_rows(), row=drawn_rows())
def test_new_row(stage, rows, row):
    with rolled_back():
        stage.saved(rows)
        record = stage.put(row)
        verdicts = [
            is_allowed([*rows, row]),
            allowed_by(record.full_clean, ValidationError),
            allowed_by(stage.put(row).save, IntegrityError),
            allowed_by(lambda: save_together([record]), RefusedTogether),
        ]
        assert len(set(verdicts)) == 1, verdicts


@pytest.mark.walk
@steady()
@given(data=st.data())
def test_changed_row(stage, data):
    rows = data.draw(allowed_rows().filter(len))
    chosen = data.draw(st.integers(0, len(rows) - 1))
    changed = data.draw(drawn_rows((rows[chosen].kind,)))
    with rolled_back():
        record = stage.saved(rows)[chosen]
        stage.put(changed, record)
        verdicts = [
            is_allowed([changed, *rows[:chosen], *rows[chosen + 1 :]]),
            allowed_by(record.full_clean, ValidationError),
            allowed_by(record.save, IntegrityError),
            allowed_by(lambda: save_together([record]), RefusedTogether),
        ]
        assert len(set(verdicts)) == 1, verdicts


@st.composite
def drawn_acts(draw):
    """Rows on record, and what one act does to each: keep it, change it, remove it; and what it adds."""
    before = draw(allowed_rows(most=5))
    fate = st.sampled_from(["keep", "change", "change", "remove"])
    acts = [(row, draw(fate)) for row in before]
    changed = [draw(drawn_rows((row.kind,))) if what == "change" else None for row, what in acts]
    added = draw(st.lists(drawn_rows(), max_size=3 - min(2, sum(row is not None for row in changed))))
    return [(row, what, new) for (row, what), new in zip(acts, changed, strict=True)], added


@pytest.mark.walk
@steady()
@given(act=drawn_acts(), data=st.data())
def test_rows_saved_together_in_every_order(stage, act, data):
    fates, added = act
    after = [new or row for row, what, new in fates if what != "remove"] + added
    expected = is_allowed(after)
    numbers = range(len(added) + sum(what == "change" for _row, what, _new in fates))
    orders = list(permutations(numbers)) if len(numbers) < 4 else [tuple(numbers), tuple(reversed(numbers))]
    for order in orders:
        with rolled_back():
            records = stage.saved([row for row, _what, _new in fates])
            changed, removed = _played(stage, fates, records)
            rows = [*changed, *(stage.put(row) for row in added)]
            rows = [rows[number] for number in order]
            assert (judge_together(rows, removed) == {}) == expected
            _save_as_expected(rows, removed, expected)
            if expected:
                assert _on_record() == sorted(_said(stage.put(row)) for row in after)


def _played(stage, fates, records):
    pairs = list(zip(fates, records, strict=True))
    changed = [stage.put(new, record) for (_row, what, new), record in pairs if what == "change"]
    return changed, [record for (_row, what, _new), record in pairs if what == "remove"]


def _save_as_expected(rows, removed, expected):
    try:
        with transaction.atomic():
            save_together(rows, removed, reason="drawn by chance")
        saved = True
    except RefusedTogether:
        saved = False
    assert saved == expected


def _on_record():
    return sorted(_said(record) for model in MODELS.values() for record in model.objects.all())


def _said(record):
    names = ("seat_id", "subject_id", "body", "person_id", "starts_on", "ends_on", "ends_precision")
    return (type(record).__name__, *(str(getattr(record, name, "")) for name in names))
