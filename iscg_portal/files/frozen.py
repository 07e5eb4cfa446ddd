"""Rows that are frozen once they are public: kept by a trigger on both databases (rules 2 and 6).

A frozen row keeps its fields for ever, and its state moves only as declared. On SQLite Django carries the trigger
along whenever it rebuilds the table. The removal of such a row is stopped by the foreign keys that point to it.
"""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table

from iscg_portal.rules import Rule


class Frozen(Rule):
    """In a state that `moves` names, `fields` never change and the state becomes only one of those it is mapped to.

    `moves` maps a value of the field `state` to the values that may follow, besides itself.
    """

    made_of = ("fields", "moves")
    code = "frozen"

    def __init__(self, *, fields, moves, **options):
        self.fields = tuple(fields)
        self.moves = {state: tuple(following) for state, following in moves.items()}
        super().__init__(**options)

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Raise ValidationError where the saved row is frozen and this one differs from it."""
        saved = model._base_manager.using(using).filter(pk=instance.pk).first() if instance.pk else None
        if saved is None or saved.state not in self.moves:
            return
        columns = [model._meta.get_field(name).attname for name in self.fields]
        changed = any(getattr(saved, column) != getattr(instance, column) for column in columns)
        if changed or instance.state not in (saved.state, *self.moves[saved.state]):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def _broken(self, model, connection):
        """The SQL of “this update changes what is frozen”."""
        quote = connection.ops.quote_name
        differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
        columns = [quote(model._meta.get_field(name).column) for name in self.fields]
        changed = [f"NEW.{column} {differs} OLD.{column}" for column in columns]
        allowed = [
            f"OLD.state = '{state}' AND NEW.state IN ({_quoted((state, *following))})"
            for state, following in self.moves.items()
        ]
        return f"OLD.state IN ({_quoted(self.moves)}) AND ({' OR '.join(changed)} OR NOT ({' OR '.join(allowed)}))"

    def _statements(self, model, schema_editor):
        quote, connection = schema_editor.quote_name, schema_editor.connection
        broken, name = self._broken(model, connection), quote(self.name)
        if connection.vendor == "postgresql":
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {broken} THEN "
                f"RAISE EXCEPTION 'constraint {self.name}' USING ERRCODE = 'check_violation', "
                f"CONSTRAINT = '{self.name}'; END IF; RETURN NEW; END $$"
            )
            yield f"CREATE TRIGGER {name} BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION {name}()"
        else:
            yield f"CREATE TRIGGER {name} BEFORE UPDATE ON %(table)s WHEN {broken} {self.abort}"

    def _deferred(self, model, schema_editor):
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return [Statement(sql, table=table) for sql in self._statements(model, schema_editor)]

    def constraint_sql(self, model, schema_editor):
        schema_editor.deferred_sql.extend(self._deferred(model, schema_editor))

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            self.constraint_sql(model, schema_editor)  # SQLite rebuilds the table, by way of constraint_sql

    def remove_sql(self, model, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return None
        name = schema_editor.quote_name(self.name)
        return Statement(
            f"DROP TRIGGER {name} ON %(table)s; DROP FUNCTION {name}()",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )


def _quoted(states):
    return ", ".join(f"'{state}'" for state in states)
