"""What an archive holds: which tables, and how a value of each kind is written as JSON and read again, exactly.

Nothing of the models' own cleaning or computing takes part: what stands in a row comes back as it stood.
"""

import base64
import datetime
import decimal
import json
import uuid
from typing import NamedTuple

from django.apps import apps
from django.db import models
from django.db.models.functions import Collate

LEFT_OUT = {
    "sessions.Session": "a browser that is signed in holds its key; after a restore everybody signs in again",
    "usersessions.UserSession": "lists those browsers, with their addresses",
    "iscg_portal.RecordVersion": "a restored record has a new token, so that no page kept anywhere passes for its own",
    "iscg_portal.IndexEntry": "the search is made of the record again at the end of a restore",
    "iscg_portal.StagedImport": "a preview waits two hours for the account that uploaded the file",
    "iscg_portal.WaitingFile": "an upload waits two hours for the account that sent it",
    "iscg_portal.Verification": "says what was found on the disk and in the database of one machine",
}
STAYS = {"iscg_portal.RecordVersion"}  # left out of the archive, but not emptied by a restore


class ArchivedColumn(NamedTuple):
    """A column of a table: its name, and the kind of its values."""

    name: str
    kind: str


class ValueKind(NamedTuple):
    """How a kind of value is written as JSON and read again, and the plain field that hands it to a database."""

    to_json: object
    from_json: object
    field: models.Field


def _as_is(value):
    return value


def _a_moment(value):
    return value.astimezone(datetime.UTC).isoformat()


KINDS = {
    "text": ValueKind(_as_is, _as_is, models.TextField()),
    "integer": ValueKind(_as_is, _as_is, models.BigIntegerField()),
    "number": ValueKind(_as_is, _as_is, models.FloatField()),
    "boolean": ValueKind(_as_is, _as_is, models.BooleanField()),
    "date": ValueKind(datetime.date.isoformat, datetime.date.fromisoformat, models.DateField()),
    "moment": ValueKind(_a_moment, datetime.datetime.fromisoformat, models.DateTimeField()),
    "time": ValueKind(datetime.time.isoformat, datetime.time.fromisoformat, models.TimeField()),
    "decimal": ValueKind(str, decimal.Decimal, models.DecimalField()),
    "uuid": ValueKind(str, uuid.UUID, models.UUIDField()),
    "address": ValueKind(_as_is, _as_is, models.GenericIPAddressField()),
    "bytes": ValueKind(lambda value: base64.b64encode(value).decode(), base64.b64decode, models.BinaryField()),
    "json": ValueKind(_as_is, _as_is, models.JSONField()),
}
KIND_OF = {
    **dict.fromkeys(["CharField", "TextField", "SlugField", "EmailField", "URLField", "FileField"], "text"),
    **dict.fromkeys(["AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"], "integer"),
    **dict.fromkeys(["SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField"], "integer"),
    "PositiveSmallIntegerField": "integer",
    "FloatField": "number",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "moment",
    "TimeField": "time",
    "DecimalField": "decimal",
    "UUIDField": "uuid",
    "GenericIPAddressField": "address",
    "BinaryField": "bytes",
    "JSONField": "json",
}


def every_model():
    """Every model with a table of its own, in the order of their tables."""
    found = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    return sorted((model for model in found if model._meta.managed), key=lambda model: model._meta.db_table)


def kept_models():
    """The models whose rows are in an archive."""
    return [model for model in every_model() if model._meta.label not in LEFT_OUT]


def fields_of(model):
    """The fields whose values are kept; what the database computes it computes again."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def columns_of(model):
    """The `ArchivedColumn`s of a model's table. Errors: KeyError for a field of a kind that no archive knows."""
    return [ArchivedColumn(field.column, kind_of(field)) for field in fields_of(model)]


def kind_of(field):
    """The name of the kind of a field's values; a foreign key has that of what it points to."""
    while field.remote_field:
        field = field.target_field
    return KIND_OF[field.get_internal_type()]


def rows_of(model, using):
    """The rows of a model as tuples of plain values, read little by little and in an order of their own."""
    # A plain queryset: a translated model's own rewrites the names of its columns.
    plain = models.QuerySet(model=model, using=using).order_by(_order(model))
    return plain.values_list(*(field.attname for field in fields_of(model))).iterator(chunk_size=50)


def _order(model):
    """By the key; that of a text is its bytes', whatever the database sorts by."""
    return Collate("pk", "C" if _is_postgresql() else "BINARY") if kind_of(model._meta.pk) == "text" else "pk"


def _is_postgresql():
    from django.db import connection

    return connection.vendor == "postgresql"


def line_of(values, columns):
    """One row as a line of JSON, in bytes."""
    row = [
        None if value is None else KINDS[kind].to_json(value) for value, (_, kind) in zip(values, columns, strict=True)
    ]
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def values_of(line, columns, connection):
    """The row of a line as the database takes it. Errors: ValueError or TypeError where it is none of these columns."""
    row = json.loads(line)
    if not isinstance(row, list) or len(row) != len(columns):
        raise ValueError("a row has other columns")
    return [_prepared(value, kind, connection) for value, (_, kind) in zip(row, columns, strict=True)]


def _prepared(value, kind, connection):
    if kind == "json":  # no column of JSON may be null: None is JSON's own
        return connection.ops.adapt_json_value(value, None)
    if value is None:
        return None
    return KINDS[kind].field.get_db_prep_save(KINDS[kind].from_json(value), connection)
