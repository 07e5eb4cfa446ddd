"""The state of an office on one day: held, vacant or not recorded."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.tenure.dates import print_date, print_since
from iscg_portal.tenure.models import Tenure


class OfficeState(models.TextChoices):
    """The three states of an office on a day."""

    HELD = "held", gettext_lazy("held")
    VACANT = "vacant", gettext_lazy("vacant")
    NOT_RECORDED = "not recorded", gettext_lazy("not recorded")

    @property
    def in_address(self):
        """How the filter of an address names it: “not-recorded”."""
        return self.value.replace(" ", "-")

    @property
    def css(self):
        """The class that colours it."""
        return "unrecorded" if self == self.NOT_RECORDED else self.value


@dataclass(frozen=True, slots=True)
class OfficeOn:
    """One office on one day: its state, its holder if held, and since when it is vacant."""

    state: OfficeState
    tenure: Tenure | None = None
    vacant_since: datetime.date | None = None
    vacant_since_precision: str | None = None

    @property
    def label(self):
        """The word for the state."""
        return str(self.state.label)

    @property
    def css(self):
        """The class that colours the state."""
        return self.state.css

    @property
    def state_printed(self):
        """“held”, “vacant since June 2024”, “not recorded”."""
        return f"{self.label} {self.since}".strip()

    @property
    def since(self):
        """“since June 2024” of a vacancy; blank otherwise."""
        return print_vacant_since(self) if self.state == OfficeState.VACANT else ""


def office_on(on, recorded_from, tenures):
    """The state of an office on a day, from all its tenures and the day its record begins.

    **held** if a row covers the day; else **vacant** if `recorded_from` is not after it; else **not
    recorded**. `vacant_since` is the later of `recorded_from` and the last end, with its precision.
    """
    last_end = None
    for tenure in tenures:
        if tenure.covers(on):
            return OfficeOn(OfficeState.HELD, tenure)
        if tenure.ends_on and tenure.ends_on <= on and (last_end is None or tenure.ends_on > last_end.ends_on):
            last_end = tenure
    if recorded_from is None or recorded_from > on:
        return OfficeOn(OfficeState.NOT_RECORDED)
    if last_end is not None and last_end.ends_on >= recorded_from:
        return OfficeOn(OfficeState.VACANT, None, last_end.ends_on, last_end.ends_precision)
    return OfficeOn(OfficeState.VACANT, None, recorded_from, "day")


def print_vacant_since(office):
    """“since June 2024” for a vacant `OfficeOn`; after an *after* end “last recorded held on 5 April 2019”."""
    if office.vacant_since_precision != "after":
        return print_since(office.vacant_since, office.vacant_since_precision)
    day = office.vacant_since - datetime.timedelta(days=1)
    return _("last recorded held on %(date)s") % {"date": print_date(day)}
