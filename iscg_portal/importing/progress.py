"""How many rows of a long import are read, for the page that shows it.

The rows are read inside a transaction, of which nobody else sees anything; so the number lies in a small file.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from iscg_portal.files.waiting import waiting_folder

EVERY = 20  # rows
_told = ContextVar("where the number of rows read is written", default=None)


@contextmanager
def telling(token):
    """Inside, `row_read` says how far the import with this token is."""
    path = _path_of(token)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = _told.set(path)
    try:
        yield
    finally:
        _told.reset(before)
        path.unlink(missing_ok=True)


def row_read(number):
    """Say that so many rows are read, where somebody may be looking."""
    if number % EVERY == 0 and (path := _told.get()) is not None:
        path.write_text(str(number))


def rows_read(token) -> int:
    """How many rows are read; 0 where nobody says."""
    try:
        return int(_path_of(token).read_text())
    except (FileNotFoundError, ValueError):
        return 0


def _path_of(token):
    return waiting_folder() / f"{token}.rows"
