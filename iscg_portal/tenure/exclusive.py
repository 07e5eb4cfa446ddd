"""A rule over two tables, kept by triggers on both databases: a person is never in both on one day."""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS

from iscg_portal.across_tables import AcrossTables
from iscg_portal.tenure.constraints import _SQL_SHARES, PeriodConstraint, overlap_q


class Exclusive(AcrossTables, PeriodConstraint):
    """Whoever is in this table (rows matching `where`) on a day is not in `other` (`other_where`) on it.

    `where` and `other_where` map a field to the values that count; empty means every row. Declare the
    constraint on both models, each naming the other.
    """

    made_of = ("other", "where", "other_where")
    sqlstate = "exclusion_violation"
    judges_rows_there = True

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

    def conflict_sql(self, model, quote, event="UPDATE"):
        other = apps.get_model(self.other)._meta
        tests = ["r.person_id = NEW.person_id", _SQL_SHARES.format(start="starts_on", end="ends_on")]
        for prefix, where in (("NEW", self.where), ("r", self.other_where)):
            for field, values in where.items():
                tests.append(f"{prefix}.{field} IN ({', '.join(repr(str(value)) for value in values)})")
        return f"EXISTS (SELECT 1 FROM {quote(other.db_table)} r WHERE {' AND '.join(tests)})"

    def lock_sql(self, model, quote):
        """The person's row; the lock goes along with the one that every foreign key to the person takes."""
        person = quote(model._meta.get_field("person").related_model._meta.db_table)
        return f"PERFORM 1 FROM {person} WHERE id = NEW.person_id FOR NO KEY UPDATE;"
