"""Rules about periods that the database itself keeps, each with one sentence for people.

`NoOverlap`: rows of one partition (a seat, a subject) never cover the same day.
`NotToCome`: a day on which something has happened is not in the future.
`Exclusive`: a person is never in two tables (Coordinator, secretariat focal point) on one day.

PostgreSQL keeps `NoOverlap` by an exclusion constraint; SQLite by two triggers that Django carries
along whenever it rebuilds the table. Both keep `Exclusive` by triggers.
"""

import re
from operator import attrgetter

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import F, Func, Q, Value
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iscg_portal.rules import Rule
from iscg_portal.tenure.dates import FIRST_YEAR, LAST_YEAR
from iscg_portal.tenure.day_field import DayField


class _DateRange(Func):
    """PostgreSQL's `daterange(start, end, '[)')`; a null side is open."""

    function = "daterange"
    output_field = DateRangeField()


def overlap_q(start, end):
    """Rows (with `starts_on`, `ends_on`) that share a day with [start, end); None is an open side."""
    q = Q()
    if start is not None:
        q &= Q(ends_on__isnull=True) | Q(ends_on__gt=start)
    if end is not None:
        q &= Q(starts_on__isnull=True) | Q(starts_on__lt=end)
    return q


def share_a_day(one, other):
    """Whether two rows in memory cover a common day."""
    return (one.ends_on is None or other.starts_on is None or other.starts_on < one.ends_on) and (
        other.ends_on is None or one.starts_on is None or one.starts_on < other.ends_on
    )


# The SQL of "NEW shares a day with the row r", the same on both databases.
_SQL_SHARES = (
    "(r.{end} IS NULL OR NEW.{start} IS NULL OR NEW.{start} < r.{end})"
    " AND (NEW.{end} IS NULL OR r.{start} IS NULL OR r.{start} < NEW.{end})"
)


