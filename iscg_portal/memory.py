"""How memory is looked after while very many objects are made."""

import gc
from contextlib import contextmanager


@contextmanager
def without_collecting():
    """Look for no rubbish meanwhile; also as a decorator of a function that gives its whole result.

    Of the hundred thousand rows of a large report all stay until it is done: looking among them for rubbish, again
    and again, takes two fifths of the time. Whoever was not looking before is left so.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
