"""Which study period of each Sector a page shows: that of the day, else the last one on record before it (rule 16).

Where the period of a Sector that covers the day is not recorded, or none of its units, an empty table would read as
“no links”. So it would before the links of the period before are carried over: then the page says so.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from iscg_portal.tenure.dates import A_DAY
from iscg_portal.tenure.models import holding_day
from studies.models import MappingLink, StudyPeriod, StudyUnit


@dataclass(frozen=True)
class ShownPeriods:
    """The periods of a page: of each Sector that of the day, or the one that the address asks for.

    `every` has all of them, for the filter.
    """

    on: object
    every: list
    chosen: str = ""

    @cached_property
    def by_sector(self):
        """{letter: period}; a Sector without a period on record by the day is missing."""
        begun = [period for period in self.every if period.starts_on <= self.on and period.has_units]
        shown = {period.sector: period for period in sorted(begun, key=lambda period: period.starts_on)}
        return shown | {period.sector: period for period in self.every if period.code == self.chosen}

    @property
    def past(self):
        """Periods that are shown although the day lies after them: none later is on record."""
        shown = self.by_sector.values()
        return [period for period in shown if not period.covers(self.on) and period.code != self.chosen]

    @property
    def not_carried_over(self):
        """(period shown, the one before it) where only the earlier one has links: they were not carried over yet."""
        for period in self.by_sector.values():
            earlier = [one for one in self.every if one.sector == period.sector and one.starts_on < period.starts_on]
            before = max(earlier, key=lambda one: one.starts_on, default=None)
            if before and before.has_links and not period.has_links and period.code != self.chosen:
                yield period, before

    def units(self, prefix=""):
        """The condition that a unit is one of a period shown and stands on the day, or on that period's last one."""
        found = Q((f"{prefix}period__isnull", True)) & holding_day(self.on, prefix)
        for period in self.by_sector.values():
            day = self.on if period.covers(self.on) else period.ends_on and period.ends_on - A_DAY
            stands = holding_day(day, prefix) if day else Q()
            found |= Q((f"{prefix}period", period.pk)) & stands
        return found

    def links(self):
        """The condition that a link joins units that are shown, and holds the day where they do."""
        ends = self.units("first__") & (Q(second__isnull=True) | self.units("second__"))
        return ends if self.chosen or self.past else ends & holding_day(self.on)


def shown_periods(on, chosen="") -> ShownPeriods:
    """The periods for a day, or with one that is chosen by its code. One query."""
    units = StudyUnit.objects.filter(period=OuterRef("pk"))
    linked = units.filter(Exists(MappingLink.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))))
    periods = StudyPeriod.objects.public().annotate(has_units=Exists(units), has_links=Exists(linked))
    return ShownPeriods(on, list(periods), chosen)
