"""A text is given once over several tables, such as a number of the register: kept by triggers on both databases.

The rule binds what is written from now on: a row that keeps the text it has is not judged (rule 2).
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS

from iscg_portal.across_tables import AcrossTables
from iscg_portal.languages import in_brackets


class GivenOnce(AcrossTables):
    """No row gets a text in `field` that a row of one of `others` has there; blank is no text.

    `others` are labels of models that have the field too, this one among them where it has no other rule. Declare the
    constraint on all of them.
    """

    made_of = ("field", "others")
    code = "given once"
    sqlstate = "unique_violation"

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
                sentence = self.get_violation_error_message() + in_brackets(f"{kind} {row}")
                raise ValidationError(sentence, code=self.violation_error_code)

    def conflict_sql(self, model, quote, event="UPDATE"):
        """A row that gets the text, and another one that has it; on PostgreSQL an inserted row has no OLD text."""
        column = quote(model._meta.get_field(self.field).column)
        found = []
        for other in self.other_models():
            itself = "AND r.id <> NEW.id" if other is model and event == "UPDATE" else ""
            theirs = quote(other._meta.get_field(self.field).column)
            rows = f"SELECT 1 FROM {quote(other._meta.db_table)} r WHERE r.{theirs} = NEW.{column} {itself}"
            found.append(f"EXISTS ({rows})")
        gets = f"NEW.{column} <> COALESCE(OLD.{column}, '') AND " if event == "UPDATE" else ""
        return f"{gets}NEW.{column} <> '' AND ({' OR '.join(found)})"
