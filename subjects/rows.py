"""Rows as the pages' tables show them: each is made from the facts of one subject or resolution, and remembered."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from iscg_portal.fragments import remembered
from iscg_portal.tenure.models import print_vacant_since
from members.rows import CSS_OF_STATE
from members.url_base import url_base
from subjects.theme_rule import CANNOT_BE_TOLD, MET, NOT_MET


def verdict_words():
    """The three verdicts of the theme rule."""
    return {MET: _("met"), NOT_MET: _("not met"), CANNOT_BE_TOLD: _("cannot be told")}


def state_words():
    """The two states of an office without a holder."""
    return {"vacant": _("vacant"), "not recorded": _("not recorded")}


def subject_rows(register_rows, day_query="", mark_indicative=False):
    """The rows of the list of subjects. `day_query` goes with the links to other pages of the day."""
    return _subject_row.each(register_rows, day_query, mark_indicative)


@remembered
def _subject_row(row, day_query, mark_indicative):
    cells = {
        **subject_cells(row, day_query),
        "listing": row.listing.phrase,
        "verdict": verdict_words()[row.theme.verdict],
        "rests_on": row.theme.sentence,
        "mark_indicative": mark_indicative and row.indicative,
        **office_cells(row.office),
    }
    return render_to_string("subjects/_subject_row.html", {"row": cells})


def subject_cells(subject, day_query=""):
    """The subject with its address, the language of its title where that fell back, and its Sectors."""
    return {
        "code": subject.code,
        "url": f"{url_base('subjects:subject-detail')}{subject.slug}/{day_query}",
        "title": subject.title,
        "lang": subject.title.lang,
        "scope": subject.scope,
    }


def office_cells(office):
    """The Coordinator's office on a day: who holds it, or its state."""
    if office.tenure:
        return holder_cells(office.tenure)
    since = print_vacant_since(office) if office.state == "vacant" else ""
    return {"state": state_words()[office.state], "css": CSS_OF_STATE[office.state], "vacant_since": since}


def holder_cells(tenure):
    """Who holds an office, for which country, and since when; the person is blank where the name is not public."""
    slug = tenure.person.slug
    return {
        "person": str(tenure.person),
        "person_url": f"{url_base('members:person-detail')}{slug}/" if slug else "",
        "country": tenure.sits_for,
        "since": tenure.since,
    }


def focal_point_cells(focal_point):
    """A Focal Point with the body for which it stands."""
    return holder_cells(focal_point) | {"body": focal_point.body}


def offices_rows(register_rows, day_query=""):
    """The rows of Coordinators and Focal Points: one a subject."""
    return _offices_row.each(register_rows, day_query)


@remembered
def _offices_row(row, day_query):
    cells = {
        **subject_cells(row, day_query),
        **office_cells(row.office),
        "of_groups": [focal_point_cells(each) for each in row.focal_points if not each.is_secretariat],
        "of_secretariat": [focal_point_cells(each) for each in row.focal_points if each.is_secretariat],
    }
    return render_to_string("subjects/_offices_row.html", {"row": cells})


def resolution_rows(resolutions, day_query=""):
    """The rows of the list of resolutions."""
    return _resolution_row.each(resolutions, day_query)


@remembered
def _resolution_row(row, day_query):
    newest = row.revisions[0] if row.revisions else None
    subjects = url_base("subjects:subject-detail")
    cells = {
        **resolution_cells(row, day_query),
        "title": row.title,
        "lang": row.title.lang,
        "indicative": row.indicative,
        "revision": newest.adopted_at if newest else "",
        "text_url": newest.url if newest else "",
        "replaced_by": row.replaced_by and resolution_cells(row.replaced_by, day_query),
        "subjects": [{"code": each.code, "url": f"{subjects}{each.slug}/{day_query}"} for each in row.subjects],
    }
    return render_to_string("subjects/_resolution_row.html", {"row": cells})


def resolution_cells(resolution, day_query=""):
    """A resolution as cited, with its address."""
    base = url_base("subjects:resolution-detail")
    return {"citation": resolution.citation, "url": f"{base}{resolution.slug}/{day_query}"}
