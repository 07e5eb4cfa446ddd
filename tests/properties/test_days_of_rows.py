"""On any day every row is in exactly one class, and each office in exactly one state: as the oracle counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.tenure.office_on import office_on
from tests.properties.drawn import MODELS, SEATS, allowed_rows, day, rolled_back, steady
from tests.properties.oracle import DAYS, FIRST, LAST, class_on, is_known_on, state_on

OFFICES = ("Representative", "Coordinator", "FocalPoint")


def classes_on(on):
    """(model, id) of every row in a class, as the querysets tell it."""
    found = {"ended": set(), "in office": set(), "upcoming": set()}
    for kind in OFFICES:
        rows = MODELS[kind].objects
        for name, queryset in (("ended", rows.ended), ("in office", rows.in_office), ("upcoming", rows.upcoming)):
            found[name] |= {(kind, pk) for pk in queryset(on).values_list("pk", flat=True)}
    return found


@pytest.mark.walk
@steady()
@given(rows=allowed_rows(OFFICES))
def test_every_row_is_in_exactly_one_class_on_any_day(stage, rows):
    with rolled_back():
        records = stage.saved(rows)
        for number in DAYS:
            counted = {"ended": set(), "in office": set(), "upcoming": set()}
            for row, record in zip(rows, records, strict=True):
                counted[class_on(row, number)].add((row.kind, record.pk))
            assert classes_on(day(number)) == counted


@pytest.mark.walk
@steady()
@given(rows=allowed_rows(("Listing", "Coordinator", "FocalPoint"), least=1))
def test_subject_is_on_the_list_from_its_first_day_or_evidence(stage, rows):
    with rolled_back():
        pairs = [(row, record) for row, record in zip(rows, stage.saved(rows), strict=True) if row.kind == "Listing"]
        for number in DAYS:
            counted = {record.pk for row, record in pairs if is_known_on(row, number, rows)}
            asked = set(MODELS["Listing"].objects.covering(day(number)).values_list("pk", flat=True))
            dated = {one.pk for one in MODELS["Listing"].objects.dated() if one.covers(day(number))}
            assert counted == asked == dated


@pytest.mark.walk
@steady()
@given(rows=allowed_rows(("Representative",)), recorded_from=st.none() | st.integers(FIRST, LAST))
def test_each_seat_is_in_exactly_one_state_on_any_day(stage, rows, recorded_from):
    records = [stage.put(row) for row in rows]
    for code in SEATS:
        mine = [(row, record) for row, record in zip(rows, records, strict=True) if row.where == code]
        for number in DAYS:
            found = office_on(day(number), day(recorded_from), [record for _row, record in mine])
            state, holder, since = state_on([row for row, _record in mine], recorded_from, number)
            tenure = next((record for row, record in mine if row is holder), None)
            assert (found.state, found.tenure, found.vacant_since) == (state, tenure, day(since))
