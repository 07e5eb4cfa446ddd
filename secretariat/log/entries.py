"""The entries of the whole log, narrowed down: found by number, then read a page at a time, table by table.

Two queries find them however many there are; one more reads a table, one the names of what their fields lead to.
"""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from django.db.models import CharField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.adminkit.history import PRINTED_AS_KNOWN, Change, is_restorable, print_value, tracked_fields
from iscg_portal.adminkit.saving import differs
from iscg_portal.adminkit.site import admin_address
from iscg_portal.languages import in_brackets, with_colon, with_semicolons
from iscg_portal.tenure.dates import midnight
from secretariat.findings import tally
from secretariat.log.admin_acts import acts_on, read_acts
from secretariat.log.last_changes import ACTS
from secretariat.log.names import in_words, name_in

AT_ONCE = 1_000  # rows of one statement
NOBODY = "0"  # how the address asks for what came by a command or a mailed link


class LogFilters(NamedTuple):
    """What the address asks for; blank where it asks for all. `imported` is a part of the name of a file."""

    who: str = ""
    kind: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    imported: str = ""
    act: uuid.UUID | None = None
    record: str = ""

    def conditions(self, key):
        """On the rows of a history, in which the column `key` has the key of the record."""
        found = Q()
        if self.who:
            found &= Q(history_user__isnull=True) if self.who == NOBODY else Q(history_user=self.who)
        if self.since:
            found &= Q(history_date__gte=midnight(self.since))
        if self.until:
            found &= Q(history_date__lt=midnight(self.until + datetime.timedelta(days=1)))
        if self.imported:
            found &= Q(history_change_reason__icontains=self.imported)
        if self.act:
            found &= Q(history_act=self.act)
        return found & Q(**{key: self.record}) if self.record else found


@dataclass(slots=True)
class LogEntry:
    """One change of one record; `who` is blank where it came by a command or a mailed link."""

    model: type
    row: object
    name: str
    changes: list[Change] = field(default_factory=list)

    @property
    def called(self):
        """Its name as it is read; files have it as it is kept."""
        return in_words(self.model, self.name)

    @property
    def at(self):
        return self.row.history_date

    @property
    def who(self):
        return str(self.row.history_user or "")

    @property
    def kind(self):
        """What sort of record it is."""
        return capfirst(self.model._meta.verbose_name)

    @property
    def did(self):
        """“added”, “changed” or “removed”."""
        return ACTS[self.row.history_type]

    @property
    def key(self):
        return getattr(self.row, self.model._meta.pk.attname)

    @property
    def url(self):
        """The record, or its history where it is no more; blank where it has no page."""
        page = "history" if self.row.history_type == "-" else None
        return admin_address(self.model, self.key, page=page)

    @property
    def keeps_no_values(self):
        """Whether this history says who and when alone, as that of contact data does."""
        return hasattr(self.model, "history") and not is_restorable(self.model)

    @property
    def told(self):
        """What changed as one text, for files."""
        return with_semicolons(with_colon(one.field, f"{one.old} → {one.new}") for one in self.changes)


def _rows_of(model):
    """The rows of its history; of a model that has none the acts on it."""
    return model.history.model._base_manager.order_by() if hasattr(model, "history") else acts_on(model)


def writers(models):
    """The keys of the accounts that changed a record of these models. One query, of the newest state alone."""
    return _writers(record_version.current(), models)


@lru_cache(maxsize=8)
def _writers(_token, models):
    first, *others = (_rows_of(model).values_list("history_user").distinct() for model in models)
    return [pk for (pk,) in first.union(*others) if pk]


class Log:
    """The entries of these models ({label: model}), the newest first. It can be counted and cut as a list."""

    def __init__(self, models, narrowed):
        self.models = {label: model for label, model in models.items() if narrowed.kind in ("", label)}
        self.narrowed = narrowed

    def _histories(self):
        for label, model in self.models.items():
            key = model._meta.pk.attname if hasattr(model, "history") else "record_key"
            yield label, _rows_of(model).filter(self.narrowed.conditions(key))

    def count(self):
        """How many there are. One query."""
        return sum(tally(dict(self._histories())).values())

    __len__ = count

    def __getitem__(self, part):
        return self._read(list(self._places(part)))

    def __iter__(self):
        """All of them, so many at a time that the file of a long log is never held as a whole."""
        places = self._places(slice(None))
        while some := list(islice(places, AT_ONCE)):
            yield from self._read(some)

    def _places(self, part):
        parts = [rows.values_list(_value(label), "history_id", "history_date") for label, rows in self._histories()]
        if parts:
            found = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
            for label, number, _at in found.order_by("-history_date", "-history_id")[part].iterator(AT_ONCE):
                yield label, number

    def _read(self, places):
        wanted = defaultdict(list)
        for label, number in places:
            wanted[label].append(number)
        read = {label: _versions(self.models[label], numbers) for label, numbers in wanted.items()}
        told = [(*read[label][number], self.models[label]) for label, number in places]
        told = [(model, row, before, _fields_told(row, before)) for row, before, model in told]
        names = _Names(told)
        return [_entry(*one, names) for one in told]


