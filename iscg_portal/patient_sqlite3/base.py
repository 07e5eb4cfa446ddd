"""SQLite lets one writer in at a time. Who waits asks again every few milliseconds, so that all have the same chance.

SQLite's own waiting asks less and less often, at last ten times a second: who came first then waits longest, since
those who just came ask more often (docs/decisions/0035-writers-on-sqlite.md).
"""

import random
import sqlite3
import time

from django.db.backends.sqlite3 import base, features

PAUSE = 0.001, 0.004  # seconds between two attempts
OTHERS_WRITE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)


class DatabaseFeatures(features.DatabaseFeatures):
    """SQLite has JSON from 3.38 on. Django would ask whether it has, amid the queries of the first page with such."""

    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    """`patience` is the number of seconds that a statement waits for others; OPTIONS say it as `timeout`."""

    features_class = DatabaseFeatures
    patience = 0

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        self.patience = conn_params.get("timeout", 5)
        return connection

    def create_cursor(self, name=None):
        cursor = self.connection.cursor(factory=PatientCursor)
        cursor.database = self
        return cursor


class PatientCursor(base.SQLiteCursorWrapper):
    """Waits where a statement finds others writing. Inside a transaction it has its turn already."""

    database = None

    def execute(self, query, params=None):
        end = time.monotonic() + self.database.patience
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as error:
                waits = error.sqlite_errorcode in OTHERS_WRITE and not self.connection.in_transaction
                if not waits or time.monotonic() > end:
                    raise
            time.sleep(random.uniform(*PAUSE))
