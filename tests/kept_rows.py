"""Rows made once in a run and put back for each test, by a few statements and without reading them.

A copy of each table lies beside it in the same database, out of the sight of Django.
"""

import fcntl
import hashlib
import io
import pickle
import secrets
import shutil
from contextlib import contextmanager
from itertools import count

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import AutoField
from django.test import override_settings

from iscg_portal.models import RecordVersion
from iscg_portal.search.following import made_anew_together

NUMBERS = count()  # a fixture that two modules import is made in each


class KeptWorld:
    """The rows that `build` adds to empty tables, and the files that it keeps; it changes no row that is there.

    `folder` is of all workers of a run: one builds, the others wait and read its rows there. The identifiers of the
    rows are never given a second time, since no sequence goes back.
    """

    def __init__(self, build, folder):
        name = f"{build.__module__}.{build.__qualname__}-{beginning_of_all()}"
        self.media, file = folder / name, folder / f"{name}.rows"
        with one_worker(folder / f"{name}.lock"), transaction.atomic():
            if not file.exists():
                self.media.mkdir()
                file.write_bytes(pickle.dumps(self._build(build)))
            tables, self.made = pickle.loads(file.read_bytes())
            copy = f"{build.__name__}{next(NUMBERS)}"
            self.statements = [lay_beside(apps.get_model(label), copy, rows) for label, rows in tables]

    def _build(self, build):
        """([(model, its rows)], what `build` returned, pickled); nothing of it stands afterwards."""
        with override_settings(MEDIA_ROOT=self.media):
            before = counts()
            with made_anew_together():
                made = pickle.dumps(build())
            RecordVersion.objects.all().delete()
            after = counts()
            changed = [model._meta.label for model in before if before[model] != after[model]]
            assert not changed, f"cannot be put back, since `migrate` makes rows there too: {', '.join(changed)}"
            models = referred_to_first([model for model in after if model not in before])
            tables = [(model._meta.label, rows_of(model)) for model in models]
            empty(models)
        return tables, made

    def put_back(self):
        """The rows as they were made, under a token of the record that no page knows; what `build` returned, anew."""
        with transaction.atomic():
            table = RecordVersion._meta.db_table
            token = f"INSERT INTO {table} (id, token) VALUES (1, '{secrets.token_hex(16)}')"
            execute([f"DELETE FROM {table}", token, *self.statements])
        if any(self.media.iterdir()):
            shutil.copytree(self.media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return pickle.loads(self.made)


@contextmanager
def one_worker(file):
    """No other worker is inside."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def beginning_of_all():
    """A name for what rows refer to that `migrate` numbered."""
    kinds = ContentType.objects.order_by("pk").values_list("pk", "app_label", "model")
    rights = Permission.objects.order_by("pk").values_list("pk", "content_type", "codename")
    return hashlib.sha256(repr([*kinds, *rights]).encode()).hexdigest()[:16]


class Beginning:
    """The rows that `migrate` made; `put_back` removes all others, as `flush` would in a hundred times the time."""

    def __init__(self):
        self.statements = [keep(model, "beginning") for model in counts()]

    def put_back(self):
        with transaction.atomic():
            empty(counts())
            execute(self.statements)
        ContentType.objects.clear_cache()


def counts():
    """{model: number of rows} of the models whose table holds any, as one query tells."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        asked = (f"SELECT {at}, count(*) FROM {table}" for at, table in enumerate(tables))
        cursor.execute(" UNION ALL ".join(asked))
        return {models[at]: number for at, number in cursor.fetchall() if number}


def referred_to_first(models):
    """The models in an order in which a trigger on a row finds the rows to which that refers."""
    found = []

    def add(model, above=()):
        if model in models and model not in (*found, *above):
            for field in model._meta.local_concrete_fields:
                if field.remote_field:
                    add(field.related_model, (*above, model))
            found.append(model)

    for model in models:
        add(model)
    return found


def keep(model, name):
    """Copies the rows of a table into one beside it; the statement that brings them back."""
    return lay_beside(model, name, rows_of(model))


def rows_of(model):
    """All rows of its table, as the database writes them."""
    table, columns = names_of(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            written = io.BytesIO()
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) TO STDOUT", written)
            return written.getvalue()
        cursor.execute(f"SELECT {', '.join(f'+{column}' for column in columns)} FROM {table}")  # + leaves a date a text
        return cursor.fetchall()


def lay_beside(model, name, rows):
    """Puts such rows into a table beside that of the model; the statement that brings them into it."""
    table, columns = names_of(model)
    copy, names = connection.ops.quote_name(f"{name}_{model._meta.db_table}"[:63]), ", ".join(columns)
    execute([f"CREATE TABLE {copy} AS SELECT {names} FROM {table} WHERE 1 = 0"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY {copy} FROM STDIN", io.BytesIO(rows))
            if isinstance(model._meta.pk, AutoField):
                highest = f"GREATEST(nextval(number), (SELECT max({model._meta.pk.column}) FROM {copy}))"
                number = "CAST(pg_get_serial_sequence(%s, %s) AS regclass) number"
                cursor.execute(f"SELECT setval(number, {highest}) FROM {number}", [table, model._meta.pk.column])
        else:
            cursor.executemany(f"INSERT INTO {copy} VALUES ({', '.join(['%s'] * len(columns))})", rows)
            if isinstance(model._meta.pk, AutoField):  # another worker may have built the rows
                named, highest = [model._meta.db_table], f"SELECT max({model._meta.pk.column}) AS seq FROM {copy}"
                begun = "SELECT seq FROM sqlite_sequence WHERE name = %s"
                cursor.execute(f"SELECT max(seq) FROM ({begun} UNION ALL {highest})", named)
                (number,) = cursor.fetchone()
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", named)
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [*named, number or 0])
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM {copy}"


def names_of(model):
    """That of its table, and those of the columns that it stores."""
    quote = connection.ops.quote_name
    stored = [quote(field.column) for field in model._meta.local_concrete_fields if not field.generated]
    return quote(model._meta.db_table), stored


def empty(models):
    """Removes every row of the models; foreign keys are looked at when the transaction ends."""
    execute([f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}" for model in models])


def execute(statements):
    with connection.cursor() as cursor:
        for each in ["; ".join(statements)] if connection.vendor == "postgresql" and statements else statements:
            cursor.execute(each)
