"""What a record is called in the log, told by the database: for the rows of many tables in one query."""

import datetime
import re
from functools import cache

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from iscg_portal.adminkit.history import PRINTERS
from iscg_portal.tenure.dates import print_date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# What tells one record from another of its kind: the first of these whose columns the history has. What is not
# the name of a column stands between two of them.
NAMED_BY = (
    ("person__name", ", ", "seat_id"),
    ("person__name", ", ", "subject__code", ", ", "body"),
    ("person__name", ", ", "subject__code"),
    ("person__name", ", ", "conference__code"),
    ("coordinator__person__name", ", ", "group"),
    ("resolution__body", " ", "resolution__number", ", ", "place", " ", "year"),
    ("subject__code", ": ", "resolution__body", " ", "resolution__number"),
    ("subject__code", ": ", "partner__abbreviation"),
    ("edition__adopted_on", ", ", "code"),
    ("subject__code",),
    ("person__name",),
    ("body", " ", "number"),
    ("abbreviation",),
    ("adopted_on",),
    ("effective_on",),
    ("code",),
    ("name",),
)

# Models whose columns would be taken for those of another kind.
NAMED_APART = {
    "front.synonym": ("words_en",),
    "members.clausetext": ("clause", ", ", "dated_on"),
    "members.formername": ("country_id", ", ", "ends_on"),
    "reports.reportblock": ("report__code", ": ", "key"),
    "reports.reportfile": ("report__code", ", ", "language", ", ", "kind"),
    "studies.activitypartner": ("activity__code", ": ", "partner__abbreviation"),
    "studies.activitysubject": ("activity__code", ": ", "subject__code"),
    "studies.confirmation": ("link__subject__code", ", ", "sector", ", ", "said_on"),
    "studies.ending": ("unit__number", ", ", "kind"),
    "studies.mappinglink": ("subject__code", ": ", "first__number", " – ", "second__number"),
    "studies.plannedending": ("unit__number", ", ", "kind"),
    "studies.studyperiod": ("sector", " ", "name"),
    "studies.studyunit": ("sector", " ", "number"),
    "iscg_portal.mail": ("subject", " (", "to", ")"),
    "members.account": ("name", " ", "email"),
    "workspace.reportdraft": ("subject__code", ", ", "meeting__code", ", ", "person__name"),
    "meetings.addressee": ("liaison__document__number", ": ", "body"),
    "meetings.agendaitem": ("meeting__code", ", ", "number"),
    "meetings.agendasubject": ("item__meeting__code", ", ", "item__number", ": ", "subject__code"),
    "meetings.attendance": ("meeting__code", ", ", "capacity"),
    "meetings.deadline": ("meeting__code", ", ", "kind"),
    "meetings.decision": ("meeting__code", ", ", "number"),
    "meetings.document": ("number",),
    "meetings.documentfile": ("name",),
    "meetings.documentsubject": ("document__number", ": ", "subject__code"),
    "meetings.liaisonstatement": ("document__number",),
    "meetings.meeting": ("code",),
    "meetings.presence": ("meeting__code", ", ", "seat_id"),
    "meetings.registernumber": ("meeting__code", "/", "serial"),
    "members.regionalmembership": ("country_id", ": ", "organization"),
    "reports.keyissue": ("addressee", ", ", "raised_on"),
    "reports.groupanswer": ("transmission__report__code", ", ", "transmission__group_id", ", ", "said_on"),
    "reports.transmission": ("report__code", ", ", "group_id"),
    "workspace.proposal": ("person__name",),
    "workspace.groupfile": ("transmission__report__code", ", ", "language"),
    "workspace.groupsecretariat": ("group_id", ", ", "account__email"),
    "workspace.participant": ("capacity", " ", "id"),  # the history keeps no name
}


def name_in(model):
    """What a record is called, as an expression over its rows or those of its history."""
    texts = [as_text(part) if part.isidentifier() else Value(part) for part in _parts_of(model)]
    return Concat(*texts, output_field=CharField()) if len(texts) > 1 else texts[0]


def in_words(model, name):
    """The name as it is read: a day in it is printed as everywhere in the portal, a key at its end in words."""
    *before, last = _parts_of(model)
    if printer := PRINTERS.get((model._meta.label_lower, last)):
        others, joined, key = name.rpartition(before[-1])
        return f"{others}{joined}{printer(key)}"
    if not any(part.endswith("_on") for part in (*before, last)):
        return name  # a day in it was typed
    return _DAY.sub(_print_day, name)


def _print_day(found):
    """The day in words; a code that only looks like one, such as 2025-02-31, as it is."""
    try:
        return print_date(datetime.date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


@cache
def _parts_of(model):
    known = (parts for parts in NAMED_BY if all(_has(model, part) for part in parts))
    return NAMED_APART.get(model._meta.label_lower) or next(known, (model._meta.pk.name,))


def _has(model, part):
    if not part.isidentifier():
        return True
    first, _joined, further = part.partition("__")
    fields = model._meta.concrete_fields
    return any(first in (field.name, field.attname) and (field.is_relation or not further) for field in fields)


def as_text(column):
    """A column as text."""
    return Cast(F(column), CharField())
