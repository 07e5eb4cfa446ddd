"""What an archive asks of the two kinds of database that Django does not: a still picture, numbers given, triggers."""

from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

SNAPSHOT = "snapshot"
WAITS = "30s"  # for those who are writing


@contextmanager
def snapshot(using=DEFAULT_DB_ALIAS):
    """The alias under which the database stands still while others write: one transaction that only reads."""
    connection = connections[using].copy(SNAPSHOT)
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = None  # a reader takes no lock that a writer wants
    connections[SNAPSHOT] = connection
    try:
        with transaction.atomic(using=SNAPSHOT):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield SNAPSHOT
    finally:
        connection.close()
        del connections[SNAPSHOT]


def last_number(model, cursor, connection):
    """The last number that a table gave to a row, which may be removed since; 0 where it gives none."""
    table, key = model._meta.db_table, model._meta.pk
    if not isinstance(key, models.AutoField):
        return 0
    if connection.vendor == "sqlite":
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        return (cursor.fetchone() or (0,))[0]
    sequence = _sequence_of(table, key, cursor, connection)
    cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
    last, was_given = cursor.fetchone()
    return last if was_given else 0


def give_no_number_again(model, last, cursor, connection):
    """From the last number on. No table goes back: on PostgreSQL that would outlive a transaction that fails."""
    table, key = model._meta.db_table, model._meta.pk
    if not isinstance(key, models.AutoField):
        return
    cursor.execute(f"SELECT max({key.column}) FROM {connection.ops.quote_name(table)}")
    last = max(last, cursor.fetchone()[0] or 0, last_number(model, cursor, connection))
    if not last:
        return
    if connection.vendor == "postgresql":
        cursor.execute("SELECT setval(%s, %s)", [_sequence_of(table, key, cursor, connection), last])
        return
    cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, table])
    if not cursor.rowcount:
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _sequence_of(table, key, cursor, connection):
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), key.column])
    return cursor.fetchone()[0]


def lock(found, cursor, connection):
    """Nobody else writes in the tables of the models until the transaction ends; they may be read."""
    if connection.vendor == "postgresql":  # on SQLite the transaction has the only lock
        cursor.execute(f"SET LOCAL lock_timeout = '{WAITS}'")
        cursor.execute("SET LOCAL synchronous_commit = on")
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in found)
        cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")


@contextmanager
def without_triggers(cursor, connection):
    """Inside it no trigger of ours judges a row; at its end all do again, and judge every row of their tables.

    They judge a row against those that were there before it; a row from before its rule has the right to come back.
    """
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        off = [f'DROP TRIGGER "{name}"' for name, _table, _sql in triggers]
        on = [sql for _name, _table, sql in triggers]
        tables = {table for _name, table, _sql in triggers}
    else:
        cursor.execute("""
            SELECT DISTINCT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
            WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace""")
        tables = {table for (table,) in cursor.fetchall()}
        off, on = ([f'ALTER TABLE "{table}" {word} TRIGGER USER' for table in tables] for word in ("DISABLE", "ENABLE"))
    for statement in off:
        cursor.execute(statement)
    yield
    connection.check_constraints()  # foreign keys, now and not at the end
    for statement in on:
        cursor.execute(statement)
    keys = {model._meta.db_table: model._meta.pk.column for model in _models()}
    for table in sorted(tables & set(keys)):
        cursor.execute(f'UPDATE "{table}" SET "{keys[table]}" = "{keys[table]}"')


def _models():
    from iscg_portal.archive.contents import every_model

    return every_model()


def down_to_the_disk(connection):
    """What was committed survives the loss of power too."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
