"""The tables that are pages and files alike: subjects, and offices by subject."""

from operator import attrgetter
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iscg_portal.collation import collated
from iscg_portal.identifiers import EXPLANATION
from iscg_portal.languages import with_commas
from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import sheet_columns
from iscg_portal.tenure.office_on import OfficeOn, OfficeState
from iscg_portal.translated import TITLE
from members.tables import holder_object, office_columns, seat_object, state_object
from subjects.models import Subject

NOT_PUBLIC = "name not public"


def subjects_table(subjects, on) -> Table:
    """One row a subject; the files need subjects read `on` the day."""
    return Table(
        "subjects",
        [
            Column("code", _("Code"), _("short name of the subject"), sort=("code",)),
            Column("slug", explanation=_("the last part of the address of its page")),
            TITLE.in_table(_("Subject"), sort=(collated(),)),
            Column("scope", _("Sectors"), pgettext("code", "the Sectors concerned: R, T, D, GS")),
            Column(
                "state",
                _("On the list"),
                _(
                    "listed, day-not-recorded (on the list, since when is not recorded), delisted, not-listed-yet, or"
                    " not-recorded (whether it is on the list)"
                ),
                attrgetter("listing.state"),
            ),
            *_listing_columns(),
            Column("mandates", explanation=_("the resolutions behind it on the day"), value=_mandates),
            Column("theme_rule", _("Theme rule"), _("met, not met or cannot be told"), attrgetter("theme.verdict")),
            Column("theme_rule_rests_on", "", _("on which resolutions that rests"), attrgetter("theme.sentence")),
            Column(
                "mandates_recorded_from",
                explanation=_("the day from which every mandate is on record; empty where that is not known"),
            ),
            *_columns_of_offices(on),
            Column("wikidata", explanation=EXPLANATION, value=lambda row: row.wikidata or None),
            *sheet_columns(SOURCED_FIELDS),
        ],
        subjects,
        as_on=on,
        json_row=lambda row: subject_object(row, on),
    )


def _columns_of_offices(on):
    return [
        Column("coordinator_state", _("Coordinator"), _("held, vacant or not recorded"), attrgetter("office.state")),
        Column(
            "coordinator",
            "",
            _("the Coordinator as printed, with the country"),
            lambda row: row.office.tenure and _printed(row.office.tenure, on),
        ),
        Column(
            "focal_points",
            "",
            _("Focal Points, each after the body; vacant or not recorded for a body without one"),
            lambda row: list(_focal_points(row, on)),
        ),
    ]


def _listing_columns():
    def column(key, explanation, field):
        return Column(key, "", explanation, lambda row: row.listing.listing and getattr(row.listing.listing, field))

    return [
        column("listed_on", _("first day on the list"), "starts_on"),
        Column("listed_precision", "", _("how exactly that is known"), _listed_precision),
        column("delisted_on", _("first day after it"), "ends_on"),
        column("delisted_precision", _("how exactly that is known"), "ends_precision"),
    ]


def _listed_precision(row):
    listing = row.listing.listing
    return listing.starts_precision if listing and listing.starts_on else None


def _printed(tenure, on):
    """“Ms Ina Sample (Japan), last confirmed 4 May 2024” for a cell; a name that is not public as words that say so."""
    return with_commas((tenure.printed_in_full or NOT_PUBLIC, tenure.old_evidence(on)))


def _focal_points(row, on):
    """“RAG: Ms Ina Sample (Japan)” of each Focal Point, “TSAG: vacant” of a body without one."""
    for body in row.focal_point_bodies:
        for one in [_printed(held, on) for held in body.holders] or [body.office.state]:
            yield f"{body.body}: {one}"


def _mandates(row):
    return [resolution.citation for resolution in row.resolutions]


