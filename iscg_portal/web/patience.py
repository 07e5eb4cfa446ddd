"""How long a request waits for PostgreSQL: a server that is frozen says nothing, and its machine answers for it.

So neither the server's own limits nor those of TCP end such a wait; the client has to. Only what answers readers is so
impatient: a command, an import or the sender waits as long as its work takes.
"""

import select

import psycopg2
from django.conf import settings
from psycopg2 import extensions

FOR_A_CONNECTION = 5  # seconds


def be_impatient():
    """From now on this process waits so long at most."""
    extensions.set_wait_callback(wait)


def wait(connection):
    """Until the connection is ready; psycopg2 calls it instead of waiting itself, and closes the connection after an
    error. Errors: psycopg2.OperationalError.
    """
    is_new = connection.status == extensions.STATUS_SETUP
    seconds = FOR_A_CONNECTION if is_new else settings.LONGEST_WAIT_FOR_AN_ANSWER
    while (state := connection.poll()) != extensions.POLL_OK:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
        if not poll.poll(seconds * 1000):
            raise psycopg2.OperationalError(f"PostgreSQL said nothing for {seconds} seconds")
