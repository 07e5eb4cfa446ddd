"""Everything that the page of one subject says on a day (clauses F1, A0, A2, A3), read in six queries."""

import datetime
from typing import NamedTuple

from iscg_portal.prepared import ask
from iscg_portal.tenure.models import OfficeOn, office_on
from iscg_portal.translated import Text, columns_of, first_text
from subjects.holders import COORDINATOR_FIELDS, Office, public_coordinator
from subjects.listing import ListingOn, listing_on
from subjects.models import Coordinator, Listing, Mandate, Partnership, Subject
from subjects.register import PERIOD, SECTORS, Cited, Listed, focal_points_of, scope
from subjects.resolutions_on import RevisionRow
from subjects.theme_rule import Verdict, judge

OWN = ("pk", "code", *SECTORS.values(), "recorded_from", "source", "indicative", "original_language")
TEXTS = columns_of("title") + columns_of("summary")
LISTING = (*PERIOD, "document", "document_url", "source", "indicative")
REPLACED_BY = tuple(f"resolution__replaced_by__{name}" for name in Cited._fields)


class Decision(NamedTuple):
    """An advisory group's appointment of a Coordinator."""

    group: str
    decided_on: datetime.date | None
    document: str
    document_url: str


class Appointed(NamedTuple):
    """A Coordinator with the decisions of the groups that appointed that person."""

    office: Office
    decisions: list[Decision]


class MandateOn(NamedTuple):
    """A resolution behind the subject on the day, with its newest revision and what replaced it."""

    resolution: Cited
    title: Text
    newest: RevisionRow | None
    replaced_by: Cited | None
    indicative: bool


class ListedBy(NamedTuple):
    """A time on the list with the decision behind it."""

    listing: Listed
    document: str
    document_url: str
    source: str
    indicative: bool


class PartnerRow(NamedTuple):
    """A partner organization (clause A2)."""

    abbreviation: str
    name: Text
    url: str
    indicative: bool


class Dossier(NamedTuple):
    """A subject on a day, with its history."""

    code: str
    title: Text
    summary: Text
    scope: tuple[str, ...]
    source: str
    indicative: bool
    mandates: list[MandateOn]
    theme: Verdict
    office: OfficeOn
    coordinators: list[Appointed]
    focal_points: tuple[Office, ...]
    partners: list[PartnerRow]
    listing: ListingOn
    listings: list[ListedBy]


def dossier(slug, on) -> Dossier | None:
    """The subject at this address as it stands on a day, or None."""
    found = ask(_subject, slug)
    if not found:
        return None
    pk, code, *in_sectors, recorded_from, source, indicative, original = found[0][: len(OWN)]
    texts = found[0][len(OWN) :]
    half = len(texts) // 2
    mandates, coordinators, listings = _mandates(pk, on), _coordinators(pk), _listings(pk)
    return Dossier(
        code,
        first_text(texts[:half], original),
        first_text(texts[half:], original),
        scope(*in_sectors),
        source,
        indicative,
        mandates,
        judge(mandate.resolution for mandate in mandates),
        office_on(on, recorded_from, [appointed.office for appointed in coordinators]),
        coordinators,
        focal_points_of(pk, on),
        [PartnerRow(row[0], first_text(row[4:], row[3]), row[1], row[2]) for row in ask(_partners, pk)],
        listing_on(on, [row.listing for row in listings]),
        listings,
    )


def _subject(slug):
    return Subject.objects.rewrite(False).filter(slug=slug).values_list(*OWN, *TEXTS)


def _coordinators(pk):
    """The newest first. A Coordinator has a row for each appointment, one without any has one."""
    found = {}
    for key, *values in ask(_coordinator_values, pk):
        office, decision = values[: len(COORDINATOR_FIELDS)], values[len(COORDINATOR_FIELDS) :]
        appointed = found.setdefault(key, Appointed(public_coordinator(office), []))
        if decision[0]:
            appointed.decisions.append(Decision(*decision))
    return list(found.values())


def _coordinator_values(pk):
    coordinators = Coordinator.objects.filter(subject_id=pk).order_by("-starts_on", "pk", "appointments__group")
    decision = (f"appointments__{name}" for name in Decision._fields)
    return coordinators.values_list("pk", *COORDINATOR_FIELDS, *decision)


def _mandates(pk, on):
    """In the order in which they are printed. A resolution has a row for each revision, the newest first."""
    found = {}
    own, by, revision = len(Cited._fields), len(REPLACED_BY), len(RevisionRow._fields)
    for key, indicative, *values in ask(_mandate_values, pk, on):
        if key in found:
            continue
        newest, original, *titles = values[own + by : own + by + revision], *values[own + by + revision :]
        replaced_by = values[own : own + by]
        found[key] = MandateOn(
            Cited(*values[:own]),
            first_text(titles, original),
            RevisionRow(*newest) if newest[-2] else None,  # every revision has a year
            Cited(*replaced_by) if replaced_by[0] else None,
            indicative,
        )
    return sorted(found.values(), key=lambda mandate: mandate.resolution.printed_order)


def _mandate_values(pk, on):
    mandates = Mandate.objects.covering(on).filter(subject_id=pk)
    revision = [f"resolution__revisions__{name}" for name in RevisionRow._fields]
    titles = [f"resolution__{name}" for name in ("original_language", *columns_of("title"))]
    resolution = [f"resolution__{name}" for name in Cited._fields]
    mandates = mandates.order_by("-resolution__revisions__year", "-resolution__revisions__number")
    return mandates.values_list("pk", "indicative", *resolution, *REPLACED_BY, *revision, *titles)


def _listings(pk):
    return [ListedBy(Listed(*row[: len(PERIOD)]), *row[len(PERIOD) :]) for row in ask(_listing_values, pk)]


def _listing_values(pk):
    return Listing.objects.filter(subject_id=pk).order_by("-starts_on").values_list(*LISTING)


def _partners(pk):
    partners = Partnership.objects.filter(subject_id=pk).order_by("partner__abbreviation")
    names = (f"partner__{name}" for name in ("original_language", *columns_of("name")))
    return partners.values_list("partner__abbreviation", "partner__url", "indicative", *names)
