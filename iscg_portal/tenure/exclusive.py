"""Rules over two tables, kept by triggers on both databases: a person is never in both on one day.

SQLite refuses to rebuild a table while a trigger of another table names it, so the triggers are
dropped there before migrations are applied. On both databases `migrate` ends by making them again from
the models as they stand, which checks the rows that are there.
"""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from iscg_portal.tenure.constraints import _SQL_SHARES, PeriodConstraint, overlap_q


class AcrossTables:
    """What rules over several tables share: no migration writes them; `migrate` ends by making their triggers."""

    def constraint_sql(self, model, schema_editor):
        return None

    create_sql = remove_sql = constraint_sql

    def other_models(self):
        """The models whose tables the triggers read."""
        raise NotImplementedError

    def install_sql(self, model, connection):
        """The statements that make the triggers."""
        raise NotImplementedError

    def uninstall_sql(self, model, connection):
        """The statements that drop the triggers, whether they are there or not."""
        quote = connection.ops.quote_name
        if connection.vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {self.name} ON {quote(model._meta.db_table)}"
        else:
            for event in ("insert", "update"):
                yield f"DROP TRIGGER IF EXISTS {quote(f'{self.name}_{event}')}"


class Exclusive(AcrossTables, PeriodConstraint):
    """Whoever is in this table (rows matching `where`) on a day is not in `other` (`other_where`) on it.

    `where` and `other_where` map a field to the values that count; empty means every row. Declare the
    constraint on both models, each naming the other.
    """

    made_of = ("other", "where", "other_where")

    def __init__(self, *, other, where=None, other_where=None, **options):
        self.other, self.where, self.other_where = other, where or {}, other_where or {}
        super().__init__(**options)

    def involved_fields(self):
        return {"person", "starts_on", "ends_on", *self.where}

    def place(self, instance):
        counts = all(getattr(instance, field) in values for field, values in self.where.items())
        if instance.person_id is None or not counts:
            return None
        return (*sorted((instance._meta.label, self.other)), instance.person_id)

    def opposes(self, one, other):
        return type(one) is not type(other)

    def rivals(self, instance, using=DEFAULT_DB_ALIAS):
        rows = apps.get_model(self.other)._default_manager.using(using)
        if self.place(instance) is None:
            return rows.none()
        where = {f"{field}__in": values for field, values in self.other_where.items()}
        return rows.filter(overlap_q(instance.starts_on, instance.ends_on), person_id=instance.person_id, **where)

    def saved_beside(self, instances, using=DEFAULT_DB_ALIAS):
        persons = {instance.person_id for instance in instances if self.place(instance) is not None}
        where = {f"{field}__in": values for field, values in self.other_where.items()}
        for row in apps.get_model(self.other)._default_manager.using(using).filter(person_id__in=persons, **where):
            yield (*sorted((instances[0]._meta.label, self.other)), row.person_id), row

    def other_models(self):
        return [apps.get_model(self.other)]

    def conflict_sql(self, model, quote):
        other = apps.get_model(self.other)._meta
        tests = ["r.person_id = NEW.person_id", _SQL_SHARES.format(start="starts_on", end="ends_on")]
        for prefix, where in (("NEW", self.where), ("r", self.other_where)):
            for field, values in where.items():
                tests.append(f"{prefix}.{field} IN ({', '.join(repr(str(value)) for value in values)})")
        return f"EXISTS (SELECT 1 FROM {quote(other.db_table)} r WHERE {' AND '.join(tests)})"

    def install_sql(self, model, connection):
        """The statements that make the triggers and check the rows already there."""
        quote = connection.ops.quote_name
        table, conflict = quote(model._meta.db_table), self.conflict_sql(model, quote)
        if connection.vendor == "postgresql":
            # The person's row is locked, so that two requests cannot pass each other unseen; the lock goes
            # along with the one that every foreign key to the person takes.
            person = quote(model._meta.get_field("person").related_model._meta.db_table)
            yield (
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"PERFORM 1 FROM {person} WHERE id = NEW.person_id FOR NO KEY UPDATE; IF {conflict} THEN "
                f"RAISE EXCEPTION 'constraint {self.name}' USING ERRCODE = 'exclusion_violation', "
                f"CONSTRAINT = '{self.name}'; END IF; RETURN NEW; END $$"
            )
            yield (
                f"CREATE TRIGGER {self.name} BEFORE INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
            )
        else:
            for event in ("INSERT", "UPDATE"):
                yield (
                    f"CREATE TRIGGER {quote(f'{self.name}_{event.lower()}')} BEFORE {event} ON {table} "
                    f"WHEN {conflict} {self.abort}"
                )
        yield f"UPDATE {table} SET id = id"


def _constraints_of(app_config, tables):
    for model in app_config.get_models():
        if model._meta.db_table in tables:
            for constraint in model._meta.constraints:
                if isinstance(constraint, AcrossTables):
                    yield model, constraint


def drop_triggers(sender, using=DEFAULT_DB_ALIAS, plan=None, **kwargs):
    """Before migrations are applied on SQLite: out of the way of table rebuilds."""
    connection = connections[using]
    if connection.vendor != "sqlite" or plan == []:
        return
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for model, constraint in _constraints_of(sender, tables):
            for statement in constraint.uninstall_sql(model, connection):
                cursor.execute(statement)


def make_triggers(sender, using=DEFAULT_DB_ALIAS, **kwargs):
    """After `migrate`: from the models as they stand, where both tables exist; never a moment without them."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for model, constraint in _constraints_of(sender, tables):
            if all(other._meta.db_table in tables for other in constraint.other_models()):
                for statement in constraint.uninstall_sql(model, connection):
                    cursor.execute(statement)
                for statement in constraint.install_sql(model, connection):
                    cursor.execute(statement)
