"""Events and corrections as the page of changes prints them."""

import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from iscg_portal.fragments import joined, remembered
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.models import Tenure
from members.rows import person_url, seat_name

A_DAY = datetime.timedelta(days=1)


def words_of_events():
    """What each kind of event is called."""
    return {
        "began": _("took office"),
        "ended": _("left office"),
        "first recorded": _("first recorded in office"),
        "last recorded": _("last recorded in office"),
        "record begins": _("the record of this seat begins"),
    }


def entry_rows(entries):
    """One row an entry."""
    return joined(map(_entry_row, entries))


@remembered
def _entry_row(entry):
    words, term = words_of_events(), entry.term
    day, precision, remark = _day_and_remark(entry)
    cells = {
        "iso": day.isoformat(),
        "day": print_date(day, precision),
        "seat": seat_name(entry.seat_id),
        "what": words[entry.kind],
    }
    if term:
        cells |= {"person": str(term.person), "url": person_url(term.person), "country": term.sits_for}
        cells["remark"] = words["record begins"] if entry.record_begins else remark
    return render_to_string("members/_entry_row.html", {"row": cells})


def _day_and_remark(entry):
    """The day as exactly as it is known, and the document or the way in which the office ended."""
    term = entry.term
    if entry.kind == "began":
        return entry.on, term.starts_precision, term.starts_decision
    if entry.kind == "ended":
        return entry.on, term.ends_precision, Tenure.HowEnded(term.how_ended).label if term.how_ended else ""
    return entry.on - A_DAY if entry.kind == "last recorded" else entry.on, "day", ""


def correction_rows(found):
    """One row a removed row."""
    for correction in found:
        person = correction.person
        yield {
            "iso": correction.removed_on.isoformat(),
            "day": print_date(correction.removed_on),
            "seat": seat_name(correction.seat_id),
            "person": str(person) if person else _("a person whose name is not public"),
            "url": person_url(person) if person else "",
            "said": correction.said,
            "reason": correction.reason,
        }
