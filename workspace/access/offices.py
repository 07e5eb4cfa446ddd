"""Who holds which office on a day, how those reach each other who work together, and to whom the portal writes.

Contact data is never public. The management team, which is the Chair and the representatives (clauses C1, C2), works
with every office holder. Coordinators and Focal Points work with the management team and with those of their subjects
(clauses A1 to A4). A Coordinator also reaches the focal points of the secretariat of the subject, whom the clause asks
to be coordinated and guided (A3), whether or not their names are public.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.signing import TimestampSigner
from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.collation import in_order
from iscg_portal.languages import in_a_row
from iscg_portal.mail.outbox import Reader, absolute_url
from iscg_portal.tenure.models import Tenure
from members.mail_readers import reader_with
from members.models import Account, ChairTerm, ContactData, Person, Representative
from subjects.models import Coordinator, FocalPoint, Subject

CHOOSING = "workspace.mail-language"  # salt of the links by which a person chooses the language of the mails
CHOOSES_FOR = datetime.timedelta(days=60)  # how long such a link is good; the next mail has a new one
OFFICES = (ChairTerm, Representative, Coordinator, FocalPoint)


class Held(NamedTuple):
    """One office: the kind of row, its row, and the subject if it is for one."""

    kind: str
    term: Tenure
    subject: Subject | None = None

    @property
    def label(self) -> str:
        """What it is, in the active language."""
        return self.term.office_in_full


def held_by(person_id: int | None, on: datetime.date) -> list[Held]:
    """The offices of the day, those of the management team first. Four queries; none where there is no person."""
    if person_id is None:
        return []
    terms = [term for rows in terms_on(on) for term in rows.filter(person=person_id)]
    return [Held(term._meta.model_name, term, getattr(term, "subject", None)) for term in terms]


def terms_on(on: datetime.date) -> list:
    """The rows of every office of the day, in four querysets, those of the management team first."""
    return [
        ChairTerm.objects.in_office(on).select_related("person"),
        Representative.objects.in_office(on).select_related("person", "seat"),
        Coordinator.objects.in_office(on).select_related("person", "subject"),
        FocalPoint.objects.in_office(on).select_related("person", "subject"),
    ]


def holders_on(on: datetime.date):
    """Every person who holds an office on the day. Five queries."""
    held = (model.objects.in_office(on).order_by().values_list("person", flat=True) for model in OFFICES)
    return Person.objects.filter(pk__in={pk for persons in held for pk in persons})


@dataclass(frozen=True)
class Colleague:
    """Somebody with an office, and how to reach him or her: None where the secretariat has no contact data."""

    office: str
    person: Person
    contact: ContactData | None
    is_public: bool = True


@dataclass(frozen=True)
class Circle:
    """Those who work together on something."""

    heading: str
    colleagues: list[Colleague]


def circles_of(person_id: int | None, on: datetime.date) -> list[Circle]:
    """Whom a person works with on the day; none where the person holds no office then. Four queries.

    Focal points of the secretariat whose name is not public are among them for the subject's Coordinator alone.
    """
    terms = [term for rows in terms_on(on) for term in rows.select_related("person__contact_data")]
    own = [term for term in terms if term.person_id == person_id]
    if person_id is None or not own:
        return []
    in_team = any(map(_is_of_team, own))
    own_subjects = {term.subject.pk for term in own if not _is_of_team(term)}
    coordinated = {term.subject.pk for term in own if isinstance(term, Coordinator)}
    team, subjects = [], defaultdict(list)
    for term in terms:
        if _is_of_team(term):
            team.append(term)
        elif term.subject.pk in coordinated and getattr(term, "is_secretariat", False):
            subjects[_("%(subject)s: focal points of the secretariat") % {"subject": term.subject.code}].append(term)
        elif term.has_public_name and (in_team or term.subject.pk in own_subjects):
            subjects[term.subject.code].append(term)
    circles = [(_("Management team"), team), *in_order(subjects.items(), itemgetter(0))]
    return [Circle(heading, _without(person_id, rows)) for heading, rows in circles]


def _is_of_team(term):
    return isinstance(term, ChairTerm | Representative)


def _without(person_id, terms):
    return [
        Colleague(
            term.office_in_full, term.person, getattr(term.person, "contact_data", None), bool(term.has_public_name)
        )
        for term in terms
        if term.person_id != person_id
    ]


def reader_of(person) -> list[Reader]:
    """The one reader of a person, given by its key; an empty list where no address is known."""
    return list(readers_of([person]).values())


def readers_of(persons) -> dict[int, Reader]:
    """The readers of persons by their keys, as far as an address is known. Two queries."""
    contacts = ContactData.objects.filter(person__in=persons).exclude(email="").select_related("person")
    accounts = Account.objects.filter(person__in=persons, is_active=True).select_related("person")
    readers = {one.person_id: _reader_by_contact(one) for one in contacts}
    return readers | {account.person_id: reader_with(account) for account in accounts}


def _reader_by_contact(contact):
    """With the link by which a person whose language nobody has recorded chooses it."""
    token = TimestampSigner(salt=CHOOSING, sep=".").sign(contact.person_id)
    chooses_at = "" if contact.language else reverse("workspace:mail-language", args=[token])
    return Reader(contact.email, contact.language, str(contact.person), chooses_at=chooses_at)


def page_of_person(person) -> str:
    """The full address of a person's page; blank where the public does not see it."""
    is_public = Person.objects.visible_to(AnonymousUser()).filter(pk=person.pk).exists()
    return absolute_url(person.get_absolute_url()) if is_public else ""


def offices_in_words(person_id: int, on: datetime.date) -> str:
    """The offices of the day, in the active language; blank where the person holds none. Four queries."""
    return in_a_row(office.label for office in held_by(person_id, on))