class PeriodConstraint(Rule):
    """What both rules share: validation of one row against the saved ones, and of rows together."""

    def place(self, instance):
        """Where the row is judged: of two rows in one place, no day may be shared. None: not concerned."""
        raise NotImplementedError

    def opposes(self, one, other):
        """Whether two rows in one place are of the kinds that may not meet there."""
        return True

    def rivals(self, instance, using=DEFAULT_DB_ALIAS):
        """The saved rows that may not stand beside `instance`."""
        raise NotImplementedError

    def saved_beside(self, instances, using=DEFAULT_DB_ALIAS):
        """Pairs of place and saved row, for every place where one of the instances (of one model) is judged."""
        raise NotImplementedError

    def broken_sql(self, model, quote):
        """The query of how many rows stand where they may not: a row of `model` is named NEW in it."""
        return f"SELECT count(*) FROM {quote(model._meta.db_table)} new WHERE {self.conflict_sql(model, quote)}"

    def conflict_sql(self, model, quote):
        """The SQL of “another row is in the way of NEW”."""
        raise NotImplementedError

    def first_rival(self, instance, using=DEFAULT_DB_ALIAS):
        """The first saved row in the way; rows judged together with this one are left out."""
        apart = getattr(instance, "judged_with", ())
        return next((row for row in self.rivals(instance, using) if (type(row), row.pk) not in apart), None)

    def refusal(self, other):
        """The sentence that says which row stands in the way."""
        return ValidationError(f"{self.get_violation_error_message()} ({other})", code=self.violation_error_code)

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Raise ValidationError naming the first row in the way.

        A field that a form left out because it failed ends the matter; one that no form ever shows does not.
        """
        failed = {name for name in exclude or () if model._meta.get_field(name).editable}
        if self.involved_fields() & failed:
            return
        rival = self.first_rival(instance, using)
        if rival is not None:
            raise self.refusal(rival)


class NoOverlap(PeriodConstraint):
    """Two rows with the same values in `partition` never share a day of [starts_on, ends_on).

    `partition` names fields; a generated column is given as a pair (column, path on the instance).
    An empty partition means the whole table.
    """

    made_of = ("partition",)
    code = "overlap"

    def __init__(self, *, partition=(), **options):
        self.partition = tuple(tuple(part) if isinstance(part, list) else part for part in partition)
        super().__init__(**options)

    def _pairs(self):
        return [part if isinstance(part, tuple) else (part, None) for part in self.partition]

    def involved_fields(self):
        return {path.split(".")[0] if path else name for name, path in self._pairs()} | {
            "starts_on",
            "ends_on",
        }

    def key(self, instance):
        """The values of the partition, or None where one is missing (then nothing can clash)."""
        values = tuple(
            attrgetter(path)(instance) if path else getattr(instance, instance._meta.get_field(name).attname)
            for name, path in self._pairs()
        )
        return None if None in values else values

    def place(self, instance):
        key = self.key(instance)
        return None if key is None else (self.name, *key)

    def rivals(self, instance, using=DEFAULT_DB_ALIAS):
        rows = type(instance)._default_manager.using(using)
        key = self.key(instance)
        if key is None:
            return rows.none()
        same = dict(zip((name for name, _path in self._pairs()), key, strict=True))
        return rows.filter(overlap_q(instance.starts_on, instance.ends_on), **same).exclude(pk=instance.pk)

    def saved_beside(self, instances, using=DEFAULT_DB_ALIAS):
        rows = type(instances[0])._default_manager.using(using)
        names = [name for name, _path in self._pairs()]
        if names:
            keys = filter(None, map(self.key, instances))
            rows = rows.filter(**{f"{names[0]}__in": {key[0] for key in keys}})
        columns = [rows.model._meta.get_field(name).attname for name in names]
        for row in rows:
            yield (self.name, *(getattr(row, column) for column in columns)), row

    def _exclusion(self):
        days = _DateRange(F("starts_on"), F("ends_on"), Value("[)"))
        parts = [(name, "=") for name, _path in self._pairs()]
        return ExclusionConstraint(name=self.name, expressions=[*parts, (days, "&&")])

    def conflict_sql(self, model, quote, table=""):
        columns = [quote(model._meta.get_field(name).column) for name, _path in self._pairs()]
        same = "".join(f"r.{column} = NEW.{column} AND " for column in columns)
        shares = _SQL_SHARES.format(start="starts_on", end="ends_on")
        table = table or quote(model._meta.db_table)
        return f"EXISTS (SELECT 1 FROM {table} r WHERE r.id <> COALESCE(NEW.id, -1) AND {same}{shares})"

    def _triggers(self, model, schema_editor):
        table, quote = model._meta.db_table, schema_editor.quote_name
        conflict = self.conflict_sql(model, quote, "%(table)s")
        for event in ("INSERT", "UPDATE"):
            yield Statement(
                f"CREATE TRIGGER {quote(f'{self.name}_{event.lower()}')} BEFORE {event} ON %(table)s "
                f"WHEN {conflict} {self.abort}",
                table=Table(table, quote),
            )
        # Touching every row finds old data that breaks the rule.
        yield Statement("UPDATE %(table)s SET id = id", table=Table(table, quote))

    def constraint_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion().constraint_sql(model, schema_editor)
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion().create_sql(model, schema_editor)
        return None  # SQLite rebuilds the table, by way of constraint_sql

    def remove_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion().remove_sql(model, schema_editor)
        return None


class NotToCome(Rule):
    """What a `DayField` that `has_happened` says, in the database too: the day is today or before, in Geneva.

    The database counts days in UTC and takes the next day too, since Geneva's begins earlier.
    """

    made_of = ("field",)
    code = "to_come"

    def __init__(self, *, field, **options):
        self.field = field
        super().__init__(**options)

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Nothing: the field `has_happened`, and says so before the database does."""

    def _column(self, model, schema_editor):
        return schema_editor.quote_name(model._meta.get_field(self.field).column)

    def constraint_sql(self, model, schema_editor):
        column, quote = self._column(model, schema_editor), schema_editor.quote_name
        if schema_editor.connection.vendor == "postgresql":
            return f"CONSTRAINT {quote(self.name)} CHECK ({column} <= CURRENT_DATE + 1)"
        for event in ("INSERT", "UPDATE"):
            schema_editor.deferred_sql.append(
                Statement(
                    f"CREATE TRIGGER {quote(f'{self.name}_{event.lower()}')} BEFORE {event} ON %(table)s "
                    f"WHEN NEW.{column} > date('now', '+1 day') {self.abort}",
                    table=Table(model._meta.db_table, quote),
                )
            )
        return None

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            table = schema_editor.quote_name(model._meta.db_table)
            return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"
        return None  # SQLite rebuilds the table, by way of constraint_sql

    def remove_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            return schema_editor._delete_check_sql(model, self.name)
        return None


def sentence_for(error):
    """The sentence of the constraint that a database refusal (IntegrityError) names."""
    name, columns = _named_by(error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name or columns and columns == _columns_of(model, getattr(constraint, "fields", ())):
                return constraint.get_violation_error_message()
        for field in model._meta.local_fields:
            if isinstance(field, DayField) and field.is_checked_by(name):
                return _("A day of the record lies from %(first)d to %(last)d.") % {
                    "first": FIRST_YEAR,
                    "last": LAST_YEAR,
                }
            if field.unique and columns == _columns_of(model, [field.name]):
                return field.error_messages["unique"] % {
                    "model_name": capfirst(model._meta.verbose_name),
                    "field_label": capfirst(field.verbose_name),
                }
    return _("The database refused this change because another record stands in its way. Nothing was saved.")


_NAMED_BY_SQLITE = re.compile(r"(?:failed: (?:index ')?|^constraint )([\w., ]+)")
_KEY = re.compile(r"\(([\w, ]+)\)=\(")


def _named_by(error):
    """What the refusal names: a constraint, or the unique columns as “table.column, table.column”.

    PostgreSQL gives both (the columns in “Key (slug)=(x)”, in the server's language); SQLite one of them.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        words = _NAMED_BY_SQLITE.search(str(error))
        named = words[1] if words else ""
        return named, named
    key = _KEY.search(diagnosis.message_detail or "")
    columns = key[1].split(", ") if key else []
    return diagnosis.constraint_name, ", ".join(f"{diagnosis.table_name}.{column}" for column in columns)


def _columns_of(model, fields):
    table = model._meta.db_table
    return ", ".join(f"{table}.{model._meta.get_field(name).column}" for name in fields)
