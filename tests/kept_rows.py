"""Rows made once in a session and put back for each test, by a few statements and without reading them.

A copy of each table lies beside it in the same database, out of the sight of Django.
"""

import pickle
import secrets
import shutil
from itertools import count

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import override_settings

from iscg_portal.models import RecordVersion
from iscg_portal.search.following import made_anew_together

NUMBERS = count()  # a fixture that two modules import is made in each


class KeptWorld:
    """The rows that `build` adds to empty tables, and the files that it keeps; it changes no row that is there.

    The identifiers of the rows are never given a second time, since no sequence goes back.
    """

    def __init__(self, build, media):
        self.media = media
        with override_settings(MEDIA_ROOT=media), transaction.atomic():
            before = counts()
            with made_anew_together():
                made = build()
            self.made = pickle.dumps(made)
            RecordVersion.objects.all().delete()
            after = counts()
            changed = [model._meta.label for model in before if before[model] != after[model]]
            assert not changed, f"cannot be put back, since `migrate` makes rows there too: {', '.join(changed)}"
            models = [model for model in after if model not in before]
            name = f"{build.__name__}{next(NUMBERS)}"
            self.statements = [keep(model, name) for model in referred_to_first(models)]
            empty(models)

    def put_back(self):
        """The rows as they were made, under a token of the record that no page knows; what `build` returned, anew."""
        with transaction.atomic():
            RecordVersion.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(16)})
            execute(self.statements)
        if any(self.media.iterdir()):
            shutil.copytree(self.media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return pickle.loads(self.made)


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
    quote = connection.ops.quote_name
    table, copy = quote(model._meta.db_table), quote(f"{name}_{model._meta.db_table}"[:63])
    columns = ", ".join(quote(field.column) for field in model._meta.local_concrete_fields if not field.generated)
    execute([f"CREATE TABLE {copy} AS SELECT {columns} FROM {table}"])
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {copy}"


def empty(models):
    """Removes every row of the models; foreign keys are looked at when the transaction ends."""
    execute([f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}" for model in models])


def execute(statements):
    with connection.cursor() as cursor:
        for each in ["; ".join(statements)] if connection.vendor == "postgresql" and statements else statements:
            cursor.execute(each)
