"""All offices of one person that the public may know: in the management team, and for the subjects."""

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.prepared import ask
from iscg_portal.translated import Text, columns_of, first_text
from members.composition import group_of
from members.models import Person
from members.public_terms import FIELDS, HELD, PublicPerson, PublicTerm, public_term

SUBJECT = ("subject__code", "subject__slug", "subject__original_language")
STATES = ("in office", "upcoming", "ended")


class Office(NamedTuple):
    """One office of a person: what it is, its term, its state on the day, and the subject if it is for one."""

    label: str
    term: PublicTerm
    state: str
    subject_code: str = ""
    subject_slug: str = ""
    subject_title: Text = Text("")


def person_at(slug) -> tuple[int | None, PublicPerson | None]:
    """The key and the name of the person at this address, or two Nones. One query."""
    found = ask(_at, slug)
    return (found[0][0], PublicPerson(*found[0][1:])) if found else (None, None)


def _at(slug):
    return Person.objects.filter(slug=slug).values_list("pk", *PublicPerson._fields)


def offices_of(person_id, on: datetime.date) -> list[Office]:
    """The person's offices whose holder is public, those of the day first, then the newest. Four queries.

    Offices for the subjects are read through their related names: `subjects` is an app above this one.
    """
    found = []
    for relation in ("chairterm", "representative"):
        for values in ask(_in_a_seat, person_id, fixed=(relation,)):
            found.append(_of_seat(public_term(values), on))
    for relation, extra in (("coordinator", ()), ("focalpoint", ("body",))):
        for values in ask(_for_a_subject, person_id, fixed=(relation, extra)):
            found.append(_of_subject(values, on))
    return sorted(found, key=lambda office: (STATES.index(office.state), -office.term.starts_on.toordinal()))


def _rows(relation, person_id):
    model = Person._meta.get_field(relation).related_model
    return model.objects.with_public_name().filter(person_id=person_id).order_by("-starts_on")


def _in_a_seat(relation, person_id):
    return _rows(relation, person_id).values_list(*FIELDS)


def _for_a_subject(relation, extra, person_id):
    titles = (f"subject__{column}" for column in columns_of("title"))
    return _rows(relation, person_id).values_list(*HELD, *SUBJECT, *titles, *extra)


def _of_seat(term, on):
    group = group_of(term.seat_id)
    label = _("Representative of %(group)s") % {"group": group} if group else _("Chair")
    return Office(label, term, term.state_on(on))


def _of_subject(values, on):
    held, (code, slug, original) = values[: len(HELD)], values[len(HELD) : len(HELD) + len(SUBJECT)]
    rest = values[len(HELD) + len(SUBJECT) :]
    titles, body = rest[: len(columns_of("title"))], "".join(rest[len(columns_of("title")) :])
    label = _("Coordinator")
    if body:
        secretariat = body in SECRETARIAT_BODIES
        kind = _("Secretariat focal point for %(body)s") if secretariat else _("Focal Point for %(body)s")
        label = kind % {"body": body}
    term = public_term(["", *held])
    return Office(label, term, term.state_on(on), code, slug, first_text(titles, original))
