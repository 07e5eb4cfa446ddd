"""Rows as the tables of pages show them: everything a template prints, worked out before it loops.

Rows are dictionaries, the quickest thing for a template to read; their texts are escaped once and remembered.
"""

from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from iscg_portal.dates import print_date
from iscg_portal.sourced import source_cell, source_html
from iscg_portal.tenure import print_vacant_since
from members.composition import SECTOR_OF_GROUP
from members.models.groups import CHAIR
from members.url_base import url_base

CSS_OF_STATE = {"held": "held", "vacant": "vacant", "not recorded": "unrecorded"}

# Names, countries and days come again in row after row.
safe = lru_cache(maxsize=20_000)(escape)


def state_words():
    """The words for a term's state on a day."""
    return {"in office": safe(_("in office")), "ended": safe(_("ended")), "upcoming": safe(_("upcoming"))}


def seat_names():
    """The name of each seat by its code, with the mark of its Sector."""
    mark = '<span class="sector {}" aria-hidden="true">{}</span> {}'
    names = {CHAIR: safe(_("Chair"))}
    for group, sector in SECTOR_OF_GROUP.items():
        names[f"{group}1"] = names[f"{group}2"] = format_html(mark, sector.lower(), sector, group)
    return names


def seat_rows(composed):
    """The composition's groups with their rows, the Chair's first."""
    names, people = seat_names(), url_base("members:person-detail")
    yield {"label": names[CHAIR], "rows": [_seat_row(composed.chair, people)]}
    for group in composed.groups:
        rows = [_seat_row(seat, people) for seat in group.seats]
        yield {"label": names[group.seats[0].code], "name": group.name, "lang": group.name.lang, "rows": rows}


def _seat_row(seat, people):
    office = seat.office
    if office.tenure:
        return holder_cells(office.tenure, people)
    since = print_vacant_since(office) if office.state == "vacant" else ""
    return {"state": office.state, "css": CSS_OF_STATE[office.state], "vacant": since}


def holder_cells(term, people):
    """The cells of a term: who, for which country, from when to when, and where that stands."""
    confirmed = term.last_confirmed_on
    return {
        "person": safe(str(term.person)),
        "url": person_url(people, term.person),
        "country": safe(term.sits_for),
        "when": safe(term.when),
        "confirmed": safe(print_date(confirmed)) if confirmed else "",
        "source": source_cell(term),
    }


def person_url(people, person):
    """The address of a person's page."""
    return safe(f"{people}{person.slug}/")


def term_rows(terms, on):
    """The rows of the history: one a term."""
    words, names, people = state_words(), seat_names(), url_base("members:person-detail")
    for term in terms:
        row = holder_cells(term, people)
        row["seat"] = names[term.seat_id]
        row["state"] = words[term.state_on(on)]
        yield row


def office_rows(offices):
    """The rows of a person's page: one an office."""
    words, subjects = state_words(), url_base("subjects:subject-detail")
    for office in offices:
        title = office.subject_title
        yield holder_cells(office.term, "") | {
            "label": office.label,
            "about": f"{office.subject_code}: {title}" if title else office.subject_code,
            "about_url": f"{subjects}{office.subject_slug}/",
            "lang": title.lang,
            "state": words[office.state],
            "decision": office.term.starts_decision,
            "decision_url": office.term.starts_decision_url,
        }


def holder_row(tenure):
    """What tables of other apps say of a term: who, for which country, from when to when, and where that stands."""
    return {
        "person": str(tenure.person),
        "slug": tenure.person.slug,
        "country": tenure.sits_for,
        "since": tenure.since,
        "until": tenure.until,
        "confirmed": print_date(tenure.last_confirmed_on) if tenure.last_confirmed_on else "",
        **source_of(tenure),
    }


def source_of(record):
    """Where a fact comes from, with its web addresses as links, and whether it is indicative."""
    return {"source": source_html(record.source), "indicative": record.indicative}
