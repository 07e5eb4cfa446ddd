"""Reading what somebody sent: in a process of its own, with a limit of time and of memory.

A file can be made to cost its reader hours or all the memory of the machine, in more ways than checks can name. So
whatever reads one is `@apart`: the worker, or the sender, goes on, and the file is refused with a sentence.
"""

import ctypes
import gc
import os
import resource
import signal
import time
import traceback
from functools import wraps
from multiprocessing import Pipe
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PR_SET_PDEATHSIG = 1  # prctl(2)
_libc = ctypes.CDLL(None)
MOST_SECONDS = 30  # of the processor
LONGEST_WAIT = 60  # seconds by the clock, on a machine that has other things to do
MOST_MEMORY = 768_000_000  # bytes, above what the worker has itself

_is_apart = False


class Limits(NamedTuple):
    """What a child may take: seconds of the processor, seconds by the clock, bytes above what its parent has."""

    seconds: int
    wait: int
    memory: int


class TooMuch(ValidationError):
    """The file reached a limit; nothing of it was kept."""


class Stopped(Exception):
    """The child was killed, or reached a limit, before it had an answer."""


def apart(read):
    """Decorator: `read(...)` in a child process. It gives and raises the same, and besides TooMuch.

    What it gives is pickled. It writes nothing: neither to the database nor to what its arguments are. An open file
    among them is at its beginning afterwards.
    """

    @wraps(read)
    def reading(*args, **kwargs):
        if _is_apart:
            return read(*args, **kwargs)
        try:
            return _in_child(read, args, kwargs)
        except Stopped:
            raise _too_much() from None
        finally:
            for file in (one for one in args if hasattr(one, "seek")):
                file.seek(0, os.SEEK_END)  # the child moved the place that both share; a buffer would not know
                file.seek(0)

    return reading


def _in_child(read, args, kwargs):
    return in_child(lambda _tell: read(*args, **kwargs), Limits(MOST_SECONDS, LONGEST_WAIT, MOST_MEMORY))


def in_child(work, limits, hear=None, may_be_told_to_end=True):
    """What `work(tell)` gives in a child process, or raises; its memory is given back when the child ends.

    What it tells on the way, `hear` hears in this process. `may_be_told_to_end`: whether SIGTERM and SIGINT end it.
    Errors: Stopped.
    """
    answer, told = Pipe(duplex=False)
    parent, child = os.getpid(), os.fork()
    if child == 0:
        _die_with(parent)
        answer.close()
        _work_and_end(work, limits, told, may_be_told_to_end)
    told.close()
    try:
        given, error = _answer(answer, limits.wait, hear)
    finally:
        answer.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if error is not None:
        raise error
    return given


def _die_with(parent):
    """In the child: nobody waits for it once its parent was killed."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _answer(answer, wait, hear):
    """(what it gives, None) or (None, what it raises)."""
    end = time.monotonic() + wait
    while (left := end - time.monotonic()) > 0 and answer.poll(left):
        try:
            is_last, said = answer.recv()
        except (EOFError, OSError):  # before, or in the middle of its answer
            break
        if is_last:
            return said
        hear(said)
    raise Stopped


def _work_and_end(work, limits, told, may_be_told_to_end):
    """In the child, which never returns: no connection of the worker is closed, no buffer of it is written."""
    global _is_apart
    try:
        _is_apart = True
        gc.freeze()  # what would be thrown away here may be a connection that the worker still uses
        _limit(limits, signal.SIG_DFL if may_be_told_to_end else signal.SIG_IGN)
        try:
            said = work(lambda what: told.send((False, what))), None
        except MemoryError:
            return
        except Exception as error:
            error.add_note(traceback.format_exc())
            said = None, error
        told.send((True, said))
    finally:
        os._exit(0)


def _limit(limits, told_to_end):
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, told_to_end)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    with open("/proc/self/statm") as statm:
        has = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (has + limits.memory, has + limits.memory))


def _too_much():
    return TooMuch(
        _(
            "Reading this file takes more time or memory than the portal gives to one; it is damaged, or made so on"
            " purpose. Nothing of it was kept. Save it anew from the program that made it, or split it."
        )
    )
