"""The summary of a report: its figures have three states, and what is not recorded is no zero (rule 16)."""

from collections import Counter

from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import print_date
from subjects.models.listings import UNDATED


def summary_of(facts):
    """The figures of the period and of its last day, in the active language."""
    said = _(
        "On %(day)s, of the seven seats: %(seats)s. Subjects on the list: %(subjects)s. In the period, meetings of the "
        "group and its Coordinators that are recorded as held: %(meetings)s; changes on record: %(changes)s."
    )
    figures = {
        "day": print_date(facts.as_on),
        "seats": _seats_by_state(facts),
        "subjects": _subjects_on_the_list(facts),
        "meetings": _or_not_recorded(len(facts.meetings)),
        "changes": _or_not_recorded(len(facts.events)),
    }
    if not facts.announced:
        return said % figures
    others = _("Announced, and whether held is not recorded: %(count)d.") % {"count": len(facts.announced)}
    return f"{said % figures} {others}"


def _seats_by_state(facts):
    """“held 5, vacant 1, not recorded 1”; “not recorded” where nothing is known of any."""
    states = Counter(seat.office.label for seat in facts.composition.seats)
    if len(states) == 1:
        return _("all seven %(state)s") % {"state": next(iter(states))}
    return ", ".join(f"{state} {count}" for state, count in states.items())


def _subjects_on_the_list(facts):
    undated = sum(subject.listing.state == UNDATED for subject in facts.listed)
    figures = {"count": len(facts.listed), "undated": undated, "unknown": len(facts.unlisted)}
    said = _("%(count)d (since when is not recorded of %(undated)d)") % figures if undated else ""
    said = said or _or_not_recorded(len(facts.listed))
    if not facts.listed or not facts.unlisted:
        return said
    return _("%(said)s; whether %(unknown)d more were on it is not recorded") % (figures | {"said": said})


def _or_not_recorded(count):
    """The figure; a record without a row does not say that there was none."""
    return str(count) if count else _("not recorded")
