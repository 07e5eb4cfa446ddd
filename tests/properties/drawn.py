"""Rows drawn by chance, and the same rows as records: offices of a few persons in a few seats and subjects."""

from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from members.models import Representative
from subjects.models import Coordinator, FocalPoint, Listing
from tests.properties.oracle import FIRST, LAST, Row, allowed_among
from tests.walks import strength
from tests.world import person, seat, subject

SEATS, SUBJECTS = ("RAG1", "RAG2", "TSAG1"), ("ONE", "TWO")
PERSONS = ("Ada Testperson", "Ben Madeup", "Cleo Invented")
PLACES = {
    "Representative": SEATS,
    "Coordinator": SUBJECTS,
    "FocalPoint": ("ONE:BR", "ONE:RAG", "TWO:BR"),
    "Listing": SUBJECTS,
}
MODELS = {model.__name__: model for model in (Representative, Coordinator, FocalPoint, Listing)}


def steady(examples=40):
    """The same examples in every run, so that a red run means a change and never bad luck.

    The test has the mark `walk` and tries them all in `make walk`.
    """
    return settings(
        deadline=None,
        derandomize=True,
        database=None,
        max_examples=strength(examples),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@contextmanager
def rolled_back():
    """Each example finds the database as the one before found it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def day(number):
    """The date of a day of the oracle."""
    return None if number is None else date(2020, 1, 1) + timedelta(days=number)


@st.composite
def drawn_rows(draw, kinds=tuple(PLACES)):
    """One row of one of the kinds."""
    kind = draw(st.sampled_from(kinds))
    starts = st.integers(FIRST, LAST - 1)
    start = draw(st.none() | starts if kind == "Listing" else starts)
    end = draw(st.none() | st.integers((FIRST if start is None else start) + 1, LAST))
    who = "" if kind == "Listing" else draw(st.sampled_from(PERSONS))
    evidence = draw(st.none() | starts) if start is None else None
    return Row(kind, draw(st.sampled_from(PLACES[kind])), who, start, end, evidence)


def allowed_rows(kinds=tuple(PLACES), most=6, least=0):
    """Rows that can stand together, drawn from so many."""
    return st.lists(drawn_rows(kinds), min_size=least, max_size=most).map(allowed_among)


class Stage:
    """The persons, seats and subjects among which rows are played."""

    def __init__(self):
        self.persons = {name: person(name) for name in PERSONS}
        self.seats = {code: seat(code) for code in SEATS}
        self.subjects = {code: subject(code) for code in SUBJECTS}

    def put(self, row, record=None):
        """The record of a row, unsaved: a new one, or a given one changed to what the row says."""
        record = record or MODELS[row.kind]()
        record.starts_on, record.ends_on = day(row.start), day(row.end)
        record.ends_precision = "day" if row.end is not None else None
        if row.kind == "Representative":
            record.seat = self.seats[row.where]
        else:
            record.subject = self.subjects[row.where.split(":")[0]]
        if row.kind == "FocalPoint":
            record.body = row.where.split(":")[1]
        if row.kind == "Listing":
            record.source_dated_on = day(row.evidence)
        else:
            record.person = self.persons[row.who]
        return record

    def saved(self, rows):
        """The records of rows that can stand, saved without asking any form."""
        records = [self.put(row) for row in rows]
        for record in records:
            record.save()
        return records
