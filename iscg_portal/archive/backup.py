"""Taking a backup: database and stored files as they were at one moment, while the portal goes on."""

import datetime
import fcntl
import os
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder

from iscg_portal.archive.container import Writer
from iscg_portal.archive.contents import LEFT_OUT, columns_of, kept_models, line_of, rows_of
from iscg_portal.archive.database import last_number, snapshot
from iscg_portal.files.whole import CHUNK, open_whole, sync_folder
from iscg_portal.models import StoredFile


class BackupRefused(Exception):
    """There is no new archive, for the reason that the sentence gives."""


class Taken(NamedTuple):
    """What is in the archive, and the SHA-256 of stored files that could not be taken."""

    rows: int
    files: int
    sha256: str
    lacking: list[str]


def backup(path) -> Taken:
    """Write the archive, for its owner alone; until it is whole nothing stands under its name.

    A stored file that is gone or differs from its SHA-256 is not in it. Errors: BackupRefused, OSError.
    """
    path = Path(path)
    if path.exists() and not path.is_file():
        raise BackupRefused(f"{path} is no file.")
    made_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    with _draft(path) as file, closing(Writer(file)) as writer:
        with snapshot() as using:
            migrations = sorted(applied_migrations(connections[using]))
            tables = [_take_rows(model, using, writer) for model in kept_models()]
            named = list(StoredFile.objects.using(using).order_by("pk").values_list("pk", flat=True))
        _add_last_numbers(tables)
        lacking = [sha256 for sha256 in named if not _take_file(sha256, writer)]
        manifest = {"made_at": made_at, "migrations": migrations, "tables": tables, "lacking": lacking}
        digest = writer.finish({**manifest, "left_out": LEFT_OUT})
    return Taken(sum(table["rows"] for table in tables), len(named) - len(lacking), digest, lacking)


def applied_migrations(connection):
    """The set of (app, name) that made the tables as they are."""
    return set(MigrationRecorder(connection).applied_migrations())


def _take_rows(model, using, writer):
    """What the manifest says of the table."""
    columns, rows = columns_of(model), 0
    with writer.part(f"rows/{model._meta.db_table}.jsonl") as part:
        for values in rows_of(model, using):
            part.write(line_of(values, columns))
            rows += 1
    return {"table": model._meta.db_table, "columns": columns, "rows": rows}


def _add_last_numbers(tables):
    """After the rows: no transaction holds them still, and so none is too low for the rows."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        for model, table in zip(kept_models(), tables, strict=True):
            table["last_number"] = last_number(model, cursor, connection)


def _take_file(sha256, writer):
    """Whether the stored file is there and is what its row says; only then it is taken."""
    try:
        source = open_whole(sha256, anew=True)
    except OSError:  # it is gone, differs, or its disk does not give it
        return False
    with source, writer.part(f"files/{sha256}") as part:
        while chunk := source.read(CHUNK):
            part.write(chunk)
    if part.sha256 != sha256:
        raise BackupRefused(f"The stored file {sha256} changed while it was read. There is no archive; try again.")
    return True


@contextmanager
def _draft(path):
    """An open file beside the path, which gets its name when all is written; what a killed backup left is used again.

    Errors: BackupRefused where another backup is writing to the path.
    """
    draft = path.with_name(f".{path.name}.part")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(f"Another backup is writing {path}.") from None
        try:
            os.fchmod(handle, 0o600)
            file.truncate()
            yield file
            os.replace(draft, path)
            sync_folder(path.parent)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
