"""The changes between two days turn the composition of the first into that of the second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.pages import ChangesOfSeats
from iscg_portal.tenure.office_on import OfficeOn
from members.composition import composition
from tests.properties.drawn import SEATS, allowed_rows, day, rolled_back, steady
from tests.properties.oracle import FIRST, LAST, state_on

REPRESENTATIVES = ("Representative",)
DRAWN_DAYS = st.integers(FIRST - 1, LAST + 1)
TWO_DAYS = st.tuples(DRAWN_DAYS, DRAWN_DAYS).map(sorted)


@st.composite
def drawn_records(draw):
    """Rows that can stand, how exactly their ends are known, and since when each seat is recorded."""
    rows = draw(allowed_rows(REPRESENTATIVES, most=8))
    starts = [draw(st.sampled_from(["day", "month", "year", "by"])) for _row in rows]
    ends = [draw(st.sampled_from(["day", "month", "year", "after"])) if row.end is not None else None for row in rows]
    recorded_from = {}
    for code in SEATS:
        holes = [row.start for row, how in zip(rows, starts, strict=True) if how == "by" and row.where == code]
        holes += [row.end for row, how in zip(rows, ends, strict=True) if how == "after" and row.where == code]
        recorded_from[code] = draw(st.none() | st.integers(max([FIRST, *holes]), LAST + 1))
    return list(zip(rows, starts, ends, strict=True)), recorded_from


def as_records(stage, drawn):
    """The rows as unsaved terms, and their seats."""
    rows, recorded_from = drawn
    for code, number in recorded_from.items():
        stage.seats[code].recorded_from = day(number)
    terms = []
    for number, (row, starts, ends) in enumerate(rows):
        term = stage.put(row)
        term.pk, term.starts_precision, term.ends_precision = number + 1, starts, ends
        terms.append(term)
    return list(stage.seats.values()), terms


def saved(stage, drawn):
    """The same rows, saved."""
    for records in as_records(stage, drawn):
        for record in records:
            record.save()


def said(office):
    """What a reader is told of a seat."""
    holder = office.tenure and (str(office.tenure.person), office.tenure.starts_on)
    return office.state, holder, office.vacant_since, office.vacant_since_precision


def offices_on(number):
    """The state of each seat on the day."""
    return {seat.code: seat.office for seat in composition(day(number)).seats if seat.code in SEATS}


def events_between(first, last):
    """Everything that happened in the seats, the newest first."""
    return ChangesOfSeats(day(first), day(last))[0:100]


def applied(stage, offices, events):
    """The states of the seats after the events."""
    after, order = dict(offices), ("record begins", "ended", "last recorded", "continues")
    places = {kind: place for place, kind in enumerate(order)}
    for event in sorted(events, key=lambda event: (event.on, places.get(event.kind, len(order)))):
        code = event.about.office
        if event.kind == "record begins":
            after[code] = after[code] if after[code].tenure else OfficeOn("vacant", None, event.on, "day")
            continue
        if event.is_end:
            after[code] = vacated(stage.seats[code], after[code], event.on)
            continue
        if event.kind == "continues":
            for other in after:
                if other[:-1] == code[:-1] and is_held_by(after[other], event.about.person):
                    after[other] = vacated(stage.seats[other], after[other], event.on)
        after[code] = OfficeOn("held", event.about)
    return after


def is_held_by(office, person):
    return office.tenure and office.tenure.person.slug == person.slug


def vacated(seat, office, on):
    """The state of a seat whose holder leaves it on the day."""
    if seat.recorded_from is None or seat.recorded_from > on:
        return OfficeOn("not recorded")
    return OfficeOn("vacant", None, on, office.tenure.ends_precision)


@pytest.mark.walk
@steady()
@given(drawn=drawn_records(), days=TWO_DAYS)
def test_changes_applied_to_the_first_day_give_the_second(stage, drawn, days):
    with rolled_back():
        saved(stage, drawn)
        after = applied(stage, offices_on(days[0]), events_between(*days))
        expected = offices_on(days[1])
    assert {code: said(office) for code, office in after.items()} == {
        code: said(office) for code, office in expected.items()
    }


@pytest.mark.walk
@steady()
@given(drawn=drawn_records(), days=st.tuples(DRAWN_DAYS, DRAWN_DAYS, DRAWN_DAYS).map(sorted))
def test_changes_over_two_stretches_are_those_of_both(stage, drawn, days):
    first, second, third = days
    with rolled_back():
        saved(stage, drawn)
        whole, later, earlier = (events_between(*two) for two in ((first, third), (second, third), (first, second)))
    assert whole == later + earlier


@pytest.mark.walk
@steady()
@given(drawn=drawn_records())
def test_nobody_leaves_and_takes_the_same_office_on_one_day(stage, drawn):
    with rolled_back():
        saved(stage, drawn)
        events = events_between(FIRST - 1, LAST + 1)
    left, came = set(), set()
    for event in events:
        if event.kind not in ("record begins", "continues"):
            (left if event.is_end else came).add((event.on, event.where, event.about.person_id))
    assert not left & came


@pytest.mark.walk
@steady()
@given(drawn=drawn_records(), number=DRAWN_DAYS)
def test_composition_is_what_the_oracle_counts(stage, drawn, number):
    with rolled_back():
        saved(stage, drawn)
        found = {seat.code: seat.office for seat in composition(day(number)).seats}
        for code in SEATS:
            rows = [row for row, _starts, _ends in drawn[0] if row.where == code]
            state, holder, since = state_on(rows, drawn[1][code], number)
            shown = found[code].tenure and found[code].tenure.person.name
            assert (found[code].state, shown, found[code].vacant_since) == (state, holder and holder.who, day(since))
