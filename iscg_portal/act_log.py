"""Acts on records without a history, written into the log of the admin: who, when, which record, from what to what.

A record with a history needs none of this. Values are kept as they are stored; the log of changes prints them.
"""

import json

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder

FIELDS, REASON = "fields", "reason"


def values_of(row, *names):
    """{name: what is stored} of fields of a row, to be compared later."""
    return {name: getattr(row, row._meta.get_field(name).attname) for name in names}


def log_act(row, by, now, before=None, *, reason="", called=""):
    """Write that `by` added the row, or changed it from `before` to `now` ({name: value}); without `by` nothing.

    `called` is its name where that of the row has what nobody shall find in a log, as an address.
    """
    if by is None:
        return
    told = {FIELDS: {name: [(before or {}).get(name), value] for name, value in now.items()}, REASON: str(reason)}
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        object_repr=str(called or row)[:200],
        action_flag=ADDITION if before is None else CHANGE,
        change_message=json.dumps(told, cls=DjangoJSONEncoder),
    )


def read_act(entry, model):
    """(what was, what is, reason) of an entry that `log_act` wrote, each of the first two {name: value}; else None.

    The log outlives the model: a field that it no longer has is left out.
    """
    try:
        told = json.loads(entry.change_message)
    except ValueError:
        return None
    if not isinstance(told, dict) or FIELDS not in told:
        return None
    sides, fields = ({}, {}), {field.name: field for field in model._meta.concrete_fields}
    for name, values in told[FIELDS].items():
        if name in fields:
            for side, value in zip(sides, values, strict=True):
                side[name] = fields[name].to_python(value)
    return *sides, told.get(REASON, "")
