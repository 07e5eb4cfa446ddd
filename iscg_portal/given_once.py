"""A text is given once over several tables, such as a number of the register: kept by triggers on both databases.

The rule binds what is written from now on: a row that keeps the text it has is not judged (rule 2).
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS

from iscg_portal.rules import Rule
from iscg_portal.tenure.exclusive import AcrossTables


class GivenOnce(AcrossTables, Rule):
    """No row gets a text in `field` that a row of one of `others` has there; blank is no text.

    `others` are labels of models that have the field too, this one among them where it has no other rule. Declare the
    constraint on all of them.
    """

    made_of = ("field", "others")
    code = "given once"

    def __init__(self, *, field, others, **options):
        self.field, self.others = field, tuple(others)
        super().__init__(**options)

    def other_models(self):
        return [apps.get_model(label) for label in self.others]

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Raise ValidationError naming the row that has the text."""
        text, own = getattr(instance, self.field), model._base_manager.using(using).filter(pk=instance.pk)
        if not text or self.field in (exclude or ()) or own.filter(**{self.field: text}).exists():
            return
        for other in self.other_models():
            row = other._base_manager.using(using).filter(**{self.field: text}).first()
            if row is not None:
                kind = other._meta.verbose_name
                sentence = f"{self.get_violation_error_message()} ({kind} {row})"
                raise ValidationError(sentence, code=self.violation_error_code)

    def _conflict_sql(self, model, quote, event):
        column = quote(model._meta.get_field(self.field).column)
        found = []
        for other in self.other_models():
            itself = "AND r.id <> NEW.id" if other is model and event == "UPDATE" else ""
            theirs = quote(other._meta.get_field(self.field).column)
            rows = f"SELECT 1 FROM {quote(other._meta.db_table)} r WHERE r.{theirs} = NEW.{column} {itself}"
            found.append(f"EXISTS ({rows})")
        return column, f"NEW.{column} <> '' AND ({' OR '.join(found)})"

    def install_sql(self, model, connection):
        """The statements that make the triggers; rows already there are not judged."""
        quote = connection.ops.quote_name
        table = quote(model._meta.db_table)
        if connection.vendor == "postgresql":
            column, conflict = self._conflict_sql(model, quote, "UPDATE")
            conflict = conflict.replace("r.id <> NEW.id", "r.id IS DISTINCT FROM NEW.id")
            yield (
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF TG_OP = 'UPDATE' THEN IF NEW.{column} IS NOT DISTINCT FROM OLD.{column} THEN RETURN NEW; END IF; "
                f"END IF; IF {conflict} THEN RAISE EXCEPTION 'constraint {self.name}' "
                f"USING ERRCODE = 'unique_violation', CONSTRAINT = '{self.name}'; END IF; RETURN NEW; END $$"
            )
            yield (
                f"CREATE TRIGGER {self.name} BEFORE INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
            )
            return
        for event in ("INSERT", "UPDATE"):
            column, conflict = self._conflict_sql(model, quote, event)
            changed = f"NEW.{column} IS NOT OLD.{column} AND " if event == "UPDATE" else ""
            yield (
                f"CREATE TRIGGER {quote(f'{self.name}_{event.lower()}')} BEFORE {event} ON {table} "
                f"WHEN {changed}{conflict} {self.abort}"
            )