def subject_object(row, on) -> dict:
    """A subject of subjects.json. The shape is a promise to the outside world."""
    listing = row.listing.listing
    return {
        "code": row.code,
        "slug": row.slug,
        "title": row.title_shown,
        "scope": row.scope,
        "state": row.listing.state,
        "listed_on": listing.starts_on if listing else None,
        "listed_precision": _listed_precision(row),
        "delisted_on": listing.ends_on if listing else None,
        "delisted_precision": listing.ends_precision if listing else None,
        "mandates": [_mandate(mandate) for mandate in row.mandates_in_order],
        "mandates_recorded_from": row.mandates_recorded_from,
        "theme_rule": row.theme.as_data(),
        **_offices_of(row, on),
        "wikidata": row.wikidata or None,
        "source": row.source,
        "grade": row.grade,
        "indicative": row.indicative,
    }


def _mandate(mandate):
    """The resolution, and where it stands that it is a mandate."""
    cited = {name: getattr(mandate.resolution, name) for name in ("slug", "citation", "body", "number")}
    return cited | {name: getattr(mandate, name) for name in ("source", "grade", "indicative")}


def _offices_of(row, on):
    """The Coordinator with the decisions that appointed him or her, the Focal Points, and the state of each body."""
    return {
        "coordinator": seat_object(row.office, on),
        "appointed_by": [_decision(one) for one in row.office.tenure.decisions] if row.office.tenure else [],
        "focal_points": [focal_point_object(focal_point, on) for focal_point in row.focal_points],
        "focal_point_states": [state_object(body.office) | {"for": body.body} for body in row.focal_point_bodies],
    }


def _decision(appointment):
    names = ("group", "decided_on", "document", "document_url")
    return {name: getattr(appointment, name) for name in names}


def focal_point_object(focal_point, on) -> dict:
    """HOLDER with the body for which the Focal Point stands; the name is null where it is not public."""
    return holder_object(focal_point, on) | {"for": focal_point.body}


def coordinators_table(subjects, on) -> Table:
    """The page of Coordinators and Focal Points, and their JSON: one row a subject."""
    heads = [
        Column("code", _("Code"), sort=("code",)),
        Column("title", _("Subject"), sort=(collated(),)),
        Column("coordinator", _("Coordinator")),
        Column("focal_points", _("Focal Points of the advisory groups")),
        Column("secretariat", _("Focal points of the secretariat")),
    ]
    return Table("coordinators", heads, subjects, as_on=on, json_row=lambda row: _offices_object(row, on))


def _offices_object(row, on):
    return {
        "code": row.code,
        "slug": row.slug,
        "title": row.title_shown,
        "scope": row.scope,
        "list_state": row.listing.state,
        **_offices_of(row, on),
    }


def offices_table(subjects, on) -> Table:
    """The same as lines of CSV and XLSX: one for each subject's Coordinator and each Focal Point.

    A body without one has a line too, with its state.
    """
    return Table(
        "coordinators",
        [
            Column("code", "", _("short name of the subject"), attrgetter("subject.code")),
            Column("subject", "", TITLE.explanation, attrgetter("subject.title_shown")),
            Column(
                "list_state", "", _("the state of the subject on the list, as in the file of subjects"), _list_state
            ),
            Column("office", "", _("Coordinator or Focal Point"), attrgetter("name")),
            Column(
                "for",
                "",
                pgettext("code", "the body for which a Focal Point stands: RAG, TSAG, TDAG, BR, TSB, BDT or GS"),
                attrgetter("body"),
            ),
            *office_columns(on),
            Column(
                "appointed_by",
                "",
                _("of a Coordinator, the advisory groups that appointed, each with its document"),
                lambda row: [str(decision) for decision in getattr(row.office.tenure, "decisions", [])],
            ),
        ],
        [office for subject in subjects for office in _offices(subject)],
        as_on=on,
    )


def _list_state(row):
    return row.subject.listing.state


class _Office(NamedTuple):
    subject: Subject
    name: str
    body: str
    office: OfficeOn


def _offices(subject):
    yield _Office(subject, "Coordinator", "", subject.office)
    for body in subject.focal_point_bodies:
        for office in [OfficeOn(OfficeState.HELD, tenure) for tenure in body.holders] or [body.office]:
            yield _Office(subject, "Focal Point", body.body, office)
