"""A process beside the portal: it goes on at once, after a second, or later and later; and ends in time."""

import os

import pytest
from django.db import OperationalError

from iscg_portal.worker import LONGEST_PAUSE, Away, Worker


class Played(Worker):
    """Plays the turns that a test gives, and notes the pauses between them instead of waiting."""

    def __init__(self, *turns, **options):
        super().__init__(self._next, **options)
        self.turns, self.pauses = list(turns), []
        self.ending.wait = self.pauses.append

    def _next(self):
        turn = self.turns.pop(0)
        if not self.turns:
            self.ending.set()
        if isinstance(turn, Exception):
            raise turn
        return turn


@pytest.fixture(autouse=True)
def connections_stay(monkeypatch):
    monkeypatch.setattr("iscg_portal.worker.close_old_connections", lambda: None)
    monkeypatch.setattr("iscg_portal.worker.signal.signal", lambda *_told: None)


def test_it_goes_on_at_once_while_there_is_more_to_do_and_else_after_a_second():
    worker = Played(True, True, False, None)
    worker.run()
    assert worker.pauses == [1, 1]


@pytest.mark.parametrize("error", [Away("mail"), OperationalError("locked"), ZeroDivisionError()])
def test_what_fails_is_tried_again_later_and_later(error):
    worker = Played(*[error] * 8)
    worker.run()
    assert worker.pauses == [2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


def test_after_a_success_it_looks_again_each_second():
    worker = Played(Away("mail"), False, False)
    worker.run()
    assert worker.pauses == [2, 1, 1]


def test_what_is_away_is_one_line_in_the_log_and_a_mistake_has_its_trace(caplog):
    Played(OperationalError("no route\nto host"), ZeroDivisionError()).run()
    away, mistake = caplog.records
    assert away.getMessage() == "OperationalError: no route; tried again in 2 seconds"
    assert (away.exc_info, mistake.exc_info is not None) == (None, True)


def test_it_ends_with_the_process_beside_which_it_stands():
    worker = Played(True, beside=os.getppid() + 1)
    worker.run()
    assert worker.turns == [True]
