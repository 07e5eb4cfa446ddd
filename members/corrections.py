"""Rows of the composition that were removed as mistakes: nothing published disappears silently (rule 6)."""

import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from iscg_portal.prepared import ask, padded
from iscg_portal.tenure.dates import GENEVA, print_since, print_until
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
    """The newest 50 removals with from_on < day <= to_on (days of Geneva), the newest first. Two queries at most.

    Names are shown only of persons whom the public may still know by name.
    """
    found = ask(_removed, *(_midnight_after(day) for day in (from_on, to_on)))
    ids = {person_id for person_id, *_rest in found}
    known = {pk: PublicPerson(*values) for pk, *values in ask(_known, *padded(ids, MOST))} if ids else {}
    return [_correction(known, *row) for row in found]


def _midnight_after(day):
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), tzinfo=GENEVA)


def _removed(from_at, to_at):
    columns = ("person_id", "history_date", "seat_id", "history_change_reason")
    columns += ("starts_on", "starts_precision", "ends_on", "ends_precision")
    chair, others = (
        model.history.filter(history_type="-", history_date__gte=from_at, history_date__lt=to_at)
        .order_by()
        .values_list(*columns)
        for model in (ChairTerm, Representative)
    )
    return chair.union(others, all=True).order_by("-history_date")[:MOST]


def _known(*person_ids):
    """The persons among these whom the public may know by name."""
    people = Person.objects.visible_to(AnonymousUser()).filter(pk__in=person_ids).order_by()
    return people.values_list("pk", *PublicPerson._fields)


def _correction(known, person_id, removed_at, seat_id, reason, starts_on, starts_precision, ends_on, ends_precision):
    said = print_since(starts_on, starts_precision)
    if ends_on:
        said += f" {print_until(ends_on, ends_precision)}"
    day = removed_at.astimezone(GENEVA).date()
    return Correction(day, seat_id, known.get(person_id), said, reason or "")
