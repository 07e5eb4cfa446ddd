"""What a reader may ask of a list of subjects: a Sector, a state, whether there is a Coordinator."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import Sector
from iscg_portal.tables import read_choice
from subjects.models.listings import DELISTED, LISTED, NOT_YET, STATES, UNDATED
from subjects.models.subjects import HELD, NOT_RECORDED, VACANT

OFFICES = {HELD: _("with a Coordinator"), VACANT: _("vacant"), NOT_RECORDED: _("not recorded")}
OFFERED_STATES = {state: STATES[state] for state in (LISTED, UNDATED, DELISTED, NOT_YET)} | {
    UNDATED: _("since when is not recorded")
}


class Select(NamedTuple):
    """A filter as its form offers it: the pairs of `options` are values and labels; a blank choice asks for all."""

    name: str
    label: Any
    chosen: str
    options: Any


class Filters(NamedTuple):
    """What the address asks for; blank where it asks for everything."""

    sector: str
    state: str
    vacancy: str

    def applied_to(self, subjects, on):
        """The subjects that they let through on a day."""
        if self.sector:
            subjects = subjects.concerning(self.sector)
        if self.state:
            subjects = subjects.on_the_list(on) if self.state == LISTED else subjects.in_state(self.state, on)
        return subjects.in_office_state(self.vacancy, on) if self.vacancy else subjects

    @property
    def selects(self):
        """The form of the list of subjects."""
        sector, coordinator = self.selects_of_offices
        return [sector, Select("state", _("List"), self.state, OFFERED_STATES.items()), coordinator]

    @property
    def selects_of_offices(self):
        """The form of the list of Coordinators: without the state on the list."""
        return [
            Select("sector", _("Sector"), self.sector, Sector.choices),
            Select("vacancy", _("Coordinator"), self.vacancy, OFFICES.items()),
        ]


def read_filters(request) -> Filters:
    """The filters of the address. Errors: BadRequest with a sentence for a value that is not offered."""
    return Filters(
        read_choice(request, "sector", Sector.values),
        read_choice(request, "state", STATES),
        read_choice(request, "vacancy", OFFICES),
    )
