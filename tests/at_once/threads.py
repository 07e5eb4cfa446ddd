"""Acts at the same moment, each in a thread with a database connection of its own."""

from threading import Barrier, Thread

from django.db import connections


def run_at_once(*acts):
    """What each act returned or raised, in the order of the acts.

    Each gets `ready`, to call when it has looked and is about to write.
    """
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
