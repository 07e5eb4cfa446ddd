"""The initial data that the portal ships: facts in CSV files, each row under a permanent key (rule 8).

An app that ships data has a package `shipped` with CSV files and a tuple FILES of `ShippedFile`. What was loaded
once (the ledger is `ShippedRow`) is staff's, and is neither overwritten nor revived. A fact that staff entered before
it was shipped is not doubled. Where a later version of the portal ships a fact with more or other words, and staff
have not touched the row, what was blank is filled in once, and the rest is offered (`iscg_portal.shipped_corrections`).
"""

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.models import ShippedRow
from iscg_portal.search.following import made_anew_together
from iscg_portal.tenure.joint_validation import save_together
from iscg_portal.tenure.models import Period
from iscg_portal.text_origins import Origin, field_of, mark, original_column
from iscg_portal.translated import Translated, columns_of

REASON = "shipped data"
CORRECTED = "correction of the shipped data"
WORDS = {"yes": True, "no": False}
BLANK = (None, "", [])
EVIDENCE = ("grade", "seen_where", "source_dated_on")
ORIGINS = "text_origins"
DAYS = ("starts_on", "starts_precision", "ends_on", "ends_precision")


@dataclass(frozen=True)
class ShippedFile:
    """One CSV file of facts of one model.

    The columns are the model's fields. A foreign key is given as the permanent key of another shipped row, a
    list with semicolons, a truth value as yes or no, and blank is the field's default. A text in another language than
    the original is our own translation, but where `text_origins` gives its source, as in “title_es=web address”; it
    comes only beside the original that it translates. `same` takes the row as
    an instance, and its texts, and finds the record that already states this fact. The columns `to_match`
    help it and are not saved. The columns `later` came to the model after the first of these facts: what is blank in
    them is filled in even where staff have written the rest.
    """

    path: Path
    model: type[models.Model]
    same: Callable[[models.Model, dict], models.QuerySet]
    to_match: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

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
    """What one run did. `left_out` is {key: sentence}: rows that could not stand beside what staff entered.

    `filled` and `offered` count the rows among those already there whose blanks were filled in, and whose corrections
    wait on the desk.
    """

    added: int = 0
    already_there: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    filled: int = 0
    offered: int = 0


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
    if {key: digest_of(row) for key, (_file, row) in rows.items()}.items() <= _digests().items():
        return Outcome(already_there=len(rows))
    with transaction.atomic(), override("en"), made_anew_together():
        record_version.bump()  # the first lock of every writer: two loads go one after the other
        return _Loading(rows).run()


def digest_of(row):
    """What tells one version of a shipped fact from another."""
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def _digests():
    return dict(ShippedRow.objects.values_list("key", "digest"))


def _translations(record):
    """The columns of a record that hold a text in another language than its original."""
    if not isinstance(record, Translated):
        return set()
    return {
        column for name in record.TRANSLATED for column in columns_of(name) if column != original_column(record, name)
    }


def _mark_texts(record, row):
    """Note what each shipped translation is: official with its source, else our own."""
    sources = dict(pair.split("=", 1) for pair in row.get(ORIGINS, "").split("; ") if pair)
    for column in _translations(record) & {name for name, text in row.items() if text}:
        source = sources.get(column, "")
        mark(record, column, Origin.OFFICIAL if source else Origin.OURS, source)


class ShippedRecords:
    """The records that shipped rows stand for, as they are now, and as they are shipped."""

    def __init__(self, rows):
        self.rows, self.records = rows, {}

    def record(self, key):
        """The record that a permanent key stands for. Errors: ValidationError where it is not there."""
        if key not in self.records:
            if key not in self.rows:
                raise ValueError(f"no shipped row has the key {key!r}")
            file, row = self.rows[key]
            record = file.same(self.build(file, row), row).first()
            if record is None:
                raise ValidationError(f"The record it refers to ({key}) is not there.")
            self.records[key] = record
        return self.records[key]

    def build(self, file, row):
        """The row as an instance that is not saved. Errors: ValidationError."""
        instance = file.model()
        for column, text in row.items():
            if column not in ("key", ORIGINS, *file.to_match) and text != "":
                setattr(instance, column, self._value(file.model._meta.get_field(column), text))
        if isinstance(instance, Translated):
            _mark_texts(instance, row)
        return instance

    def _value(self, model_field, text):
        if model_field.is_relation:
            return self.record(text)
        if isinstance(model_field, models.BooleanField):
            return WORDS[text]
        if isinstance(model_field, models.JSONField):
            return text.split(";")
        return model_field.to_python(text)

    def compare(self, key):
        """The record beside what is shipped for it; None where it, or a record it refers to, is not there."""
        file, row = self.rows[key]
        try:
            record, wanted = self.record(key), self.build(file, row)
            wanted.clean_fields()
        except ValidationError:
            return None
        fields = (file.model._meta.get_field(name) for name in row if name not in ("key", ORIGINS, *file.to_match))
        differ = (one.name for one in fields if getattr(record, one.attname) != getattr(wanted, one.attname))
        return Comparison(record, wanted, list(differ))


