"""On SQLite all who wait to write have the same chance, whoever came first, and give up when their time is over."""

import sqlite3
import time
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from iscg_portal.record_version import bump
from tests import world as w

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its writers in line by itself"),
]


@contextmanager
def others_writing(first, gap=0.012, then=0.15):
    """Somebody writes for `first` seconds, and then again and again, with short gaps."""
    over, begun = Event(), Event()

    def write():
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, timeout=20)
        seconds = first
        while not over.is_set():
            other.execute("BEGIN IMMEDIATE")
            begun.set()
            over.wait(seconds)
            other.execute("COMMIT")
            over.wait(gap)
            seconds = then
        other.close()

    writing = Thread(target=write)
    writing.start()
    begun.wait(10)
    try:
        yield
    finally:
        over.set()
        writing.join()


@contextmanager
def patience(seconds):
    connection.ensure_connection()
    before, connection.patience = connection.patience, seconds
    yield
    connection.patience = before


@pytest.mark.parametrize("write", [transaction.atomic(bump), bump], ids=["an act", "a single statement"])
def test_who_waits_long_comes_in_at_the_first_gap(write):
    w.person("Ada Madeup")
    with others_writing(first=1):
        began = time.monotonic()
        write()
        waited = time.monotonic() - began
    assert 0.7 < waited < 1.13


def test_who_waits_in_vain_is_told_so_in_time():
    with others_writing(first=5), patience(0.3):
        began = time.monotonic()
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            bump()
        assert 0.3 <= time.monotonic() - began < 1


def test_who_reads_does_not_wait():
    with others_writing(first=5), patience(0):
        began = time.monotonic()
        assert w.Person.objects.count() >= 0
        assert time.monotonic() - began < 0.5
