"""Rules over several tables, kept by triggers on both databases.

SQLite refuses to rebuild a table while a trigger of another table names it, so the triggers are
dropped there before migrations are applied. On both databases `migrate` ends by making them again from
the models as they stand.
"""

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from iscg_portal.rules import Rule

EVENTS = ("INSERT", "UPDATE")


class AcrossTables(Rule):
    """What rules over several tables share: no migration writes them; `migrate` ends by making their triggers."""

    sqlstate = None  # the name of PostgreSQL's error where the rule is broken
    judges_rows_there = False

    def constraint_sql(self, model, schema_editor):
        return None

    create_sql = remove_sql = constraint_sql

    def other_models(self):
        """The models whose tables the triggers read."""
        raise NotImplementedError

    def conflict_sql(self, model, quote, event="UPDATE"):
        """The condition that the row NEW breaks the rule. PostgreSQL takes that of an UPDATE for both events."""
        raise NotImplementedError

    def lock_sql(self, model, quote):
        """What PostgreSQL does before it looks, so that two requests cannot pass each other unseen."""
        return ""

    def install_sql(self, model, connection):
        """The statements that make the triggers and, where the rule says so, judge the rows already there."""
        quote = connection.ops.quote_name
        table = quote(model._meta.db_table)
        if connection.vendor == "postgresql":
            yield (
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"{self.lock_sql(model, quote)} IF {self.conflict_sql(model, quote, 'UPDATE')} THEN "
                f"RAISE EXCEPTION 'constraint {self.name}' USING ERRCODE = '{self.sqlstate}', "
                f"CONSTRAINT = '{self.name}'; END IF; RETURN NEW; END $$"
            )
            yield (
                f"CREATE TRIGGER {self.name} BEFORE INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
            )
        else:
            for event in EVENTS:
                yield (
                    f"CREATE TRIGGER {quote(f'{self.name}_{event.lower()}')} BEFORE {event} ON {table} "
                    f"WHEN {self.conflict_sql(model, quote, event)} {self.abort}"
                )
        if self.judges_rows_there:
            yield f"UPDATE {table} SET id = id"

    def uninstall_sql(self, model, connection):
        """The statements that drop the triggers, whether they are there or not."""
        quote = connection.ops.quote_name
        if connection.vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {self.name} ON {quote(model._meta.db_table)}"
        else:
            for event in EVENTS:
                yield f"DROP TRIGGER IF EXISTS {quote(f'{self.name}_{event.lower()}')}"


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