@dataclass
class Comparison:
    """A record beside what is shipped for it: `names` are the fields in which they differ."""

    record: models.Model
    wanted: models.Model
    names: list[str]

    @property
    def is_untouched(self):
        """Whether nothing but shipped data was ever written into the record."""
        written = self.record.history.all()
        return written.exists() and not written.exclude(history_change_reason__in=(REASON, CORRECTED)).exists()

    def fill_in(self, only=()):
        """Fill in what is blank on record, or of it these columns alone. Returns whether anything was.

        Days are offered instead: a blank end says that something lasts. So is the evidence of what is offered.
        """
        blank = [name for name in self.names if name not in DAYS and getattr(self.record, name) in BLANK]
        blank = [name for name in blank if name in only] if only else blank
        blank = [name for name in blank if self._has_its_original(name)]
        if len(blank) < len(self.names):
            blank = [name for name in blank if name not in EVIDENCE]
        try:
            self._take(blank, REASON)
        except ValidationError:  # it does not stand without the rest, and is offered with it
            self.record.refresh_from_db()
            return False
        self.names = [name for name in self.names if name not in blank]
        return bool(blank)

    def _has_its_original(self, name):
        """Whether a translation is one of what stands on record; true of all that is no translation."""
        if name not in _translations(self.wanted):
            return True
        column = original_column(self.wanted, field_of(self.wanted, name))
        return getattr(self.record, column) == getattr(self.wanted, column)

    def take_over(self, by):
        """Write what is shipped into the record, for the account `by`. Errors: ValidationError."""
        self._take(self.names, CORRECTED, by)

    def _take(self, names, reason, by=None):
        for name in names:
            setattr(self.record, name, getattr(self.wanted, name))
            if noted := getattr(self.wanted, ORIGINS, {}).get(name):
                self.record.text_origins = {**self.record.text_origins, name: noted}
        if names and isinstance(self.record, Period):
            save_together([self.record], reason=reason, by=by)  # so that no record is complete for nothing
        elif names:
            self.record.full_clean()
            save_with_reason(self.record, reason, by)


class _Loading(ShippedRecords):
    """One run: enters each new fact, unless it is on record, and compares each changed one with its record."""

    def run(self):
        outcome, known, ledger = Outcome(), _digests(), []
        for key, (_file, row) in self.rows.items():
            digest, correction = digest_of(row), ""
            try:
                added = key not in known and self._enter(key)
            except ValidationError as error:
                outcome.left_out[key] = " ".join(error.messages)
                continue
            if known.get(key) != digest:
                correction = "" if added else self._correction(key, outcome)
                ledger.append(ShippedRow(key=key, digest=digest, correction=correction))
            outcome.added += added
            outcome.already_there += not added
        # The ledger is not tracked; every record is saved by itself.
        ShippedRow.objects.bulk_create(
            ledger, update_conflicts=True, unique_fields=["key"], update_fields=["digest", "correction"]
        )
        return outcome

    def _enter(self, key):
        """Save the row, unless its fact is on record. Returns whether it was saved. Errors: ValidationError."""
        file, row = self.rows[key]
        instance = self.build(file, row)
        twin = file.same(instance, row).first()
        self.records[key] = twin or instance
        if twin is None:
            try:
                _save_checked(instance)
            except ValidationError:
                del self.records[key]
                raise
        return twin is None

    def _correction(self, key, outcome):
        """Fill in what was blank, and say in the word of the ledger whether the rest waits for staff."""
        found = self.compare(key)
        if found is None or not found.names:
            return ""
        if not found.is_untouched:
            later = self.rows[key][0].later
            outcome.filled += bool(later) and found.fill_in(later)
            return ""
        outcome.filled += found.fill_in()
        outcome.offered += bool(found.names)
        if {*found.names} <= {"source", *EVIDENCE}:
            return ShippedRow.Correction.SOURCE if found.names else ""
        return ShippedRow.Correction.OFFERED


def _save_checked(instance):
    """Save it as `full_clean` would let it. Errors: ValidationError.

    What its own table checks of a row is not asked for beforehand, which would cost a query for each rule.
    """
    try:
        instance.full_clean(validate_constraints=False)
        for model, constraints in instance.get_constraints():
            for constraint in constraints:
                if type(constraint) is not models.CheckConstraint:
                    constraint.validate(model, instance)
        save_with_reason(instance, REASON)
    except (IntegrityError, ValidationError):
        instance.full_clean()  # all sentences together
        raise
