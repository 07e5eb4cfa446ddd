"""Over any sequence of publications and corrections the readers of all reports together have the record.

A reader here is a list of what was read: the tables of each report are put into it, and its corrections are carried
out in it. It is compared with rows that are told one by one, without any query.
"""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.history import Reason, remove_with_reason
from iscg_portal.tenure.dates import print_date
from reports.acts import annual_reports as acts
from reports.facts import disagreements
from reports.models import AnnualReport
from tests import world as w
from tests.properties.drawn import PERSONS, allowed_rows, day, drawn_rows, rolled_back, steady
from tests.properties.oracle import FIRST, LAST, days_of, is_allowed, is_known_on

OWN_TABLES = ("seats", "offices", "listings", "mandates", "meetings", "received")
# After every other report and every event: whatever was changed late is told here at the latest.
LAST_PERIOD = (LAST + 1, LAST + 8)


PERIODS = [
    [(FIRST - 1, 6), (6, LAST + 1)],
    [(6, LAST + 1), (FIRST - 1, 6)],
    [(2, 5), (7, LAST)],
    [(4, 8), (FIRST, 2), (8, 11)],
    [(FIRST, LAST)],
]
NUMBER = st.integers(0, 20)
EXACTLY = st.tuples(st.sampled_from(["day", "by"]), st.sampled_from(["day", "after"]))
CHANGES = [
    st.tuples(st.just("remove"), NUMBER),
    st.tuples(st.just("move"), NUMBER, st.integers(-3, 3)),
    st.tuples(st.just("give_to"), NUMBER, st.sampled_from(PERSONS)),
    st.tuples(st.just("end"), NUMBER, st.integers(FIRST + 1, LAST)),
    st.tuples(st.just("enter"), drawn_rows(), EXACTLY),
]
ACTS = st.tuples(st.sampled_from(["correct", "publish", "revise", "withdraw"]), NUMBER)


@st.composite
def drawn_stories(draw):
    """What is on record at first, the periods, and what is done one after the other: changes, then an act, and so on.

    Not every change can be made, nor every act; those that cannot are left out.
    """
    rows = [(row, draw(EXACTLY)) for row in draw(allowed_rows(least=3, most=6))]
    steps = [("publish", 0)]
    for _round in range(draw(st.integers(2, 4))):
        steps += draw(st.lists(st.one_of(CHANGES), min_size=1, max_size=3))
        steps.append(draw(ACTS))
    return rows, draw(st.sampled_from(PERIODS)), steps


class Record:
    """The rows as they are now, by the number of the record, and the record itself."""

    def __init__(self, stage, rows):
        self.stage, self.rows, self.records = stage, {}, {}
        for row, exactly in rows:
            self.enter(row, exactly)

    def enter(self, row, exactly, number=None):
        """Save the row as somebody enters it, where it can stand."""
        others = [other for key, (other, _exactly) in self.rows.items() if key != number]
        if not is_allowed([*others, row]):
            return
        record = self.stage.put(row, self.records.get(number))
        record.starts_precision = exactly[0] if row.start is not None else "day"
        record.ends_precision = exactly[1] if row.end is not None else None
        record.save()
        number = len(self.records) if number is None else number
        self.rows[number], self.records[number] = (row, exactly), record

    def chosen(self, number):
        return sorted(self.rows)[number % len(self.rows)] if self.rows else None

    def replace(self, number, **said):
        key = self.chosen(number)
        if key is not None:
            row, exactly = self.rows[key]
            self.enter(replace(row, **said), exactly, key)

    def give_to(self, number, who):
        if self.rows and self.rows[self.chosen(number)][0].kind != "Listing":
            self.replace(number, who=who)

    def move(self, number, days):
        row = self.rows and self.rows[self.chosen(number)][0]
        if row and row.start is not None:
            last = LAST if row.end is None else row.end - 1
            self.replace(number, start=min(max(row.start + days, FIRST), last))

    def end(self, number, on):
        row = self.rows and self.rows[self.chosen(number)][0]
        if row and (row.start is None or row.start < on):
            self.replace(number, end=on)

    def remove(self, number):
        key = self.chosen(number)
        if key is not None:
            remove_with_reason(self.records[key], "Played by chance")
            del self.rows[key]

    def standing_on(self, on, said):
        """[(row's first day, printed row)] of those in office on the day; of subjects while they are on the list.

        A subject without a first day is so from its first evidence on, and where the readers were told so (`said`).
        """
        rows = [row for row, _exactly in self.rows.values()]
        number = (on - day(0)).days
        there = {key: row for key, (row, _exactly) in self.rows.items() if number in days_of(row)}
        told = {key for key in there if f"listing/{self.records[key].pk}/stands/{on}" in said}
        unknown = {k for k, row in there.items() if row.kind == "Listing" and not is_known_on(row, number, rows)} - told
        listed = {row.where for key, row in there.items() if row.kind == "Listing" and key not in unknown}
        for row in there.values():
            where = row.where[:-1] if row.kind == "Representative" else row.where.split(":")[0]
            if row.kind == "Representative" or where in listed:
                what = "on the list" if row.kind == "Listing" else "in office"
                yield day(row.start), (print_date(on), where, what, who_of(self.stage, row))

    def told(self):
        """[(day, printed row)] of all events, as a report that knows these rows has to say them."""
        known = [row for row, _exactly in self.rows.values()]
        found = []
        for row, (starts, ends) in self.rows.values():
            found += [(day(on), printed) for _side, on, printed in told_of(self.stage, row, starts, ends, known)]
        return found


