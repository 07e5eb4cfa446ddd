"""The changes between two days turn the composition of the first into that of the second."""

from hypothesis import given
from hypothesis import strategies as st

from members.changes import apply_changes, changes, changes_between, offices_on
from members.composition import composition
from tests.properties.drawn import SEATS, allowed_rows, day, rolled_back, steady
from tests.properties.oracle import FIRST, LAST, state_on

REPRESENTATIVES = ("Representative",)
DRAWN_DAYS = st.integers(FIRST - 1, LAST + 1)


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


def said(office):
    """What a reader is told of a seat."""
    holder = office.tenure and (office.tenure.seat_id, office.tenure.starts_on)
    return office.state, holder, office.vacant_since, office.vacant_since_precision


def said_of_all(offices):
    return {code: said(office) for code, office in offices.items()}


@steady()
@given(drawn=drawn_records(), days=st.tuples(DRAWN_DAYS, DRAWN_DAYS).map(sorted))
def test_changes_applied_to_the_first_day_give_the_second(stage, drawn, days):
    seats, terms = as_records(stage, drawn)
    first, second = (day(number) for number in days)
    events = changes(first, second, seats, terms)
    after = apply_changes(offices_on(first, seats, terms), events)
    assert said_of_all(after) == said_of_all(offices_on(second, seats, terms))


@steady()
@given(drawn=drawn_records(), days=st.tuples(DRAWN_DAYS, DRAWN_DAYS, DRAWN_DAYS).map(sorted))
def test_changes_over_two_stretches_are_those_of_both(stage, drawn, days):
    seats, terms = as_records(stage, drawn)
    first, second, third = (day(number) for number in days)
    both = changes(first, second, seats, terms) + changes(second, third, seats, terms)
    assert changes(first, third, seats, terms) == both


@steady()
@given(drawn=drawn_records(), days=st.tuples(DRAWN_DAYS, DRAWN_DAYS).map(sorted))
def test_pages_read_the_same_from_the_database(stage, drawn, days):
    seats, terms = as_records(stage, drawn)
    with rolled_back():
        for record in (*seats, *terms):
            record.save()
        before, after = (composition(day(number)) for number in days)
        events = changes_between(before.on, after.on)
        offices = {seat.code: seat.office for seat in before.seats if seat.code in SEATS}
        turned = said_of_all(apply_changes(offices, events))
        assert turned == {seat.code: said(seat.office) for seat in after.seats if seat.code in SEATS}


@steady()
@given(drawn=drawn_records(), number=DRAWN_DAYS)
def test_composition_is_what_the_oracle_counts(stage, drawn, number):
    seats, terms = as_records(stage, drawn)
    with rolled_back():
        for record in (*seats, *terms):
            record.save()
        found = {seat.code: seat.office for seat in composition(day(number)).seats}
        for code in SEATS:
            rows = [row for row, _starts, _ends in drawn[0] if row.where == code]
            state, holder, since = state_on(rows, drawn[1][code], number)
            shown = found[code].tenure and found[code].tenure.person.name
            assert (found[code].state, shown, found[code].vacant_since) == (state, holder and holder.who, day(since))
