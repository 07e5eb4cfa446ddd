"""What a report says of joint activities: by subject with their regions, and how many a region has (clause F2)."""

from collections import Counter

from django.utils.translation import gettext as _

from iscg_portal.fixed_terms import place_name
from iscg_portal.languages import in_a_row, with_colon
from iscg_portal.scheduled import CALLED_OFF, State
from reports.renditions.blocks import table_block
from studies.models.activity_words import COUNCIL, ORGANIZATIONS, region_in_words

MOST = 200  # in the table; of the others the number is given


def listed(facts):
    """Those of the period, by subject: what was held, what was announced, and what was called off (rule 17)."""
    shown = sorted(facts.activities, key=lambda one: (one.subject_codes or ["~"], one.starts_on, one.code))
    rows = [
        (
            in_a_row(one.subject_codes),
            one.text("title"),
            in_a_row(map(region_in_words, one.regions)),
            one.dates,
            place_name(one.place),
            with_colon(one.state_in_words, one.note_shown) if one.note_shown else one.state_in_words,
        )
        for one in shown[:MOST]
    ]
    if len(shown) > MOST:
        rows.append(("", _("… and %(count)d more, on the portal.") % {"count": len(shown) - MOST}, "", "", "", ""))
    columns = [_("Subjects"), _("Activity"), _("Region"), _("Dates"), _("Place"), _("State")]
    empty = _("No activity of the period is recorded.")
    return table_block("activities", _("Joint activities by subject"), columns, rows, empty)


def by_region(facts):
    """How many of the period each region has, of those that have any; one for several regions counts in each."""
    if not facts.activities:
        return None
    held, announced, off = Counter(), Counter(), Counter()
    for one in facts.activities:
        counter = held if one.state == State.HELD else off if one.state in CALLED_OFF else announced
        counter.update(one.regions or [""])
    names = {code: region_in_words(code) for code in (*COUNCIL, *ORGANIZATIONS)}
    if any(counter[""] for counter in (held, announced, off)):
        names[""] = _("not recorded")
    rows = [(name, held[code], announced[code], off[code]) for code, name in names.items()]
    rows = [row for row in rows if any(row[1:])]
    columns = [_("Region"), _("Recorded as held"), _("Whether held is not recorded"), _("Cancelled or postponed")]
    return table_block("regions", _("Joint activities by region"), columns, rows, "")
