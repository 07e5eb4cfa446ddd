"""Rows as the tables of pages show them: each is made from what is public of a term, and remembered."""

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from iscg_portal.fragments import joined, remembered
from iscg_portal.sourced import source_cell
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.models import print_vacant_since
from members.composition import SECTOR_OF_GROUP, group_of
from members.url_base import url_base

CSS_OF_STATE = {"held": "held", "vacant": "vacant", "not recorded": "unrecorded"}


@remembered
def pages_of_composition(here, day_query=""):
    """Links to the three pages of the composition; `here` is the one that is open."""
    return render_to_string("members/_here.html", {"here": here, "asked": day_query})


def state_word(term, state):
    """The word for a term's state on a day; where only *by* or *after* is known, what the record can say."""
    if state == "upcoming":
        return _("not recorded yet") if term.starts_precision == "by" else _("upcoming")
    if state == "ended":
        return _("no longer recorded") if term.ends_precision == "after" else _("ended")
    return _("in office")


def seat_name(code):
    """The name of a seat, with the mark of its Sector."""
    group = group_of(code)
    if not group:
        return _("Chair")
    sector = SECTOR_OF_GROUP[group]
    mark = '<span class="sector {}" aria-hidden="true">{}</span> {}'
    return format_html(mark, sector.lower(), sector, group)


def seat_rows(composed):
    """The rows of the composition, the Chair's first, under the names of the groups."""
    return _seat_rows(composed.chair, composed.groups, tuple(group.name.lang for group in composed.groups))


@remembered
def _seat_rows(chair, groups, languages):
    blocks = [{"label": seat_name(chair.code), "rows": [_seat_cells(chair)]}]
    for group, language in zip(groups, languages, strict=True):
        rows = [_seat_cells(seat) for seat in group.seats]
        blocks.append({"label": seat_name(group.seats[0].code), "name": group.name, "lang": language, "rows": rows})
    return render_to_string("members/_seat_rows.html", {"groups": blocks})


def _seat_cells(seat):
    office = seat.office
    if office.tenure:
        return holder_cells(office.tenure)
    since = print_vacant_since(office) if office.state == "vacant" else ""
    return {"state": office.state, "css": CSS_OF_STATE[office.state], "vacant": since}


def holder_cells(term):
    """The cells of a term: who, for which country, from when to when, and where that stands."""
    return {
        "person": str(term.person),
        "url": person_url(term.person),
        "country": term.sits_for,
        "when": term.when,
        "confirmed": print_date(term.last_confirmed_on) if term.last_confirmed_on else "",
        "source": source_cell(term),
    }


def person_url(person):
    """The address of a person's page."""
    return f"{url_base('members:person-detail')}{person.slug}/"


def term_rows(terms, on):
    """The rows of the history: one a term."""
    return joined(_term_row(term, term.state_on(on)) for term in terms)


@remembered
def _term_row(term, state):
    cells = holder_cells(term) | {"seat": seat_name(term.seat_id), "state": state_word(term, state)}
    return render_to_string("members/_term_row.html", {"row": cells})


def office_rows(offices):
    """The rows of a person's page: one an office."""
    return joined(_office_row(office, office.subject_title.lang) for office in offices)


@remembered
def _office_row(office, language):
    title, subjects = office.subject_title, url_base("subjects:subject-detail")
    cells = holder_cells(office.term) | {
        "label": office.label,
        "about": f"{office.subject_code}: {title}" if title else office.subject_code,
        "about_url": f"{subjects}{office.subject_slug}/",
        "lang": language,
        "state": state_word(office.term, office.state),
        "decision": office.term.starts_decision,
        "decision_url": office.term.starts_decision_url,
    }
    return render_to_string("members/_office_row.html", {"row": cells})
