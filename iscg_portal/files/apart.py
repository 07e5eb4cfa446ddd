"""Reading what somebody sent: in a process of its own, with a limit of time and of memory.

A file can be made to cost its reader hours or all the memory of the machine, in more ways than checks can name. So
whatever reads one is `@apart`: the worker, or the sender, goes on, and the file is refused with a sentence.
"""

import gc
import os
import pickle
import resource
import select
import signal
import time
from functools import wraps

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_SECONDS = 30  # of the processor
LONGEST_WAIT = 60  # seconds by the clock, on a machine that has other things to do
MOST_MEMORY = 768_000_000  # bytes, above what the worker has itself
CHUNK = 1_000_000

_is_apart = False


class TooMuch(ValidationError):
    """The file reached a limit; nothing of it was kept."""


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
            given, error = _in_child(read, args, kwargs)
        finally:
            for file in (one for one in args if hasattr(one, "seek")):
                file.seek(0, os.SEEK_END)  # the child moved the place that both share; a buffer would not know
                file.seek(0)
        if error is not None:
            raise error
        return given

    return reading


def _in_child(read, args, kwargs):
    """(what it gives, None) or (None, what it raises)."""
    answer, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)
        _read_and_end(read, args, kwargs, told)
    os.close(told)
    try:
        content = _received(answer)
    finally:
        os.close(answer)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return pickle.loads(content) if content else (None, _too_much())


def _received(answer):
    """All that the child says before it ends; b"" where it was stopped, or takes too long."""
    content, end = bytearray(), time.monotonic() + LONGEST_WAIT
    while (left := end - time.monotonic()) > 0 and select.select([answer], [], [], left)[0]:
        chunk = os.read(answer, CHUNK)
        if not chunk:
            return bytes(content)
        content += chunk
    return b""


def _read_and_end(read, args, kwargs, told):
    """In the child, which never returns: no connection of the worker is closed, no buffer of it is written."""
    global _is_apart
    try:
        _is_apart = True
        gc.disable()  # what is thrown away here may be a connection that the worker still uses
        _limit()
        try:
            said = pickle.dumps((read(*args, **kwargs), None))
        except MemoryError:
            said = b""
        except Exception as error:
            said = pickle.dumps((None, error))
        with os.fdopen(told, "wb") as pipe:
            pipe.write(said)
    finally:
        os._exit(0)


def _limit():
    for told in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(told, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    with open("/proc/self/statm") as statm:
        has = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (has + MOST_MEMORY, has + MOST_MEMORY))


def _too_much():
    return TooMuch(
        _(
            "Reading this file takes more time or memory than the portal gives to one; it is damaged, or made so on"
            " purpose. Nothing of it was kept. Save it anew from the program that made it, or split it."
        )
    )