class Reader:
    """Who reads every report, and keeps what was read."""

    def __init__(self):
        self.knows = []

    def read(self, report):
        content = json.loads(report.content)
        for correction in content["told"]["corrections"]:
            said, known = (correction[name] and read_row(correction[name]) for name in ("said", "known"))
            same = [one for one in self.knows if said and one[:2] == said[:2]]
            if same:
                self.knows.remove(said if said in same else same[0])
            if known and known not in self.knows:
                self.knows.append(known)
        if report.is_whole:
            self.knows = [one for one in self.knows if not report.holds_day(one[0])]
            self.knows += [read_row(said) for said in content["told"]["events"] + content["told"]["standing"]]


def read_row(said):
    """(day, printed row, name of the event) of what a report has frozen."""
    return date.fromisoformat(said["on"]), tuple(said["words"]["en"]), said["key"]


def tables_of(report):
    """The printed rows by the key of the block."""
    sections = json.loads(report.content)["languages"]["en"]["sections"]
    blocks = [block for section in sections for block in section["blocks"]]
    return {block["key"]: [tuple(row) for row in block["rows"]] for block in blocks if block["kind"] == "table"}


def publish(report):
    acts.submit(report)
    acts.approve(report, None)
    acts.publish(report, None, "Played by chance")
    report.refresh_from_db()
    return report


class Story:
    """The reports of a story, in the order of their publication."""

    def __init__(self, record, periods):
        self.record, self.waiting, self.reports = record, list(periods), []

    def publish(self, _number, period=None):
        period = period or (self.waiting.pop(0) if self.waiting else None)
        if period:
            eve, last = period
            self.reports.append(publish(acts.open_report(f"{day(eve + 1)}..{day(last)}")))
            self.has_told(lambda on: on <= self.reports[-1].period_to)

    def correct(self, number, variant="Corr"):
        standing = [one for one in self.reports if one.base_id is None and one.state in ("published", "superseded")]
        if standing:
            base = standing[number % len(standing)]
            self.reports.append(publish(acts.correct(base, variant, None, "Played by chance")))
            self.has_told(base.holds_day)

    def revise(self, number):
        self.correct(number, "Rev")

    def withdraw(self, number):
        standing = [one for one in self.reports if one.state in ("published", "superseded")]
        if standing:
            acts.withdraw(standing[number % len(standing)], None, Reason(public="Played by chance"))

    def standing(self):
        """What can still be read as it stands: of each family the last whole text, and the corrigenda."""
        for report in self.reports:
            report.refresh_from_db()
        found = [one for one in self.reports if one.state != "withdrawn"]
        whole = {one.base_id or one.pk: one for one in found if one.is_whole}
        return [one for one in found if one in whole.values() or (not one.is_whole and one.base_id in whole)]

    def readers(self):
        reader = Reader()
        for report in self.standing():
            reader.read(report)
        return reader.knows

    def covers(self, on):
        return any(one.holds_day(on) for one in self.reports)

    def has_told(self, is_in):
        """On the days of reports that `is_in` knows, readers have neither more nor less than the record."""
        assert self.missing(is_in) == (Counter(), Counter())

    def missing(self, is_in):
        """(what readers lack, what they have and is not so); who began in a period need not be told to be in office."""
        readers = self.readers()
        knows, said = (
            Counter(one[:2] for one in rows if is_in(one[0]) and self.covers(one[0]))
            for rows in (readers, self.record.told())
        )
        keys = {key for _on, _printed, key in readers}
        standing = [(on, *one) for on in self.closing_days(is_in) for one in self.record.standing_on(on, keys)]
        may = Counter((on, printed) for on, _start, printed in standing)
        must = Counter((on, printed) for on, start, printed in standing if start is None or not self.covers(start))
        return said + must - knows, knows - said - may

    def closing_days(self, is_in):
        return {one.period_to for one in self.reports if one.base_id is None and is_in(one.period_to)}

    def desk_agrees(self):
        """The desk names the reports in whose periods readers have something else than the record, and no others."""
        named = {report.code for report, _corrections in disagreements()}
        wrong = {
            (one.base or one).code
            for one in self.standing()
            if one.is_whole and self.missing(one.holds_day) != (Counter(), Counter())
        }
        assert named == wrong


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


def who_of(stage, row):
    """Who or what a report names."""
    if row.kind == "Listing":
        return stage.subjects[row.where].title
    who = str(stage.persons[row.who])
    if row.kind == "FocalPoint":
        body = row.where.split(":")[1]
        who = f"{who}, {body}" if office_of(row) else body
    return who


