"""What the portal rests on and does not reach, or may only read: database, Redis, disk. Readers get 503 and the reason.

An error is told by its code. One that the portal made itself, such as a query that makes no sense, stays an error.
"""

import errno
import logging
import sqlite3

import psycopg2
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from iscg_portal.files.whole import FileDiffers, FileIsGone
from iscg_portal.signing_in.counts import CannotCount

RETRY_AFTER = 30  # seconds
HEADING = gettext_lazy("Not available at the moment")
AWAY = gettext_lazy(
    "The portal does not reach its record at the moment. Try again in a minute. If you sent something, look whether it "
    "is there before you send it again."
)
BUSY = gettext_lazy("Others are changing the record just now. What you sent was not kept; try again in a minute.")
NOTHING_TAKEN = gettext_lazy(
    "The portal takes nothing in at the moment. What you sent was not kept. Public pages can be read."
)
NO_FILES = gettext_lazy("The portal cannot keep or read files at the moment. What you sent was not kept.")
NOT_COUNTED = gettext_lazy(
    "The portal cannot count attempts at the moment, so nobody can sign in or send this form. Public pages can be read."
)
DIFFERS = gettext_lazy(
    "What the portal keeps here is not what was stored, so it is not shown. The secretariat is told, and can bring it "
    "back."
)
IS_GONE = gettext_lazy("This file is not in its place. The secretariat is told, and can bring it back.")
OF_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: NOTHING_TAKEN,
    sqlite3.SQLITE_FULL: NOTHING_TAKEN,
    sqlite3.SQLITE_IOERR: AWAY,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_NOTADB: AWAY,
    sqlite3.SQLITE_CORRUPT: AWAY,
}
# The beginnings of SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html
OF_POSTGRESQL = {
    "08": AWAY,  # the connection
    "25006": NOTHING_TAKEN,  # read-only
    "40": BUSY,  # rolled back for others
    "53100": NOTHING_TAKEN,  # disk full
    "53": AWAY,  # out of something
    "55P03": BUSY,  # waited too long for a lock
    "57": AWAY,  # shutting down, starting, cancelled
    "58": AWAY,  # its own disk
    "XX001": AWAY,  # damaged data
}
OF_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO, errno.EACCES, errno.EPERM, errno.ESTALE}

log = logging.getLogger(__name__)


def reason(error) -> str:
    """Why the error, or one that it came from, is no fault of the portal or of the asker; an empty text if it is."""
    while error is not None:
        found = _reason(error)
        if found:
            return found
        error = error.__cause__ or error.__context__
    return ""


def _reason(error):
    if isinstance(error, (RedisError, CannotCount)):
        return NOT_COUNTED
    if isinstance(error, sqlite3.Error):
        return OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")  # the rest says more exactly which
    if isinstance(error, psycopg2.Error):
        return _reason_of_postgresql(error)
    if isinstance(error, FileDiffers):
        return IS_GONE if isinstance(error, FileIsGone) else DIFFERS
    if isinstance(error, OSError) and not isinstance(error, ConnectionError):
        return NO_FILES if error.errno in OF_FILES else ""
    return ""


def _reason_of_postgresql(error):
    if error.pgcode is None:  # no server that could give one
        return AWAY if isinstance(error, (psycopg2.OperationalError, psycopg2.InterfaceError)) else ""
    return next((said for code, said in OF_POSTGRESQL.items() if error.pgcode.startswith(code)), "")


def tell(request, error):
    """One line in the log instead of a trace for every reader."""
    while error.__cause__ is not None:
        error = error.__cause__
    log.error("%s is not answered: %s: %s", request.path, type(error).__name__, str(error).strip().partition("\n")[0])
