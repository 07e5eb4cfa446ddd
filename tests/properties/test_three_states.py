"""Held, vacant, not recorded: of seats, Coordinators and Focal Points alike, as the oracle counts, whatever is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.tenure.completeness import keepers_asked, key_of
from iscg_portal.tenure.joint_validation import RefusedTogether, save_together
from members.composition import composition
from subjects.models import FocalPointRecord, Subject
from subjects.models.subjects import HELD, NOT_RECORDED, VACANT
from tests.properties.drawn import PLACES, SUBJECTS, allowed_rows, day, drawn_rows, rolled_back, steady
from tests.properties.oracle import DAYS, FIRST, LAST, asks, is_allowed, state_on

KINDS = ("Representative", "Coordinator", "FocalPoint")
OFFICES = [(kind, where) for kind in KINDS for where in PLACES[kind]]
STATES = {"held": HELD, "vacant": VACANT, "not recorded": NOT_RECORDED}

records = st.fixed_dictionaries({office: st.none() | st.integers(FIRST, LAST) for office in OFFICES})


def keeper_of(stage, office):
    """The keeper of the record of an office."""
    kind, where = office
    code, _colon, body = where.partition(":")
    if kind == "FocalPoint":
        return FocalPointRecord.of(stage.subjects[code].pk, body)
    return {"Representative": stage.seats, "Coordinator": stage.subjects}[kind][where]


def played(stage, rows, recorded_from):
    """The rows as records, and from when each office is recorded."""
    for office, number in recorded_from.items():
        keeper = keeper_of(stage, office)
        keeper.recorded_from = day(number)
        keeper.save()
    return stage.saved(rows)


def offices_on(number):
    """{office: what is said of it}, as the pages read it."""
    found = {("Representative", seat.code): seat.office for seat in composition(day(number)).seats}
    for subject in Subject.objects.on(day(number)):
        found["Coordinator", subject.code] = subject.office
        for body in subject.focal_point_bodies:
            found["FocalPoint", f"{subject.code}:{body.body}"] = body.office
    return {office: said(found[office]) for office in OFFICES if office in found}


def said(office):
    return office.state, office.tenure is not None, office.vacant_since


def counted_on(rows, recorded_from, number):
    """The same by the oracle."""
    found = {}
    for kind, where in OFFICES:
        own = [row for row in rows if (row.kind, row.where) == (kind, where)]
        state, holder, since = state_on(own, recorded_from[kind, where], number)
        found[kind, where] = state, holder is not None, day(since)
    return found


def assert_as_counted(rows, recorded_from):
    """On any day, what is said of an office is what the oracle counts; of a body never asked for nothing is said."""
    for number in DAYS:
        found, counted = offices_on(number), counted_on(rows, recorded_from, number)
        assert found == {office: counted[office] for office in found}
        unsaid = {counted[office][0] for office in OFFICES if office not in found}
        assert unsaid <= {"not recorded"}
        for state, asked in STATES.items():
            codes = {code for code in SUBJECTS if counted["Coordinator", code][0] == state}
            selected = Subject.objects.in_office_state(asked, day(number)).values_list("code", flat=True)
            assert set(selected) == codes


@pytest.mark.walk
@steady(examples=25)
@given(rows=allowed_rows(KINDS, most=8), recorded_from=records)
def test_every_office_is_in_one_state_on_any_day(stage, rows, recorded_from):
    with rolled_back():
        played(stage, rows, recorded_from)
        assert_as_counted(rows, recorded_from)


@st.composite
def drawn_acts(draw):
    """Rows on record, and what one act does to each: keep it, change it, remove it; and what it adds."""
    before = draw(allowed_rows(KINDS, most=5))
    fates = [draw(st.sampled_from(["keep", "change", "remove"])) for _row in before]
    pairs = [
        (row, row if fate == "keep" else None if fate == "remove" else draw(drawn_rows((row.kind,))))
        for row, fate in zip(before, fates, strict=True)
    ]
    return pairs, draw(st.lists(drawn_rows(KINDS), max_size=1))


@pytest.mark.walk
@steady(examples=80)
@given(act=drawn_acts(), recorded_from=records, data=st.data())
def test_act_that_takes_back_held_days_says_from_when_the_record_is_complete(stage, act, recorded_from, data):
    pairs, added = act
    after = [row for _old, row in pairs if row] + added
    if not is_allowed(after):
        return
    asked = {office for office in OFFICES if asks(office, pairs, after, recorded_from[office])}
    with rolled_back():
        assert set(keepers_asked(refused(stage, act, recorded_from))) == {
            key_of(keeper_of(stage, one)) for one in asked
        }
    answers = {office: data.draw(st.none() | st.integers(FIRST, LAST)) for office in asked}
    with rolled_back():
        told = {key_of(keeper_of(stage, office)): day(number) for office, number in answers.items()}
        assert set(keepers_asked(refused(stage, act, recorded_from, told))) == set()
        assert_as_counted(after, recorded_from | answers)


def refused(stage, act, recorded_from, answers=None):
    """What the act asks; carried out where it asks nothing."""
    pairs, added = act
    records = played(stage, [row for row, _new in pairs], recorded_from)
    changed = [(new, record) for (row, new), record in zip(pairs, records, strict=True) if new and new is not row]
    removed = [record for (_row, new), record in zip(pairs, records, strict=True) if new is None]
    rows = [*(stage.put(new, record) for new, record in changed), *(stage.put(row) for row in added)]
    try:
        save_together(rows, removed, reason="drawn by chance", answers=answers)
    except RefusedTogether as refusal:
        return [refusal]
    return []
