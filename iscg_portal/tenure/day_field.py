"""A day of the record: one rule for the database, for models and for forms (rule 19)."""

import datetime

from django import forms
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from iscg_portal.plain_text import cleaned
from iscg_portal.tenure.dates import FIRST_DAY, LAST_DAY, print_date, refuse_day
from iscg_portal.tenure.typed_dates import date_example, read_day
from iscg_portal.text_fields import LONGEST, refuse_long

DATE_ATTRS = {"size": 20, "autocomplete": "off", "placeholder": date_example()}


class PrintedDay(forms.DateInput):
    """A line of text in which the day stands as the portal prints it, in the page's language: so it can be typed."""

    def __init__(self, attrs=DATE_ATTRS):
        super().__init__(attrs)

    def format_value(self, value):
        return print_date(value) if isinstance(value, datetime.date) else value


class DayInput(forms.DateField):
    """A day that somebody types; `has_happened` where it cannot be one to come."""

    widget = PrintedDay

    def __init__(self, *, has_happened=False, **options):
        self.has_happened = has_happened
        super().__init__(**options)

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        refuse_long(value, LONGEST)
        return read_day(text) if (text := cleaned(value)) else None

    def validate(self, value):
        super().validate(value)
        if value is not None:
            refuse_day(value, self.has_happened)


class DayField(models.DateField):
    """A day from 1865 to 2199, in the database too; at the doors not far ahead, nor to come if it `has_happened`."""

    def __init__(self, *args, has_happened=False, **options):
        self.has_happened = has_happened
        super().__init__(*args, **options)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, **({"has_happened": True} if self.has_happened else {})}

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        check = f"{column} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"
        # SQLite takes any text for a day.
        return f"{check} AND {column} = date({column})" if connection.vendor == "sqlite" else check

    def is_checked_by(self, name):
        """Whether the database names its check so: SQLite by the column, PostgreSQL by table and column."""
        table = self.model._meta.db_table
        return name == self.column or name.startswith(f"{table}_{self.column}") and name.endswith("_check")

    def validate(self, value, instance):
        super().validate(value, instance)
        if value is not None:
            refuse_day(value, self.has_happened)

    def formfield(self, **options):
        return super().formfield(**{"form_class": DayInput, "has_happened": self.has_happened, **options})


def make_day_checks(sender, using=DEFAULT_DB_ALIAS, **kwargs):
    """After `migrate` on PostgreSQL: the checks of days, which Django does not add to a column that it alters."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    introspection, quote = connection.introspection, connection.ops.quote_name
    with transaction.atomic(using=using), connection.cursor() as cursor:
        tables = set(introspection.table_names(cursor))
        for table, model in ((one._meta.db_table, one) for one in sender.get_models()):
            days = [field for field in model._meta.local_fields if isinstance(field, DayField)]
            if not days or table not in tables:
                continue
            names = introspection.get_constraints(cursor, table)
            columns = {column.name for column in introspection.get_table_description(cursor, table)}
            for field in days:
                if field.column in columns and not any(map(field.is_checked_by, names)):
                    cursor.execute(f"ALTER TABLE {quote(table)} ADD CHECK ({field.db_check(connection)})")
