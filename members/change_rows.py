"""Events and corrections as the page of changes prints them."""

import datetime

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from iscg_portal.dates import print_date
from iscg_portal.tenure import Tenure
from members.rows import person_url, safe, seat_names
from members.url_base import url_base

A_DAY = datetime.timedelta(days=1)


def _words():
    return {
        "began": safe(_("took office")),
        "ended": safe(_("left office")),
        "first recorded": safe(_("first recorded in office")),
        "last recorded": safe(_("last recorded in office")),
        "record begins": safe(_("the record of this seat begins")),
    }


def entry_rows(entries):
    """One row an entry."""
    words, names, people = _words(), seat_names(), url_base("members:person-detail")
    ways = {way.value: safe(way.label) for way in Tenure.HowEnded}
    for entry in entries:
        day, precision, remark = _day_and_remark(entry, ways)
        row = {
            "iso": mark_safe(day.isoformat()),
            "day": safe(print_date(day, precision)),
            "seat": names.get(entry.seat_id, entry.seat_id),
            "what": words[entry.kind],
        }
        if entry.term:
            row["person"] = safe(str(entry.term.person))
            row["url"] = person_url(people, entry.term.person)
            row["country"] = safe(entry.term.sits_for)
            row["remark"] = words["record begins"] if entry.record_begins else remark
        yield row


def _day_and_remark(entry, ways):
    """The day as exactly as it is known, and the document or the way in which the office ended."""
    term = entry.term
    if entry.kind == "began":
        return entry.on, term.starts_precision, term.starts_decision
    if entry.kind == "ended":
        return entry.on, term.ends_precision, ways.get(term.how_ended, "")
    return entry.on - A_DAY if entry.kind == "last recorded" else entry.on, "day", ""


def correction_rows(found):
    """One row a removed row."""
    names, people = seat_names(), url_base("members:person-detail")
    for correction in found:
        person = correction.person
        yield {
            "iso": correction.removed_on.isoformat(),
            "day": print_date(correction.removed_on),
            "seat": names.get(correction.seat_id, correction.seat_id),
            "person": str(person) if person else _("a person whose name is not public"),
            "url": person_url(people, person) if person else "",
            "said": correction.said,
            "reason": correction.reason,
        }
