"""The entries of the search are made when a test reads them, and each once: most tests read none.

Where queries are counted they are made as on a server: with each change.
"""

from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from iscg_portal.search import following
from iscg_portal.search.full_text import TABLE


class _Noted(following._Changed):
    """What changed in a test; what of it has no entry yet waits."""

    def __init__(self):
        super().__init__()
        self.waits = following._Changed()

    def note(self, row, is_new=False):
        self.waits.note(row, is_new)

    def make(self):
        waits, self.waits = self.waits, following._Changed()
        _add(waits, self)
        if waits.keys or waits.names:
            waits.renew()

    def make_all_again(self):
        _add(self, self.waits)

    def before_a_query(self, execute, sql, *arguments):
        if TABLE in sql:
            self.make()
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            self.make_all_again()
        return execute(sql, *arguments)


def _add(some, to):
    for ours, theirs in ((to.keys, some.keys), (to.names, some.names)):
        for label, found in theirs.items():
            ours[label] |= found


@contextmanager
def entries_when_asked(patch):
    """In this thread, for the connection of the test."""
    noted = _Noted()
    token = following._waiting.set(noted)
    begin, end = CaptureQueriesContext.__enter__, CaptureQueriesContext.__exit__

    def count(context):
        noted.make()
        following._waiting.set(None)
        return begin(context)

    def count_no_more(context, *error):
        following._waiting.set(noted)
        return end(context, *error)

    patch.setattr(CaptureQueriesContext, "__enter__", count)
    patch.setattr(CaptureQueriesContext, "__exit__", count_no_more)
    with connection.execute_wrapper(noted.before_a_query):
        yield
    following._waiting.reset(token)
