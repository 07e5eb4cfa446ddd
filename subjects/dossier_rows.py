"""A subject's dossier as its page prints it."""

from django.utils.translation import gettext as _

from iscg_portal.dates import print_date
from iscg_portal.tabular import Column, Table
from members.rows import holder_row, source_of
from members.url_base import url_base
from subjects.listing import STATES, UNDATED, period_phrases
from subjects.rows import focal_point_cells, office_cells, replacement_cells, verdict_words


def dossier_cells(dossier, day_query=""):
    """What the template reads beside the history of the Coordinators."""
    people, office = url_base("members:person-detail"), dossier.office
    return {
        "listing": STATES[UNDATED] if dossier.listing.state == UNDATED else dossier.listing.phrase,
        "verdict": verdict_words()[dossier.theme.verdict],
        "rests_on": dossier.theme.sentence,
        "office": office_cells()(office),
        "tenure": holder_row(office.tenure) if office.tenure else None,
        "decisions": decisions_behind(dossier),
        "focal_points": [focal_point_cells(focal_point, people) for focal_point in dossier.focal_points],
        "mandates": list(mandate_rows(dossier.mandates, day_query)),
        "partners": dossier.partners,
        "listings": listing_rows(dossier.listings),
        **source_of(dossier),
    }


def decisions_behind(dossier):
    """The decisions that appointed the Coordinator of the day."""
    holder = dossier.office.tenure
    found = (appointed.decisions for appointed in dossier.coordinators if appointed.office is holder)
    return [decision_cells(decision) for decision in next(found, [])]


def decision_cells(decision):
    """One advisory group's appointment as printed."""
    return {
        "group": decision.group,
        "document": decision.document,
        "url": decision.document_url,
        "day": print_date(decision.decided_on) if decision.decided_on else "",
    }


def mandate_rows(mandates, day_query):
    """The rows of the mandates: the resolution, its title, its newest text, and what replaced it."""
    base = url_base("subjects:resolution-detail")
    for mandate in mandates:
        yield {
            "citation": mandate.resolution.citation,
            "url": f"{base}{mandate.resolution.slug}/{day_query}",
            "title": mandate.title,
            "lang": mandate.title.lang,
            "revision": mandate.newest.adopted_at if mandate.newest else "",
            "text_url": mandate.newest.url if mandate.newest else "",
            "replaced_by": replacement_cells(mandate, base),
            "indicative": mandate.indicative,
        }


def listing_rows(listings):
    """The times on the list, where they say more than the state of the day does."""
    telling = len(listings) > 1 or any(row.document for row in listings)
    return [listing_cells(row) for row in listings] if telling else []


def listing_cells(row):
    """One time on the list: from when to when, by which decision."""
    begun, taken_off = period_phrases(row.listing)
    return {
        "from": begun,
        "to": taken_off,
        "document": row.document,
        "url": row.document_url,
        "indicative": row.indicative,
    }


def coordinators_table(coordinators) -> Table:
    """The history of a subject's Coordinators. It has no files."""
    heads = [("person", _("Coordinator")), ("country", _("Country")), ("when", _("In office"))]
    heads += [("appointed", _("Appointed by")), ("source", _("Source"))]
    return Table("history", [Column(key, label) for key, label in heads], coordinators)


def coordinator_rows(coordinators):
    """The rows of the history."""
    people = url_base("members:person-detail")
    for appointed in coordinators:
        yield holder_row(appointed.office) | {
            "url": f"{people}{appointed.office.person.slug}/",
            "decisions": [decision_cells(decision) for decision in appointed.decisions],
        }
