"""Queries that a busy page asks again and again: put into SQL once, then asked with other days.

Building and compiling a queryset costs Django several times what the database needs to answer it, and PostgreSQL
often needs longer to plan a query than to run it. The SQL depends only on the shape of the queryset, so it is kept,
on PostgreSQL as a prepared statement of the connection; the rows are read from the database every time.
Why, and what it brings, is in docs/decisions/0006-kept-queries.md.
"""

import datetime
import itertools
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db import connections, router
from django.db.models.query import ValuesListIterable
from django.utils.translation import get_language

MARKS = {  # stand for values while the SQL is made; no record holds them
    datetime.date: lambda place: datetime.date(9990 + place, 7, 13),
    str: lambda place: f"\uffff{place}",
    int: lambda place: 2**31 - 1 - place,
    datetime.datetime: lambda place: datetime.datetime(9990 + place, 7, 13, tzinfo=datetime.UTC),
}
_names = itertools.count(1)
_prepared = WeakKeyDictionary()  # of each PostgreSQL connection: the numbers of the queries it knows


def ask(build, *values, fixed=()):
    """The rows of the `values_list` queryset that `build(*fixed, *values)` makes. One query.

    `build` is a function of a module. `values` (days, moments, texts, whole numbers) become parameters of the query
    and must each stand in it; `fixed` shapes the SQL itself (a slice, an order) and is part of what is kept.
    """
    query = _compiled(build, fixed, tuple(map(type, values)), get_language())
    connection = connections[query.alias]
    adapted = [_adapted(connection, value) for value in values]
    with connection.cursor() as cursor:
        _execute(query, connection, cursor, adapted)
        rows = cursor.fetchall()
    return list(query.compiler.apply_converters(rows, query.converters)) if query.converters else rows


def padded(keys, length) -> list[int]:
    """Up to `length` primary keys as so many values of a kept query with `pk__in`; no row has the key -1."""
    return [*keys, *[-1] * (length - len(keys))]


class _Query(NamedTuple):
    """A compiled queryset. `params` has a `_Place` where a value goes."""

    number: int
    alias: str
    sql: str
    params: tuple
    compiler: Any
    converters: dict


class _Place(NamedTuple):
    place: int


@lru_cache(maxsize=500)
def _compiled(build, fixed, kinds, _language):
    marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]
    rows = build(*fixed, *marks)
    if rows._iterable_class is not ValuesListIterable:
        raise TypeError("Only values_list of a plain queryset can be asked; a translated one needs rewrite(False).")
    alias = rows.db or router.db_for_read(rows.model)
    connection = connections[alias]
    compiler = rows.query.get_compiler(alias)
    sql, params = compiler.as_sql()
    places = {_adapted(connection, mark): _Place(place) for place, mark in enumerate(marks)}
    params = tuple(places.get(param, param) for param in params)
    if {param for param in params if isinstance(param, _Place)} != set(places.values()):
        raise ValueError("A value does not reach the query as it is; it cannot be asked with others.")
    columns = [expression for expression, _sql, _alias in compiler.select[: compiler.col_count]]
    return _Query(next(_names), alias, sql, params, compiler, compiler.get_converters(columns))


def _adapted(connection, value):
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value


def _execute(query, connection, cursor, values):
    # A pooler that hands each transaction another connection knows no statements; Django's switch for it says so.
    if connection.vendor != "postgresql" or connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        filled = [values[param.place] if isinstance(param, _Place) else param for param in query.params]
        cursor.execute(query.sql, filled)
        return
    statements = _prepared.setdefault(connection.connection, set())
    name = f"ask_{query.number}"
    call = f"EXECUTE {name} ({', '.join(['%s'] * len(values))})" if values else f"EXECUTE {name}"
    if query.number not in statements:
        preparation = _preparation(query, name, cursor)
        call = f"{preparation.replace('%', '%%') if values else preparation}; {call}"
    cursor.execute(call, values or None)
    statements.add(query.number)


def _preparation(query, name, cursor):
    """`PREPARE` with a number where a value goes, and everything else as it is."""
    parts = [
        f"${param.place + 1}" if isinstance(param, _Place) else cursor.mogrify("%s", [param]).decode()
        for param in query.params
    ]
    return f"PREPARE {name} AS {query.sql % tuple(parts)}"
