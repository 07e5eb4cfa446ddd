"""The initial data that the portal ships: facts in CSV files, each row under a permanent key (rule 8).

An app that ships data has a package `shipped` with CSV files and a tuple FILES of `ShippedFile`. A key that
stands in the ledger (`ShippedRow`) is never looked at again: what was loaded once is staff's, and is neither
overwritten nor revived. A fact that staff entered before it was shipped is not doubled.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.models import ShippedRow

REASON = "shipped data"
WORDS = {"yes": True, "no": False}


@dataclass(frozen=True)
class ShippedFile:
    """One CSV file of facts of one model.

    The columns are the model's fields. A foreign key is given as the permanent key of another shipped row, a
    list with semicolons, a truth value as yes or no, and blank is the field's default. `same` takes the row as
    an instance, and its texts, and finds the record that already states this fact. The columns `to_match`
    help it and are not saved.
    """

    path: Path
    model: type[models.Model]
    same: Callable[[models.Model, dict], models.QuerySet]
    to_match: tuple[str, ...] = ()

    def rows(self):
        """The rows as {column: text}. Errors: ValueError for a column that the model does not have."""
        with self.path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns = {field.name for field in self.model._meta.get_fields()} | {"key", *self.to_match}
            unknown = set(reader.fieldnames) - columns
            if unknown:
                raise ValueError(f"{self.path.name}: unknown columns {sorted(unknown)}")
            return list(reader)


def same_by(*names):
    """A record states the same fact when it has the same values in these fields."""

    def same(instance, row):
        return type(instance)._default_manager.filter(**{name: getattr(instance, name) for name in names})

    return same


@dataclass
class Outcome:
    """What one run did. `left_out` is {key: sentence}: rows that could not stand beside what staff entered."""

    added: int = 0
    already_there: int = 0
    left_out: dict[str, str] = field(default_factory=dict)


def declared_files():
    """The files of every installed app that ships data, in the order of the apps."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "shipped"):
            yield from getattr(import_module(f"{config.name}.shipped"), "FILES", ())


def read_rows(files):
    """{permanent key: (file, row)}. Errors: ValueError for a key that is missing or given twice."""
    rows = {}
    for file in files:
        for row in file.rows():
            if not row["key"] or row["key"] in rows:
                raise ValueError(f"{file.path.name}: the key {row['key']!r} is blank or not unique")
            rows[row["key"]] = (file, row)
    return rows


def load(files=None):
    """Load what was never loaded before, all or nothing; one query when there is nothing to do."""
    rows = read_rows(declared_files() if files is None else files)
    if rows.keys() <= _ledger():
        return Outcome(already_there=len(rows))
    with transaction.atomic(), override("en"):
        record_version.bump()  # the first lock of every writer: two loads go one after the other
        return _Loading(rows).run()


def _ledger():
    return set(ShippedRow.objects.values_list("key", flat=True))


class _Loading:
    """One run: builds each new row, and enters it unless the fact is on record."""

    def __init__(self, rows):
        self.rows, self.known = rows, _ledger()
        self.records = {}

    def run(self):
        outcome, entered = Outcome(), []
        for key, (file, row) in self.rows.items():
            if key in self.known:
                outcome.already_there += 1
                continue
            try:
                added = self._enter(key, file, row)
            except ValidationError as error:
                outcome.left_out[key] = " ".join(error.messages)
                continue
            entered.append(ShippedRow(key=key))
            outcome.added += added
            outcome.already_there += not added
        ShippedRow.objects.bulk_create(entered)  # the ledger is not tracked; every record is saved by itself
        return outcome

    def _enter(self, key, file, row):
        """Save the row, unless its fact is on record. Returns whether it was saved."""
        instance = self._build(file, row)
        twin = file.same(instance, row).first()
        self.records[key] = twin or instance
        if twin is None:
            try:
                instance.full_clean()
            except ValidationError:
                del self.records[key]
                raise
            save_with_reason(instance, REASON)
        return twin is None

    def _record(self, key):
        """The record that a permanent key stands for, as it is now."""
        if key not in self.records:
            if key not in self.rows:
                raise ValueError(f"no shipped row has the key {key!r}")
            file, row = self.rows[key]
            record = file.same(self._build(file, row), row).first()
            if record is None:
                raise ValidationError(f"The record it refers to ({key}) is not there.")
            self.records[key] = record
        return self.records[key]

    def _build(self, file, row):
        instance = file.model()
        for column, text in row.items():
            if column != "key" and column not in file.to_match and text != "":
                setattr(instance, column, self._value(file.model._meta.get_field(column), text))
        return instance

    def _value(self, model_field, text):
        if model_field.is_relation:
            return self._record(text)
        if isinstance(model_field, models.BooleanField):
            return WORDS[text]
        if isinstance(model_field, models.JSONField):
            return text.split(";")
        return model_field.to_python(text)
