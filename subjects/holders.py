"""Coordinators and Focal Points as the public may see them: of a name that is not public nothing goes on from here.

Rows of long lists: a name, a country and dates cost a fraction of what whole records cost.
"""

import datetime
from typing import NamedTuple

from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.tenure.models import Dated
from members.models.people import country_name
from members.public_terms import PublicPerson
from subjects.models.offices import name_is_public


class _Unnamed(PublicPerson):
    """A holder whose name is not public: nothing in print, null in JSON."""

    __slots__ = ()

    def __str__(self):
        return ""


NOBODY = _Unnamed(None, None, None)


class HolderCountry(NamedTuple):
    """The country for which a person holds an office."""

    code: str
    official_name_en: str

    @property
    def name(self):
        """The name in the page's language."""
        return country_name(self.code, self.official_name_en)


class _Office(NamedTuple):
    subject_id: int
    starts_on: datetime.date
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str | None
    last_confirmed_on: datetime.date | None
    source: str
    indicative: bool
    organization: str
    person: PublicPerson
    country: HolderCountry | None
    body: str


class Office(Dated, _Office):
    """A Coordinator, or the Focal Point of `body`. The person is NOBODY where only the body may be named."""

    __slots__ = ()

    @property
    def country_id(self):
        return self.country.code if self.country else None

    @property
    def holder(self):
        """The person, None where only the body may be named."""
        return None if self.person is NOBODY else self.person

    @property
    def sits_for(self):
        """The country for which the person holds the office, else the organization, in the page's language."""
        return self.country.name if self.country else self.organization

    @property
    def is_secretariat(self):
        """Whether this is a secretariat focal point (A3)."""
        return self.body in SECRETARIAT_BODIES


_OWN = [name for name in _Office._fields if name not in ("person", "country", "body")]
COORDINATOR_FIELDS = [
    *_OWN,
    *(f"person__{name}" for name in PublicPerson._fields),
    *(f"country__{name}" for name in HolderCountry._fields),
]
FOCAL_POINT_FIELDS = [*COORDINATOR_FIELDS, "body", "name_is_public"]
_WHO = len(_OWN)
_WHENCE = _WHO + len(PublicPerson._fields)
_END = _WHENCE + len(HolderCountry._fields)


def public_coordinator(values) -> Office:
    """The Coordinator in the values of COORDINATOR_FIELDS."""
    country = HolderCountry(*values[_WHENCE:_END]) if values[_WHENCE] else None
    return Office(*values[:_WHO], PublicPerson(*values[_WHO:_WHENCE]), country, "")


def public_focal_point(values) -> Office:
    """The Focal Point in the values of FOCAL_POINT_FIELDS; of a name that is not public only body and dates."""
    body, decided = values[_END:]
    if name_is_public(body, decided):
        country = HolderCountry(*values[_WHENCE:_END]) if values[_WHENCE] else None
        return Office(*values[:_WHO], PublicPerson(*values[_WHO:_WHENCE]), country, body)
    known = dict(zip(_OWN, values, strict=False)) | {"source": "", "organization": ""}
    return Office(**known, person=NOBODY, country=None, body=body)
