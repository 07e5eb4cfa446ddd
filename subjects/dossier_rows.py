"""A subject's dossier as its page prints it."""

from django.utils.translation import gettext as _

from iscg_portal.sourced import source_cell
from iscg_portal.tables import Column, Table
from iscg_portal.tenure.dates import print_date
from subjects.listing import STATES, UNDATED, period_phrases
from subjects.rows import focal_point_cells, holder_cells, office_cells, resolution_cells, verdict_words


def dossier_cells(dossier, day_query=""):
    """What the template reads beside the history of the Coordinators."""
    office = dossier.office
    return {
        "listing": STATES[UNDATED] if dossier.listing.state == UNDATED else dossier.listing.phrase,
        "verdict": verdict_words()[dossier.theme.verdict],
        "rests_on": dossier.theme.sentence,
        "office": office_cells(office),
        "until": office.tenure.until if office.tenure else "",
        "confirmed": confirmed(office.tenure),
        "decisions": decisions_behind(dossier),
        "focal_points": [focal_point_cells(focal_point) for focal_point in dossier.focal_points],
        "mandates": list(mandate_rows(dossier.mandates, day_query)),
        "partners": dossier.partners,
        "listings": listing_rows(dossier.listings),
        "source": source_cell(dossier),
    }


def confirmed(tenure):
    """The day on which the office was last confirmed; blank where there is none."""
    return print_date(tenure.last_confirmed_on) if tenure and tenure.last_confirmed_on else ""


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
    for mandate in mandates:
        yield {
            **resolution_cells(mandate.resolution, day_query),
            "title": mandate.title,
            "lang": mandate.title.lang,
            "revision": mandate.newest.adopted_at if mandate.newest else "",
            "text_url": mandate.newest.url if mandate.newest else "",
            "replaced_by": mandate.replaced_by and resolution_cells(mandate.replaced_by, day_query),
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
    for appointed in coordinators:
        yield {
            **holder_cells(appointed.office),
            "until": appointed.office.until,
            "decisions": [decision_cells(decision) for decision in appointed.decisions],
            "source": source_cell(appointed.office),
        }
