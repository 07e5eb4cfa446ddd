"""Acts at the same moment, each in a thread with a database connection of its own."""

from threading import Barrier, Thread

import pytest
from django.db import connections


@pytest.fixture
def standing(transactional_db, world):
    """The standing ISCG, committed, so that every connection sees it."""
    return world


@pytest.fixture
def at_once():
    """Call it with acts; each gets `ready`, to call when it has looked and is about to write.

    Returns what each act returned or raised, in the order of the acts.
    """

    def run(*acts):
        barrier, outcomes = Barrier(len(acts), timeout=20), [None] * len(acts)

        def play(index, act):
            try:
                outcomes[index] = act(barrier.wait)
            except Exception as error:
                outcomes[index] = error
            finally:
                connections.close_all()

        threads = [Thread(target=play, args=(index, act)) for index, act in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return outcomes

    return run
