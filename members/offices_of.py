"""All offices of one person that the public may know: in the management team, and for the subjects."""

import datetime
from typing import NamedTuple

from django.db.models import F, Value
from django.utils.translation import gettext as _

from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.prepared import ask
from iscg_portal.translated import Text, columns_of, first_text
from members.composition import group_of
from members.models import Person
from members.public_terms import FIELDS, HELD, PublicTerm, both, public_term

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


def offices_of(slug, on: datetime.date) -> list[Office]:
    """The offices of the person at this address whose holder is public: those of the day first, then the newest.

    Two queries. Offices for the subjects are read through their related names: `subjects` is an app above this one.
    """
    found = [_of_seat(public_term(values), on) for values in ask(_in_seats, slug)]
    found += [_of_subject(values, on) for values in ask(_for_subjects, slug)]
    return sorted(found, key=lambda office: (STATES.index(office.state), -office.term.starts_on.toordinal()))


def _rows(relation, slug):
    model = Person._meta.get_field(relation).related_model
    return model.objects.with_public_name().filter(person__slug=slug)


def _in_seats(slug):
    return both(_rows("chairterm", slug), _rows("representative", slug), *FIELDS)


def _for_subjects(slug):
    titles = (f"subject__{column}" for column in columns_of("title"))
    fields = (*HELD, *SUBJECT, *titles, "of_body")
    coordinators = _rows("coordinator", slug).annotate(of_body=Value(""))
    return both(coordinators, _rows("focalpoint", slug).annotate(of_body=F("body")), *fields)


def _of_seat(term, on):
    group = group_of(term.seat_id)
    label = _("Representative of %(group)s") % {"group": group} if group else _("Chair")
    return Office(label, term, term.state_on(on))


def _of_subject(values, on):
    held, (code, slug, original) = values[: len(HELD)], values[len(HELD) : len(HELD) + len(SUBJECT)]
    *titles, body = values[len(HELD) + len(SUBJECT) :]
    term = public_term(["", *held])
    return Office(_label(body), term, term.state_on(on), code, slug, first_text(titles, original))


def _label(body):
    if not body:
        return _("Coordinator")
    secretariat = body in SECRETARIAT_BODIES
    kind = _("Secretariat focal point for %(body)s") if secretariat else _("Focal Point for %(body)s")
    return kind % {"body": body}
