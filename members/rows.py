"""Rows as the tables of pages show them: everything a template prints, worked out before it loops.

Rows are dictionaries, the quickest thing for a template to read.
"""

from django.utils.translation import gettext as _

from iscg_portal.dates import print_date
from iscg_portal.sourced import source_html
from iscg_portal.tenure import print_vacant_since
from members.composition import SECTOR_OF_GROUP, group_of
from members.url_base import url_base

CSS_OF_STATE = {"held": "held", "vacant": "vacant", "not recorded": "unrecorded"}


def state_words():
    """The words for a term's state on a day."""
    return {"in office": _("in office"), "ended": _("ended"), "upcoming": _("upcoming")}


def seat_rows(composed):
    """The composition's groups with their rows, the Chair's first."""
    yield {"code": _("Chair"), "name": "", "sector": "", "rows": [_seat_row(composed.chair)]}
    for group in composed.groups:
        rows = [_seat_row(seat) for seat in group.seats]
        yield {
            "code": group.code,
            "name": group.name,
            "lang": group.name.lang,
            "sector": SECTOR_OF_GROUP[group.code],
            "rows": rows,
        }


def _seat_row(seat):
    office = seat.office
    row = {"state": office.state, "css": CSS_OF_STATE[office.state]}
    if office.tenure:
        return row | holder_row(office.tenure)
    return row | {"vacant": print_vacant_since(office) if office.state == "vacant" else ""}


def holder_row(tenure):
    """What every table says of a term: who, for which country, from when to when, and where that stands."""
    since, until = tenure.since, tenure.until
    return {
        "person": str(tenure.person),
        "slug": tenure.person.slug,
        "country": tenure.sits_for,
        "since": since,
        "until": until,
        "when": _("%(since)s, %(until)s") % {"since": since, "until": until} if until else since,
        "confirmed": print_date(tenure.last_confirmed_on) if tenure.last_confirmed_on else "",
        **source_of(tenure),
    }


def source_of(record):
    """Where a fact comes from, with its web addresses as links, and whether it is indicative."""
    return {"source": source_html(record.source), "indicative": record.indicative}


def term_rows(terms, on):
    """The rows of the history: one a term."""
    words, chair = state_words(), _("Chair")
    for term in terms:
        group, state = group_of(term.seat_id), term.state_on(on)
        yield holder_row(term) | {
            "seat": group or chair,
            "sector": SECTOR_OF_GROUP.get(group, ""),
            "state": state,
            "state_word": words[state],
        }


def office_rows(offices):
    """The rows of a person's page: one an office."""
    words, subject_url = state_words(), url_base("subjects:subject-detail")
    for office in offices:
        title = office.subject_title
        yield holder_row(office.term) | {
            "label": office.label,
            "about": f"{office.subject_code}: {title}" if title else office.subject_code,
            "about_url": f"{subject_url}{office.subject_slug}/",
            "lang": title.lang,
            "state": office.state,
            "state_word": words[office.state],
            "decision": office.term.starts_decision,
            "decision_url": office.term.starts_decision_url,
        }