def _versions(model, numbers):
    """{number: (row, the version before it or None)} of rows of its history, or of the acts on it. Two queries."""
    if not hasattr(model, "history"):
        return read_acts(model, numbers)
    past, key = model.history.model, model._meta.pk.attname
    earlier = past._base_manager.filter(**{key: OuterRef(key)}, history_id__lt=OuterRef("history_id")).order_by()
    newest = Subquery(earlier.values(key).annotate(newest=Max("history_id")).values("newest"))
    rows = past._base_manager.filter(history_id__in=numbers).order_by()
    rows = rows.select_related("history_user").annotate(called=name_in(model), before=newest)
    rows = list(rows)
    before = past._base_manager.in_bulk({row.before for row in rows} - {None}, field_name="history_id")
    return {row.history_id: (row, before.get(row.before)) for row in rows}


def _sides(row, before):
    """(what was, what is) of a change; None on the side where the record was not there, or nobody knows."""
    return {"+": (None, row), "-": (row, None)}.get(row.history_type, (before, row if before else None))


def _fields_told(row, before):
    """Those of `_fields_that_differ`; how exactly a day is known its print says, where the day is told too."""
    fields = _fields_that_differ(row, before)
    said = {PRINTED_AS_KNOWN[one.name][0] for one in fields if one.name in PRINTED_AS_KNOWN}
    return [one for one in fields if one.name not in said]


def _fields_that_differ(row, before):
    """The fields that differ; of an added or a removed record all that say something. Without a history those kept."""
    if not hasattr(row.instance_type, "history"):
        return [one for one in row.told if before or _says(getattr(row, one.attname))]
    fields = _fields_of(row.instance_type)
    old, new = _sides(row, before)
    if old and new:
        return [one for one in fields if differs(getattr(old, one.attname), getattr(new, one.attname))]
    there = (old or new) if is_restorable(row.instance_type) else None
    return [one for one in fields if there and _says(getattr(there, one.attname))]


@cache
def _fields_of(model):
    return tracked_fields(model)


def _says(value):
    return value is not None and value is not False and value not in ("", [], {})


def _entry(model, row, before, fields, names):
    old, new = _sides(row, before)
    changes = [Change(names.labels[one], names.printed(one, old), names.printed(one, new)) for one in fields]
    return LogEntry(model, row, row.called, changes)


class _Names:
    """Prints values; what the records are called to which changed fields lead is asked in one query.

    `labels` are what the fields are called, {field: text}: each is looked up once, not for every row.
    """

    def __init__(self, told):
        wanted = defaultdict(set)
        self.labels = {one: "" for *_row, fields in told for one in fields}
        self.labels = {one: str(capfirst(one.verbose_name)) for one in self.labels}
        for _model, row, before, fields in told:
            for one in fields:
                if one.is_relation:
                    values = {getattr(version, one.attname) for version in _sides(row, before) if version}
                    wanted[one.related_model] |= values - {None}
        keys = [(model, key) for model, found in wanted.items() for key in found]
        batches = (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))
        self._found = {(label, key): name for batch in batches for label, key, name in _called(batch)}

    def printed(self, one, row):
        value = getattr(row, one.attname) if row else None
        if not one.is_relation or value is None:
            return print_value(one, value, row)
        found = self._found.get((one.related_model._meta.label_lower, str(value)))
        return in_words(one.related_model, found) if found is not None else f"{value}{in_brackets(_('removed'))}"


def _called(keys):
    """(label, key, name) of records given as (model, key), a model after the other. One query.

    Of plain querysets: the one of a translated model puts the columns in another order than those it is joined to.
    """
    parts = [
        QuerySet(model)
        .filter(pk__in=[key for _model, key in found])
        .order_by()
        .values_list(_value(model._meta.label_lower), Cast("pk", CharField()), name_in(model))
        for model, found in groupby(keys, key=itemgetter(0))
    ]
    return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]


def _value(text):
    return Value(text, output_field=CharField())
