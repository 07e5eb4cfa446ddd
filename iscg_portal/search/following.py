"""Keeps the entries of the search as the record is: with the transaction that changes it.

Every save of a registered row, and of a row that entries tell of, makes those entries anew; an act that writes many
rows makes each entry anew once.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import or_

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q

from iscg_portal import record_version
from iscg_portal.search.indexing import in_turn, name_of, write
from iscg_portal.search.models import IndexEntry
from iscg_portal.search.sources import SOURCES

FEW = 20  # names that are looked for one by one in what entries tell of


class _Changed:
    """Rows that were saved or removed: for each source the keys of its records that tell of them, and their names."""

    def __init__(self):
        self.keys, self.names = defaultdict(set), defaultdict(set)

    def note(self, row, is_new=False):
        """A removed row loses its key later, so it is asked at once. Of a new row no entry tells yet."""
        model = type(row)
        for source in SOURCES.values():
            if model is source.model:
                self.keys[source.label].add(row.pk)
            if model in source.owners:
                self.keys[source.label].update(pk for pk in source.owners[model](row) if pk is not None)
                if not is_new:
                    self.names[source.label].add(name_of(row))

    def renew(self, using=DEFAULT_DB_ALIAS):
        """Make the entries anew that tell of the rows, now or before their change."""
        changed = False
        told = _telling(self.names, using)
        for source in SOURCES.values():
            keys = self.keys[source.label] | {source.model._meta.pk.to_python(key) for key in told[source.label]}
            for some in in_turn(sorted(keys, key=str)):
                changed |= bool(write(source, some, using))
        if changed and not connections[using].in_atomic_block:
            record_version.bump(using)


_waiting: ContextVar[_Changed | None] = ContextVar("what waits to be made anew", default=None)


@contextmanager
def made_anew_together():
    """Inside, rows are noted; at its end the entries that tell of any of them are made anew, each once.

    For acts that write many rows: the end lies inside their transaction. Within another such act, the other's end.
    Of a transaction that will be rolled back, as of a preview, nothing is made.
    """
    if _waiting.get() is not None:
        yield
        return
    changed = _Changed()
    token = _waiting.set(changed)
    try:
        yield
    finally:
        _waiting.reset(token)
    connection = connections[DEFAULT_DB_ALIAS]
    if not (connection.in_atomic_block and connection.needs_rollback):
        changed.renew()


def follow(sender, instance, using=DEFAULT_DB_ALIAS, raw=False, created=False, **kwargs):
    """A row was saved or removed: the entries that tell of it are made anew, before its transaction ends."""
    if raw:
        return
    waiting = _waiting.get()
    changed = waiting or _Changed()
    changed.note(instance, created)
    if waiting is None:
        changed.renew(using)


def follow_all(sender, rows, **kwargs):
    """The same for new rows of one model that were written at once."""
    with made_anew_together():
        for row in rows:
            follow(sender, row, created=True)


def _telling(names, using):
    """{label of a source: keys of its records whose entries tell of a row with one of its names}. One query at most."""
    found, every = defaultdict(set), set().union(*names.values())
    if not every:
        return found
    told = IndexEntry.objects.using(using)
    if len(every) <= FEW:
        told = told.filter(reduce(or_, (Q(made_of__contains=f" {name} ") for name in every)))
    for record, made_of in told.values_list("record", "made_of").iterator():
        label, _space, key = record.partition(" ")
        if not names.get(label, set()).isdisjoint(made_of.split()):
            found[label].add(key)
    return found
