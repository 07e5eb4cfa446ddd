"""Over any sequence of reports each event, meeting and Coordinator's report is told once: in its period, or later."""

import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.tenure.dates import print_date
from reports.acts import annual_reports as acts
from tests import world as w
from tests.properties.drawn import allowed_rows, day, rolled_back, steady
from tests.properties.oracle import FIRST, LAST

LATE_WORK = ("meeting held", "Coordinator’s report received")
OWN_TABLES = ("seats", "offices", "listings", "mandates")
# After every other report and every event: whatever was recorded late is told here at the latest.
LAST_PERIOD = (LAST + 1, LAST + 8)


@st.composite
def drawn_reports(draw):
    """Periods that share no day, some left out, in the order in which their reports are published."""
    cuts = sorted(draw(st.sets(st.integers(FIRST - 1, LAST + 1), min_size=2, max_size=4)))
    periods = draw(st.permutations(list(zip(cuts, cuts[1:], strict=False))))
    left_out = draw(st.integers(0, len(periods) - 1))
    return [*periods[left_out:], LAST_PERIOD]


@st.composite
def drawn_stories(draw):
    """Reports in their order, and rows: before which report each was recorded, and how exactly it is known."""
    reports = draw(drawn_reports())
    numbers, starts, ends = st.integers(0, len(reports) - 1), st.sampled_from(["day", "by"]), ["day", "after"]
    rows = draw(allowed_rows(most=5))
    return reports, [(row, draw(numbers), draw(starts), draw(st.sampled_from(ends))) for row in rows]


def record(stage, row, starts, ends):
    """Save the row as somebody enters it."""
    kept = stage.put(row)
    if row.start is not None:
        kept.starts_precision = starts
    if row.end is not None:
        kept.ends_precision = ends
    kept.save()


def publish(first, last):
    """The tables of the report as it was frozen: the printed rows by the key of the block."""
    report = acts.open_report(f"{day(first)}..{day(last)}")
    acts.submit(report)
    acts.approve(report, None)
    acts.publish(report, None, "Played by chance")
    sections = json.loads(report.content)["languages"]["en"]["sections"]
    blocks = [block for section in sections for block in section["blocks"]]
    return {block["key"]: [tuple(row) for row in block["rows"]] for block in blocks if block["kind"] == "table"}


def office_of(row):
    """The office as the public knows it; None where nobody is said to go on in it."""
    if row.kind == "Representative":
        return row.kind, row.where[:-1]
    hidden = row.kind == "FocalPoint" and row.where.endswith(":BR")  # names of focal points in a Bureau are not public
    return None if row.kind == "Listing" or hidden else (row.kind, row.where)


def go_on(row, other):
    """Whether the other row is the next term of the same person in the same office."""
    same = office_of(row) and (office_of(row), row.who) == (office_of(other), other.who)
    return bool(same) and row.end is not None and row.end == other.start


def told_of(stage, row, starts, ends, known):
    """(side, day, printed row) of each end of a row, as a report has to say it that knows these rows."""
    where = row.where[:-1] if row.kind == "Representative" else row.where.split(":")[0]
    listing = row.kind == "Listing"
    in_office = "" if listing else " in office"
    who = stage.subjects[where].title if listing else str(stage.persons[row.who])
    if row.kind == "FocalPoint":
        body = row.where.split(":")[1]
        who = f"{who}, {body}" if office_of(row) else body
    if row.start is not None:
        said = f"first recorded{in_office}" if starts == "by" else "listed" if listing else "took office"
        said = "continues in a new term" if any(go_on(other, row) for other in known) else said
        yield "start", row.start, (print_date(day(row.start)), where, said, who)
    if row.end is not None and not any(go_on(row, other) for other in known):
        ended = "taken off the list" if listing else "left office"
        on = day(row.end) - timedelta(days=1) if ends == "after" else day(row.end)
        said = f"last recorded{in_office}" if ends == "after" else ended
        yield "end", row.end, (print_date(on), where, said, who)


def place_of(on, recorded, reports):
    """(number of the report, whether as a correction) where an event stands, or None where no report covers it."""
    home = next((n for n, (first, last) in enumerate(reports) if first < on <= last), None)
    if home is None or recorded <= home:
        return home if home is None else (home, False)
    return next(n for n in range(recorded, len(reports)) if reports[n][0] >= on), True


def expected(stage, story):
    """Every printed row with its place: each event once, by the first report that knows it and covers its day."""
    reports, rows = story
    told = set()
    for number, (first, last) in enumerate(reports):
        known = [row for row, recorded, _starts, _ends in rows if recorded <= number]
        for row, recorded, starts, ends in rows:
            for side, on, printed in told_of(stage, row, starts, ends, known) if recorded <= number else ():
                late = on <= first and any(begins < on <= ends_on for begins, ends_on in reports[:number])
                if (row, side) not in told and (first < on <= last or late):
                    told.add((row, side))
                    yield number, late, printed


@steady(examples=12)
@given(story=drawn_stories())
def test_each_event_stands_in_exactly_one_report(stage, story):
    reports, rows = story
    told = []
    with rolled_back():
        for number, period in enumerate(reports):
            for row, recorded, starts, ends in rows:
                if recorded == number:
                    record(stage, row, starts, ends)
            tables = publish(*period)
            told += [(number, False, row) for key in OWN_TABLES for row in tables[key]]
            told += [(number, True, row) for row in tables.get("earlier", [])]
    assert sorted(told) == sorted(expected(stage, story))


@st.composite
def drawn_work(draw):
    """Reports in their order, and meetings: the day, before which report each was recorded, and what was made to it."""
    reports = draw(drawn_reports())
    numbers = st.integers(0, len(reports) - 1)
    meetings = draw(st.lists(st.tuples(st.integers(FIRST, LAST), numbers, numbers), max_size=4))
    return reports, [(on, recorded, max(recorded, received)) for on, recorded, received in meetings]


def hold(place, on):
    return w.meeting(f"99-{place + 1}", day(on))


def receive(place, meeting):
    subject, person = w.subject(f"OWN-{place}"), w.person(f"Number {place} Reporter")
    since = meeting.starts_on - timedelta(days=30)
    w.coordinator(subject, person, since)
    w.coordinator_report(subject, meeting, person, starts_on=since, received_on=meeting.starts_on)


@steady(examples=12)
@given(story=drawn_work())
def test_each_meeting_and_each_coordinators_report_stands_in_exactly_one_report(stage, story):
    reports, work = story
    told, held = [], {}
    with rolled_back():
        for number, period in enumerate(reports):
            for place, (on, recorded, received) in enumerate(work):
                if recorded == number:
                    held[place] = hold(place, on)
                if received == number:
                    receive(place, held[place])
            tables = publish(*period)
            told += [(number, False, row[0]) for key in ("meetings", "received") for row in tables[key]]
            told += [(number, True, row[1]) for row in tables.get("earlier", []) if row[2] in LATE_WORK]
    awaited = []
    for place, (on, recorded, received) in enumerate(work):
        for known, name in ((recorded, held[place].name), (received, f"OWN-{place}")):
            stands = place_of(on, known, reports)
            awaited += [(*stands, name)] if stands else []
    assert sorted(told) == sorted(awaited)
