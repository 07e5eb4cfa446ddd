"""The offices that a person holds on a day, and until when."""

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.tenure.models import Tenure
from members.models import ChairTerm, Person, Representative
from subjects.models import Coordinator, FocalPoint, Subject

OFFICES = (ChairTerm, Representative, Coordinator, FocalPoint)


class Held(NamedTuple):
    """One office: the kind of row, what it is in words, its row, and the subject if it is for one."""

    kind: str
    label: str
    term: Tenure
    subject: Subject | None = None


def held_by(person_id: int | None, on: datetime.date) -> list[Held]:
    """The offices of the day, those of the management team first. Four queries; none where there is no person."""
    if person_id is None:
        return []
    terms = [term for rows in terms_on(on) for term in rows.filter(person=person_id)]
    return [Held(term._meta.model_name, label_of(term), term, getattr(term, "subject", None)) for term in terms]


def terms_on(on: datetime.date) -> list:
    """The rows of every office of the day, in four querysets, those of the management team first."""
    return [
        ChairTerm.objects.in_office(on),
        Representative.objects.in_office(on).select_related("seat"),
        Coordinator.objects.in_office(on).select_related("subject"),
        FocalPoint.objects.in_office(on).select_related("subject"),
    ]


def holders_on(on: datetime.date):
    """Every person who holds an office on the day. Five queries."""
    held = (model.objects.in_office(on).order_by().values_list("person", flat=True) for model in OFFICES)
    return Person.objects.filter(pk__in={pk for persons in held for pk in persons})


def label_of(term) -> str:
    """What the office is, in words."""
    if isinstance(term, ChairTerm):
        return _("Chair")
    if isinstance(term, Representative):
        return _("Representative of %(group)s") % {"group": term.seat.group_id}
    if isinstance(term, Coordinator):
        return _("Coordinator of %(subject)s") % {"subject": term.subject.code}
    secretariat = term.body in SECRETARIAT_BODIES
    kind = (
        _("Secretariat focal point for %(body)s: %(subject)s")
        if secretariat
        else _("Focal Point for %(body)s: %(subject)s")
    )
    return kind % {"body": term.body, "subject": term.subject.code}
