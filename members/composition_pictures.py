"""The pictures of the composition: the table of seven, and the regional balance twice."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.tenure.models import print_vacant_since
from members.pictures import SeatMark, draw_balance, draw_table
from members.url_base import url_base


class Pictures(NamedTuple):
    """Drawn and ready for the fragments in `templates/components/`."""

    table: Any
    by_region: Any
    by_organization: Any


def draw_composition(composed, balance, *, rtl=False) -> Pictures:
    """All pictures of the composition page."""
    return Pictures(
        draw_seats(composed, rtl=rtl),
        draw_balance(balance.by_region, rtl=rtl),
        draw_balance(balance.by_organization, rtl=rtl),
    )


def draw_seats(composed, *, rtl=False):
    """The table of seven alone, for the home page too."""
    base = url_base("members:person-detail")
    return draw_table([_mark(seat, base) for seat in composed.seats], rtl=rtl)


def _mark(seat, base):
    office = seat.office
    place = {"label": seat.group or _("Chair"), "state": office.state, "group": seat.group, "sector": seat.sector}
    if office.tenure:
        person = office.tenure.person
        return SeatMark(**place, name=str(person), country=office.tenure.sits_for, url=f"{base}{person.slug}/")
    return SeatMark(**place, since=print_vacant_since(office) if office.state == "vacant" else "")
