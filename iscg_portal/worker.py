"""A process beside the portal that works off what requests wrote down: turn after turn, until it is told to end."""

import logging
import os
import signal
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections

EVERY = 1  # seconds between two looks while nothing is to be done; each is one or two cheap queries
LONGEST_PAUSE = 60  # seconds, reached by doubling while something is away

log = logging.getLogger(__name__)

EACH_HOUR = []  # what the sender does beside its work; apps add functions in their `AppConfig.ready`
WHEN_IDLE = []  # the same, when nothing else waits: a function gives True where there was something to do


class Away(Exception):
    """What the turn needs does not answer; the work stays where it is, and is tried again later."""


class Worker:
    """Calls `turn()` again and again: at once where it gives True, else after a second, later where it fails.

    `beside` is the process id of a portal with which it ends. SIGTERM and SIGINT end it after the piece of work in
    hand; `goes_on` says whether another one may begin.
    """

    def __init__(self, turn, beside=None):
        self.turn, self.beside = turn, beside
        self.ending, self.pause = Event(), EVERY

    def run(self):
        """Until the end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: self.ending.set())
        while self.goes_on():
            if not self._take_turn():
                self.ending.wait(self.pause)

    def goes_on(self):
        """Whether nobody has told it to end, and the portal beside which it stands is there."""
        return not self.ending.is_set() and self.beside in (None, os.getppid())

    def _take_turn(self):
        """Whether there may be more to do at once. What goes wrong is said, and tried again."""
        close_old_connections()
        try:
            more = self.turn()
        except (Away, OperationalError, InterfaceError) as error:
            said = str(error).strip().partition("\n")[0]
            log.warning("%s: %s; tried again in %d seconds", type(error).__name__, said, self._longer())
            return False
        except Exception:
            log.exception("A turn failed; tried again in %d seconds", self._longer())
            return False
        finally:
            close_old_connections()
        self.pause = EVERY
        return more

    def _longer(self):
        self.pause = min(2 * self.pause, LONGEST_PAUSE)
        return self.pause
