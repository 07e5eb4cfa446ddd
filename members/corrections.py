"""Rows of the composition that were removed as mistakes: nothing published disappears silently (rule 6)."""

import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from iscg_portal.dates import GENEVA, print_since, print_until
from iscg_portal.prepared import ask
from members.models import ChairTerm, Person, Representative
from members.public_terms import PublicPerson

MOST = 50


class Correction(NamedTuple):
    """One removed row: what it said, on which day it was removed, and why. `person` is None if not public."""

    removed_on: datetime.date
    seat_id: str
    person: PublicPerson | None
    said: str
    reason: str


def corrections(from_on, to_on) -> list[Correction]:
    """The newest 50 removals with from_on < day <= to_on (days of Geneva), the newest first. Two queries.

    Names are shown only of persons whom the public may still know by name.
    """
    days = [_midnight_after(day) for day in (from_on, to_on)]
    found = [_correction(*row) for model in (ChairTerm, Representative) for row in ask(_removed, *days, fixed=(model,))]
    return sorted(found, key=lambda correction: correction.removed_on, reverse=True)[:MOST]


def _midnight_after(day):
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), tzinfo=GENEVA)


def _removed(model, from_at, to_at):
    known = Person.objects.visible_to(AnonymousUser()).filter(pk=OuterRef("person_id"))
    rows = model.history.filter(history_type="-", history_date__gte=from_at, history_date__lt=to_at)
    dates = ("starts_on", "starts_precision", "ends_on", "ends_precision")
    person = (f"person__{name}" for name in PublicPerson._fields)
    rows = rows.annotate(named=Exists(known)).order_by("-history_date")
    return rows.values_list("history_date", "seat_id", "history_change_reason", "named", *dates, *person)[:MOST]


def _correction(removed_at, seat_id, reason, named, starts_on, starts_precision, ends_on, ends_precision, *person):
    said = print_since(starts_on, starts_precision)
    if ends_on:
        said += f" {print_until(ends_on, ends_precision)}"
    day = removed_at.astimezone(GENEVA).date()
    return Correction(day, seat_id, PublicPerson(*person) if named else None, said, reason or "")
