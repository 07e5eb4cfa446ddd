"""Acts in a process of their own that is killed at a step: before or after a query, a commit, a change on the disk."""

import os
import signal
import sys
import traceback

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

ON_DISK = {"open", "os.rename", "os.remove", "os.mkdir"}
CODE = (".py", ".pyc", ".so")
BYTECODE = "__pycache__"  # written by the process that needs it first, and by none after it


class Steps:
    """Counts the steps of this process, which dies at the one whose number is `last`; with None it lives."""

    def __init__(self, last=None):
        self.last, self.count, self.pid = last, 0, os.getpid()

    def take(self):
        self.count += 1
        if self.count == self.last and os.getpid() == self.pid:  # and not a process that the act starts
            os.kill(self.pid, signal.SIGKILL)

    def watch(self):
        """From now on, for ever: only for a process that is there for one act."""
        commit = BaseDatabaseWrapper._commit

        def watched(wrapper):
            self.take()
            commit(wrapper)
            self.take()

        BaseDatabaseWrapper._commit = watched
        connection_created.connect(self._of_connection, weak=False)
        sys.addaudithook(self._on_disk)

    def _of_connection(self, connection, **kwargs):
        connection.execute_wrappers.append(self._of_query)

    def _of_query(self, execute, sql, params, many, context):
        self.take()
        return execute(sql, params, many, context)

    def _on_disk(self, event, arguments):
        if event in ON_DISK:
            path = str(arguments[0])
            if not path.endswith(CODE) and BYTECODE not in path:
                self.take()


def run_apart(act, dies_at=None):
    """How many steps the act took in a process of its own; None if it was killed.

    Errors: AssertionError where the act failed.
    """
    connections.close_all()  # two processes on one connection would be one too many
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            steps = Steps(dies_at)
            steps.watch()
            act()
            os.write(writing, str(steps.count).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    os.close(writing)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(reading) as said:
        count = said.read()
    assert status in (0, -signal.SIGKILL), "the act failed; its trace is above"
    return int(count) if count else None
