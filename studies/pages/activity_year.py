"""A year of activities by region: how they are spread, as a picture and a table (clause F2)."""

from collections import Counter
from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.scheduled import ANNOUNCED, CALLED_OFF, State
from iscg_portal.tenure.dates import FIRST_YEAR, LAST_YEAR, today
from iscg_portal.web.public_page import public_page
from studies.models import Activity, Interest
from studies.models.activity_words import COUNCIL, INTERESTS, ORGANIZATIONS, REGION_LABELS, REGIONS
from studies.pictures import draw_spread

HELD, TO_COME, UNRESOLVED, OFF = "held", "to come", "unresolved", "off"


@public_page
def activity_year(request, year):
    """How the activities of the year are spread over regions, and for whom they are of interest."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("There is no such year on record."))
    spread, rtl = spread_of(year, today()), get_language_bidi()
    parts = [
        (_("By Council region"), "council", [*(spread.of(code) for code in COUNCIL), *spread.without_council]),
        (_("By regional organization"), "organizations", [spread.of(code) for code in ORGANIZATIONS]),
        (_("Of interest to"), "interests", [spread.of(code) for code in INTERESTS]),
    ]
    most = max((row.shown for _caption, _id, rows in parts for row in rows), default=0)
    context = {
        "year": year,
        "number": spread.number,
        "parts": [(caption, id, rows, draw_spread(rows, most, rtl=rtl)) for caption, id, rows in parts],
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
    }
    return render(request, "studies/activity_year.html", context)


@dataclass
class SpreadRow:
    """How many activities of a year a region, or a group of countries, has on record, by what became of them."""

    code: str
    label: str
    counts: Counter = field(default_factory=Counter)

    @property
    def held(self):
        """Recorded as held."""
        return self.counts[HELD]

    @property
    def to_come(self):
        """Announced for days that are not over."""
        return self.counts[TO_COME]

    @property
    def unresolved(self):
        """Announced for days that are over; whether held is not recorded."""
        return self.counts[UNRESOLVED]

    @property
    def off(self):
        """Cancelled or postponed."""
        return self.counts[OFF]

    @property
    def announced(self):
        """Announced, and not recorded as held."""
        return self.to_come + self.unresolved

    @property
    def shown(self):
        """Those of the picture: all that is not called off."""
        return self.held + self.announced


@dataclass
class Spread:
    """The rows of a year by their code; `number` is that of all its activities."""

    number: int
    rows: dict[str, SpreadRow]

    def of(self, code):
        return self.rows[code]

    @property
    def without_council(self):
        """The row of those of which no Council region is recorded, where there is one."""
        row = self.rows[""]
        return [row] if row.counts.total() else []


def spread_of(year, on) -> Spread:
    """What the record has of the year, as on a day. One query."""
    columns = (*REGIONS.values(), *INTERESTS.values())
    codes = (*REGIONS, *INTERESTS)
    labels = {**REGION_LABELS, **dict(Interest.choices), "": _("not recorded")}
    rows = {code: SpreadRow(code, label_of(code, labels)) for code in (*codes, "")}
    found = Activity.objects.public().in_year(year).values_list("state", "starts_on", "ends_on", *columns)
    number = 0
    for state, starts_on, ends_on, *ticked in found.order_by():
        number += 1
        kind = _kind_of(state, ends_on or starts_on, on)
        having = [code for code, is_ticked in zip(codes, ticked, strict=True) if is_ticked]
        for code in having if any(code in COUNCIL for code in having) else [*having, ""]:
            rows[code].counts[kind] += 1
    return Spread(number, rows)


def label_of(code, labels):
    """Organizations by their initials, all others by name."""
    return code if code in ORGANIZATIONS else str(labels[code])


def _kind_of(state, last_day, on):
    if state == State.HELD:
        return HELD
    if state in CALLED_OFF:
        return OFF
    return UNRESOLVED if state in ANNOUNCED and last_day < on else TO_COME
