"""Rows as the pages' tables show them: everything a template prints, worked out before it loops.

Rows are dictionaries, the quickest thing for a template to read.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.dates import print_since
from iscg_portal.tenure import print_vacant_since
from members.rows import CSS_OF_STATE
from members.url_base import url_base
from subjects.theme_rule import CANNOT_BE_TOLD, MET, NOT_MET


def verdict_words():
    """The three verdicts of the theme rule."""
    return {MET: _("met"), NOT_MET: _("not met"), CANNOT_BE_TOLD: _("cannot be told")}


def state_words():
    """The two states of an office without a holder."""
    return {"vacant": _("vacant"), "not recorded": _("not recorded")}


def subject_rows(register_rows, day_query=""):
    """The rows of the list of subjects: one a subject. `day_query` goes with the links to other pages of the day."""
    address, office = url_base("subjects:subject-detail"), office_cells()
    words = verdict_words()
    for row in register_rows:
        yield {
            **subject_cells(row, row.title, address, day_query),
            "on_the_list": row.listing.is_on_the_list,
            "listing": row.listing.phrase,
            "verdict": words[row.theme.verdict],
            "rests_on": row.theme.sentence,
            **office(row.office),
        }


def subject_cells(subject, title, base, day_query=""):
    """The subject with its address, the language of its title where that fell back, and its Sectors."""
    return {
        "code": subject.code,
        "url": f"{base}{subject.slug}/{day_query}",
        "title": title,
        "lang": title.lang,
        "sectors": sector_marks(tuple(subject.scope)),
        "indicative": subject.indicative,
    }


@lru_cache(maxsize=100)
def sector_marks(scope):
    """The marks of the Sectors as `components/_sector.html` writes them."""
    return mark_safe(render_to_string("components/_sector.html", {"sectors": scope}).strip())


def office_cells():
    """A function from an office on a day to the cells that print it."""
    people, words = url_base("members:person-detail"), state_words()

    def cells(office):
        if office.tenure:
            return holder_cells(office.tenure, people)
        since = print_vacant_since(office) if office.state == "vacant" else ""
        return {"state": words[office.state], "css": CSS_OF_STATE[office.state], "vacant_since": since}

    return cells


def holder_cells(tenure, people):
    """Who holds an office, for which country, and since when; the person is blank where the name is not public."""
    slug = tenure.person.slug
    return {
        "person": str(tenure.person),
        "person_url": f"{people}{slug}/" if slug else "",
        "country": tenure.sits_for,
        "since": since(tenure.starts_on, tenure.starts_precision, get_language()),
    }


@lru_cache(maxsize=4_000)
def since(day, precision, _language):
    """“since March 2016”, kept for the next row that needs it."""
    return print_since(day, precision)


def offices_rows(register_rows, day_query=""):
    """The rows of Coordinators and Focal Points: one a subject."""
    address, office, people = url_base("subjects:subject-detail"), office_cells(), url_base("members:person-detail")
    for row in register_rows:
        focal_points = [focal_point_cells(focal_point, people) for focal_point in row.focal_points]
        yield {
            **subject_cells(row, row.title, address, day_query),
            **office(row.office),
            "of_groups": [cells for cells in focal_points if not cells["secretariat"]],
            "of_secretariat": [cells for cells in focal_points if cells["secretariat"]],
        }


def focal_point_cells(focal_point, people):
    """A Focal Point with the body for which it stands."""
    cells = holder_cells(focal_point, people)
    return cells | {"body": focal_point.body, "secretariat": focal_point.is_secretariat}


def resolution_rows(resolutions, day_query=""):
    """The rows of the list of resolutions."""
    subject, resolution = url_base("subjects:subject-detail"), url_base("subjects:resolution-detail")
    for each in resolutions:
        newest = each.revisions[0] if each.revisions else None
        yield {
            "citation": each.citation,
            "url": f"{resolution}{each.slug}/{day_query}",
            "title": each.title,
            "lang": each.title.lang,
            "indicative": each.indicative,
            "revision": newest.adopted_at if newest else "",
            "text_url": newest.url if newest else "",
            "replaced_by": replacement_cells(each, resolution),
            "subjects": [{"code": row.code, "url": f"{subject}{row.slug}/{day_query}"} for row in each.subjects],
        }


def replacement_cells(resolution, base):
    """What replaced a resolution, with its address; None while it stands."""
    by = resolution.replaced_by
    return {"citation": by.citation, "url": f"{base}{by.slug}/"} if by else None