def told_of(stage, row, starts, ends, known):
    """(side, day, printed row) of each end of a row, as a report has to say it that knows these rows."""
    where = row.where[:-1] if row.kind == "Representative" else row.where.split(":")[0]
    listing = row.kind == "Listing"
    in_office = "" if listing else " in office"
    who = who_of(stage, row)
    if row.start is not None:
        said = f"first recorded{in_office}" if starts == "by" else "listed" if listing else "took office"
        said = "continues in a new term" if any(go_on(other, row) for other in known) else said
        yield "start", row.start, (print_date(day(row.start)), where, said, who)
    if row.end is not None and not any(go_on(row, other) for other in known):
        ended = "taken off the list" if listing else "left office"
        on = day(row.end) - timedelta(days=1) if ends == "after" else day(row.end)
        said = f"last recorded{in_office}" if ends == "after" else ended
        yield "end", row.end, (print_date(on), where, said, who)


@pytest.mark.walk
@pytest.mark.long(on="postgresql")  # the other tests of this folder hold what a database decides
@steady(examples=20)
@given(story=drawn_stories())
def test_readers_of_all_reports_together_have_the_record(stage, story):
    rows, periods, steps = story
    with rolled_back():
        record = Record(stage, rows)
        played = Story(record, periods)
        for name, *given_values in steps:
            getattr(record if hasattr(record, name) else played, name)(*given_values)
            played.desk_agrees()
        played.publish(0, LAST_PERIOD)
        played.has_told(lambda on: True)


@pytest.mark.walk
@pytest.mark.long(on="postgresql")  # the other tests of this folder hold what a database decides
@steady(examples=8)
@given(story=drawn_stories())
def test_the_printed_tables_say_what_the_data_says(stage, story):
    rows, periods, steps = story
    with rolled_back():
        record = Record(stage, rows)
        played = Story(record, periods)
        for name, *given_values in steps:
            getattr(record if hasattr(record, name) else played, name)(*given_values)
        for report in AnnualReport.objects.exclude(content=""):
            told, tables = json.loads(report.content)["told"], tables_of(report)
            printed = [row for key in OWN_TABLES[:4] for row in tables.get(key, [])]
            assert Counter(printed) == Counter(tuple(event["words"]["en"]) for event in told["events"])
            corrections = [*tables.get("earlier", []), *tables.get("corrections", [])]
            assert [row[1:3] for row in corrections] == [
                (
                    sentence(one["said"], "This is not so." if one["denied"] else "Nothing of this."),
                    sentence(one["known"], "This is not so."),
                )
                for one in told["corrections"]
            ]


class Work:
    """Meetings that were held, each with a Coordinator's report to it."""

    def __init__(self):
        self.held = {}

    def hold(self, on):
        place = len(self.held) + 1
        meeting = w.meeting(f"99-{place}", day(on), state="held")
        subject, person = w.subject(f"OWN-{place}"), w.person(f"Number {place} Reporter")
        since = date(2019, 1, 1)
        w.coordinator(subject, person, since)
        report = w.coordinator_report(subject, meeting, person, starts_on=since, received_on=meeting.starts_on)
        self.held[place] = meeting, report

    def hold_again(self, number, on):
        """It was on another day."""
        if self.held.get(number, (None,))[0]:
            meeting = self.held[number][0]
            meeting.starts_on = meeting.ends_on = day(on)
            meeting.save()

    def hold_never(self, number):
        if self.held.get(number, (None,))[0]:
            for row in reversed(self.held[number]):
                remove_with_reason(row, "Played by chance")
            self.held[number] = None, None

    def standing_on(self, on, said):
        """No subject is on the list, so nobody is told to be in office."""
        return ()

    def told(self):
        for meeting, report in self.held.values():
            if meeting is not None:
                on = meeting.starts_on
                yield on, (print_date(on), meeting.name, "meeting held", str(meeting.text("title")))
                what = "Coordinator’s report received"
                yield on, (print_date(on), report.subject.code, what, str(report.person))


WORK_STEPS = st.one_of(
    st.tuples(st.just("hold"), st.integers(FIRST, LAST)),
    st.tuples(st.just("hold_again"), st.integers(1, 3), st.integers(FIRST, LAST)),
    st.tuples(st.just("hold_never"), st.integers(1, 3)),
    st.tuples(st.sampled_from(["publish", "correct"]), NUMBER),
)


@pytest.mark.walk
@pytest.mark.long(on="postgresql")  # the other tests of this folder hold what a database decides
@steady(examples=8)
@given(periods=st.sampled_from(PERIODS), steps=st.lists(WORK_STEPS, min_size=5, max_size=9))
def test_readers_know_which_meetings_were_held_and_which_reports_received(db, periods, steps):
    with rolled_back():
        work = Work()
        played = Story(work, periods)
        for name, *given_values in [("hold", 3), ("hold", 8), ("publish", 0), *steps]:
            getattr(work if hasattr(work, name) else played, name)(*given_values)
        played.publish(0, LAST_PERIOD)
        played.has_told(lambda on: True)


def sentence(said, nothing):
    """How a table of corrections prints it."""
    if said is None:
        return nothing
    on, where, what, who = said["words"]["en"]
    return f"{on}: {where}, {what}: {who}"
