"""For which side an account speaks: as a Focal Point of a Sector's advisory group, on links about its subject.

A right follows the office: it is asked on the day, and ends with the term.
"""

import datetime
from typing import NamedTuple

from django.utils.translation import override

from iscg_portal.bodies import GroupCode
from studies.models import MappingLink
from subjects.models.offices import office_of_subject
from workspace.access.offices import Held, held_by


class Side(NamedTuple):
    """Whom a Focal Point speaks for: the Sector of its advisory group, on links about the subject."""

    subject: int
    sector: str
    code: str
    group: str

    @property
    def said_by(self):
        """The office, as the record keeps it: who held it on the day, that says."""
        with override("en"):
            return office_of_subject(self.code, self.group)


def sides_of(held: list[Held]) -> list[Side]:
    """The sides of the offices that somebody holds; those of the secretariat have none."""
    terms = [office.term for office in held if office.kind == "focalpoint" and office.term.body in GroupCode.values]
    return [Side(term.subject_id, GroupCode(term.body).sector, term.subject.code, term.body) for term in terms]


def sides_of_account(account, on: datetime.date) -> list[Side]:
    """The sides of an account on a day. Four queries."""
    return sides_of(held_by(account.person_id, on))


def pairs_of(sides):
    """The sides as the querysets of links take them."""
    return [(side.subject, side.sector) for side in sides]


def side_on(link: MappingLink, sides, spoke_last="") -> Side | None:
    """The side among these that speaks on the link, if one does: of both the one that did not speak last."""
    found = [side for side in sides if side.subject == link.subject_id and side.sector in link.sides]
    return next((side for side in found if side.sector != spoke_last), found[0] if found else None)


def links_of(sides, on: datetime.date):
    """The links of the day on which the sides speak, those first that wait for them: with names, `state`, `waits`."""
    found = MappingLink.objects.covering(on).of_sides(pairs_of(sides)).with_waits(pairs_of(sides), on)
    return found.with_names().with_state(on).order_by("-waits", "first__sort_key", "second__sort_key", "pk")
