"""Queries that a busy page asks again and again: put into SQL once, then asked with other days.

Building and compiling a queryset costs Django several times what the database needs to answer it. The SQL depends
only on the shape of the queryset, so it is kept; the rows are read from the database every time.
"""

import datetime
from functools import lru_cache

from django.db import connections, router
from django.db.models.query import ValuesListIterable
from django.utils.translation import get_language

MARKS = {  # stand for values while the SQL is made; no record holds them
    datetime.date: lambda place: datetime.date(9990 + place, 12, 31),
    str: lambda place: f"\uffff{place}",
    int: lambda place: 2**31 - 1 - place,
    datetime.datetime: lambda place: datetime.datetime(9990 + place, 12, 31, tzinfo=datetime.UTC),
}


def ask(build, *values, fixed=()):
    """The rows, as lists, of the `values_list` queryset that `build(*fixed, *values)` makes. One query.

    `build` is a function of a module. `values` (days, moments, texts, whole numbers) become parameters of the query and
    must each stand in it once or more; `fixed` shapes the SQL itself (a slice, an order) and is part of what is kept.
    """
    kinds = tuple(map(type, values))
    alias, sql, params, compiler, converters = _compiled(build, fixed, kinds, get_language())
    connection = connections[alias]
    adapted = [_adapted(connection, value) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, [adapted[param.place] if isinstance(param, _Place) else param for param in params])
        rows = cursor.fetchall()
    return list(compiler.apply_converters(rows, converters)) if converters else rows


class _Place:
    """Where one of the values goes."""

    def __init__(self, place):
        self.place = place


@lru_cache(maxsize=500)
def _compiled(build, fixed, kinds, _language):
    """The alias of the database, the SQL, its parameters with places for values, and how to read its rows."""
    marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]
    rows = build(*fixed, *marks)
    if rows._iterable_class is not ValuesListIterable:
        raise TypeError("Only values_list of a plain queryset can be asked; a translated one needs rewrite(False).")
    alias = rows.db or router.db_for_read(rows.model)
    connection = connections[alias]
    compiler = rows.query.get_compiler(alias)
    sql, params = compiler.as_sql()
    places = {_adapted(connection, mark): _Place(place) for place, mark in enumerate(marks)}
    params = [places.get(param, param) for param in params]
    if len({id(param) for param in params if isinstance(param, _Place)}) != len(places):
        raise ValueError("A value does not reach the query as it is; it cannot be asked with others.")
    columns = [expression for expression, _sql, _alias in compiler.select[: compiler.col_count]]
    return alias, sql, params, compiler, compiler.get_converters(columns)


def _adapted(connection, value):
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
