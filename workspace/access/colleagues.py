"""How those reach each other who work together (contact data, rule 5); never public.

The management team, which is the Chair and the representatives (clauses C1, C2), works with every office holder.
Coordinators and Focal Points work with the management team and with those of their subjects (clauses A1 to A4).
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter

from django.utils.translation import gettext as _

from members.models import ChairTerm, ContactData, Person, Representative
from subjects.models import FocalPoint
from subjects.models.offices import name_is_public
from workspace.access.offices import label_of, terms_on


@dataclass(frozen=True)
class Colleague:
    """Somebody with an office, and how to reach him or her: None where the secretariat has no contact data."""

    office: str
    person: Person
    contact: ContactData | None


@dataclass(frozen=True)
class Circle:
    """Those who work together on something."""

    heading: str
    colleagues: list[Colleague]


def circles_of(person_id: int | None, on: datetime.date) -> list[Circle]:
    """Whom a person works with on the day; none where the person holds no office then. Four queries.

    Focal points of the secretariat whose name is not public are not among them.
    """
    terms = [term for rows in terms_on(on) for term in rows.select_related("person__contact_data")]
    own = [term for term in terms if term.person_id == person_id]
    if person_id is None or not own:
        return []
    in_team = any(map(_is_of_team, own))
    own_subjects = {term.subject.pk for term in own if not _is_of_team(term)}
    team, subjects = [], defaultdict(list)
    for term in filter(_is_named, terms):
        if _is_of_team(term):
            team.append(term)
        elif in_team or term.subject.pk in own_subjects:
            subjects[term.subject.code].append(term)
    circles = [(_("Management team"), team), *sorted(subjects.items(), key=itemgetter(0))]
    return [Circle(heading, _without(person_id, rows)) for heading, rows in circles]


def _is_of_team(term):
    return isinstance(term, ChairTerm | Representative)


def _is_named(term):
    return not isinstance(term, FocalPoint) or name_is_public(term.body, term.name_is_public)


def _without(person_id, terms):
    return [
        Colleague(label_of(term), term.person, getattr(term.person, "contact_data", None))
        for term in terms
        if term.person_id != person_id
    ]
