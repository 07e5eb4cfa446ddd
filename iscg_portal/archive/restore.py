"""Restoring an archive: the old record or the new one stands, whenever the process is killed.

The files come first, under their SHA-256, where they change nothing; then all rows in one transaction; then the files
that no row names any more go.
"""

from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from iscg_portal import record_version
from iscg_portal.archive.backup import applied_migrations
from iscg_portal.archive.container import ArchiveRefused, digest_of, opened
from iscg_portal.archive.contents import STAYS, columns_of, every_model, kept_models, values_of
from iscg_portal.archive.database import down_to_the_disk, give_no_number_again, lock, without_triggers
from iscg_portal.files.stored import keep_as, remove_surplus
from iscg_portal.mail.models import Mail
from iscg_portal.models import StoredFile
from iscg_portal.search.indexing import make_anew
from iscg_portal.web.hiding import leave_mark

AT_A_TIME, BYTES_AT_A_TIME = 200, 1_000_000  # rows, but fewer of long ones
MADE_BY_MIGRATE = ("auth", "contenttypes")  # apps
NAMED = 8
MISSHAPEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError)
UNREADABLE = (DatabaseError, *MISSHAPEN)


class Restored(NamedTuple):
    """What the portal has now; `mails` are those in its queue."""

    rows: int
    files: int
    sha256: str
    lacking: list[str]
    mails: int


def restore(path, *, replace=False, hold_mail=False) -> Restored:
    """Put what is in the archive in the place of all that the portal has, which is nothing unless `replace`.

    With `hold_mail` no mail of the queue goes by itself. Errors: ArchiveRefused with a sentence; nothing was changed.
    """
    with opened(path) as archive:
        connection = connections[DEFAULT_DB_ALIAS]
        with _refusal_in_words():
            _refuse_other_version(archive, connection)
            files, lacking = archive.files, sorted(archive.manifest["lacking"])
        if not replace:
            refuse_filled()
        try:
            for sha256 in files:
                with archive.open(f"files/{sha256}") as file:
                    keep_as(sha256, file)
            with _refusal_in_words():
                rows, mails = _replace_rows(archive, connection, hold_mail, {*files, *lacking})
            down_to_the_disk(connection)
        except BaseException:
            with suppress(DatabaseError):
                remove_surplus()
            raise
        remove_surplus()
        make_anew()
        return Restored(rows, len(files), digest_of(archive.parts), lacking, mails)


def _refuse_other_version(archive, connection):
    """The tables of the archive are those of this portal, or nothing can be put into them."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise ArchiveRefused("The tables of this database are not those of this version: run migrate first.")
    ours, theirs = applied_migrations(connection), set(map(tuple, archive.manifest["migrations"]))
    if theirs - ours:
        raise ArchiveRefused(
            f"The archive is of a later version of the portal ({_some(theirs - ours)}): restore it there."
        )
    if ours - theirs:
        raise ArchiveRefused(
            f"The archive is of an earlier version of the portal, without {_some(ours - theirs)}: restore it with that "
            "version, then upgrade."
        )
    tables = {table["table"]: [tuple(column) for column in table["columns"]] for table in archive.manifest["tables"]}
    expected = {model._meta.db_table: columns_of(model) for model in kept_models()}
    if tables != expected or {f"rows/{name}.jsonl" for name in tables} - set(archive.parts):
        raise ArchiveRefused("The tables of the archive are not those of this portal.")


def _some(migrations):
    named = [f"{app}.{name}" for app, name in sorted(migrations)]
    return ", ".join(named[:3]) + (", …" if named[3:] else "")


def refuse_filled():
    """Errors: ArchiveRefused that says what would be replaced."""
    found = []
    for model in kept_models():
        if model._meta.app_label not in MADE_BY_MIGRATE and not hasattr(model, "history_type"):
            if count := model._base_manager.count():
                found.append((count, str(model._meta.verbose_name_plural)))
    if found:
        named = [f"{count} {name}" for count, name in sorted(found, reverse=True)]
        more = f" and {len(named) - NAMED} other kinds of rows" if named[NAMED:] else ""
        raise ArchiveRefused(
            f"This portal is filled; the archive would replace {', '.join(named[:NAMED])}{more}, with their history "
            "and files. Nothing was changed. Take a backup of it, then add --replace."
        )


@contextmanager
def _refusal_in_words():
    try:
        yield
    except IntegrityError as error:  # what is judged once all rows are there, such as a foreign key
        raise ArchiveRefused(f"The rows of the archive do not fit together: {error}") from error
    except MISSHAPEN as error:
        raise ArchiveRefused("The manifest of the archive is not as the portal writes it.") from error


def _replace_rows(archive, connection, hold_mail, known):
    """(number of rows, mails in the queue) after all rows were replaced in one transaction.

    `known` are the files that come with them, and those known to lack.
    """
    emptied = [model for model in every_model() if model._meta.label not in STAYS]
    tables = {table["table"]: table for table in archive.manifest["tables"]}
    with transaction.atomic(), connection.cursor() as cursor:
        record_version.bump()  # the first lock of every writer; and no page kept anywhere passes for one of this record
        leave_mark()
        lock(emptied, cursor, connection)
        with without_triggers(cursor, connection):
            for model in emptied:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
            for model in kept_models():
                _insert(archive, model, tables[model._meta.db_table], cursor, connection)
        for model in kept_models():
            give_no_number_again(model, tables[model._meta.db_table]["last_number"], cursor, connection)
        if set(StoredFile.objects.values_list("pk", flat=True)) - known:
            raise ArchiveRefused("A stored file that the rows name is not in the archive.")
        queue = Mail.objects.filter(state__in=(Mail.State.WAITING, Mail.State.SENDING))
        mails = queue.update(state=Mail.State.UNKNOWN) if hold_mail else queue.count()
    return sum(table["rows"] for table in tables.values()), mails


def _insert(archive, model, table, cursor, connection):
    """Errors: ArchiveRefused that names the table."""
    columns, quote = columns_of(model), connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in columns)
    row = f"({', '.join(['%s'] * len(columns))})"
    count = 0
    try:
        with archive.open(f"rows/{table['table']}.jsonl") as lines:
            for batch in _batches(lines):
                some = [values_of(line, columns, connection) for line in batch]
                every = ", ".join([row] * len(some))
                values = [value for one in some for value in one]
                cursor.execute(f"INSERT INTO {quote(table['table'])} ({names}) VALUES {every}", values)
                count += len(some)
    except UNREADABLE as error:
        raise ArchiveRefused(f"This database does not take the rows of {table['table']}: {error}") from error
    if count != table["rows"]:
        raise ArchiveRefused(
            f"The archive has {count} rows of {table['table']}, and not the {table['rows']} that it says."
        )


def _batches(lines):
    """The lines in lists, each as long as its limits let it be."""
    batch, size = [], 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if len(batch) == AT_A_TIME or size > BYTES_AT_A_TIME:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
