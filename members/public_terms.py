"""Terms of the seven seats as the public may see them: nothing else of a term, person or country is even read."""

import datetime
from typing import NamedTuple

from django.db.models import Value

from iscg_portal.prepared import ask, padded
from iscg_portal.tables import ROWS_A_PAGE
from iscg_portal.tenure.models import Dated
from members.models import ChairTerm, Representative
from members.models.people import country_name


class PublicPerson(NamedTuple):
    """A person as printed, and the person's address."""

    honorific: str
    name: str
    slug: str

    def __str__(self):
        return f"{self.honorific} {self.name}".strip()


class PublicCountry(NamedTuple):
    """The country for which a person sits. Its regions are there only where a query read them (`REGIONS`)."""

    code: str
    official_name_en: str
    council_region: str = ""
    regional_organizations: tuple[str, ...] = ()

    @property
    def name(self):
        """The name in the page's language."""
        return country_name(self.code, self.official_name_en)


class _Term(NamedTuple):
    seat_id: str
    starts_on: datetime.date
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str | None
    last_confirmed_on: datetime.date | None
    source: str
    indicative: bool
    organization: str
    starts_decision: str
    starts_decision_url: str
    how_ended: str
    person: PublicPerson
    country: PublicCountry | None


class PublicTerm(Dated, _Term):
    """A term of the Chair or of a representative; or an office for a subject, which has no seat."""

    __slots__ = ()

    @property
    def sits_for(self):
        """The country for which the person sits, else the organization, in the page's language."""
        return self.country.name if self.country else self.organization


_OWN = [name for name in _Term._fields if name not in ("seat_id", "person", "country")]
_PERSON = [f"person__{name}" for name in PublicPerson._fields]
_COUNTRY = ["country__code", "country__official_name_en"]
HELD = (*_OWN, *_PERSON, *_COUNTRY)  # every tenure has these
FIELDS = ("seat_id", *HELD)
REGIONS = ("country__council_region", "country__regional_organizations")  # may follow FIELDS
_WHO = 1 + len(_OWN)
_WHENCE = _WHO + len(_PERSON)


def public_term(values) -> PublicTerm:
    """The term in the values of FIELDS, or of FIELDS and REGIONS."""
    country = _country(*values[_WHENCE:]) if values[_WHENCE] else None
    return PublicTerm(*values[:_WHO], PublicPerson(*values[_WHO:_WHENCE]), country)


def _country(code, official_name_en, council_region="", regional_organizations=()):
    return PublicCountry(code, official_name_en, council_region, tuple(regional_organizations or ()))


def terms_by_key(keys) -> dict:
    """The terms of at most a page of keys, which are pairs (of the Chair's table or not, primary key). One query."""
    chair = [pk for of_chair, pk in keys if of_chair]
    others = [pk for of_chair, pk in keys if not of_chair]
    rows = ask(_by_key, *padded(chair, ROWS_A_PAGE), *padded(others, ROWS_A_PAGE))
    return {(of_chair == 1, pk): public_term(values) for of_chair, pk, *values in rows}


def _by_key(*pks):
    chair = ChairTerm.objects.filter(pk__in=pks[:ROWS_A_PAGE]).annotate(of_chair=Value(1))
    others = Representative.objects.filter(pk__in=pks[ROWS_A_PAGE:]).annotate(of_chair=Value(0))
    return both(chair, others, "of_chair", "pk", *FIELDS)


def both(chair_terms, representatives, *fields):
    """The values of both tables in one query."""
    return chair_terms.order_by().values_list(*fields).union(representatives.order_by().values_list(*fields), all=True)
