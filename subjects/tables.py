"""The tables that are pages and files alike: subjects, offices by subject, resolutions."""

from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table
from iscg_portal.tenure.models import OfficeOn
from members.tables import holder_columns, holder_object, seat_object, vacancy_columns

NOT_PUBLIC = "name not public"


def subjects_table(subjects, on, number=None) -> Table:
    """One row a subject; the files need subjects read `on` the day. `number` is how many there are, if known."""
    return Table(
        "subjects",
        [
            Column("code", _("Code"), lambda row: row.code, sort=("code",)),
            Column("slug", value=lambda row: row.slug),
            Column("title", _("Subject"), lambda row: row.title_shown, sort=("printed_title",)),
            Column("scope", _("Sectors"), lambda row: row.scope),
            Column("state", _("On the list"), lambda row: row.listing.state),
            *_listing_columns(),
            Column("mandates", value=lambda row: [resolution.citation for resolution in row.resolutions]),
            Column("theme_rule", _("Theme rule"), lambda row: row.theme.verdict),
            Column("theme_rule_rests_on", value=lambda row: row.theme.sentence),
            Column("coordinator_state", _("Coordinator"), lambda row: row.office.state),
            Column("coordinator", value=lambda row: _printed(row.office.tenure)),
            Column("focal_points", value=lambda row: [f"{fp.body}: {_printed(fp)}" for fp in row.focal_points]),
            Column("source", value=lambda row: row.source),
            Column("indicative", value=lambda row: row.indicative),
        ],
        subjects.with_printed_title(),
        as_on=on,
        json_row=subject_object,
        number=number,
    )


def _listing_columns():
    def column(key, field):
        return Column(key, value=lambda row: getattr(row.listing.listing, field) if row.listing.listing else None)

    return [
        column("listed_on", "starts_on"),
        Column("listed_precision", value=_listed_precision),
        column("delisted_on", "ends_on"),
        column("delisted_precision", "ends_precision"),
    ]


def _listed_precision(row):
    listing = row.listing.listing
    return listing.starts_precision if listing and listing.starts_on else None


def _printed(tenure):
    """“Ms Ina Sample (Japan)” for a cell; where the name is not public, only the words that say so."""
    if tenure is None:
        return ""
    name = tenure.printed_name or NOT_PUBLIC
    return f"{name} ({tenure.sits_for})" if tenure.sits_for else name


def subject_object(row) -> dict:
    """A subject of subjects.json. The shape is a promise to the outside world."""
    listing = row.listing.listing
    return {
        "code": row.code,
        "slug": row.slug,
        "title": row.title_shown,
        "scope": row.scope,
        "listed_on": listing.starts_on if listing else None,
        "delisted_on": listing.ends_on if listing else None,
        "mandates": [
            {name: getattr(resolution, name) for name in ("slug", "citation", "body", "number")}
            for resolution in row.resolutions
        ],
        "theme_rule": row.theme.as_data(),
        "coordinator": seat_object(row.office),
        "focal_points": [focal_point_object(focal_point) for focal_point in row.focal_points],
        "source": row.source,
        "indicative": row.indicative,
    }


def focal_point_object(focal_point) -> dict:
    """HOLDER with the body for which the Focal Point stands; the name is null where it is not public."""
    return holder_object(focal_point) | {"for": focal_point.body}


def coordinators_table(subjects, on) -> Table:
    """The page of Coordinators and Focal Points, and their JSON: one row a subject."""
    heads = [
        Column("code", _("Code"), sort=("code",)),
        Column("title", _("Subject"), sort=("printed_title",)),
        Column("coordinator", _("Coordinator")),
        Column("focal_points", _("Focal Points of the advisory groups")),
        Column("secretariat", _("Focal points of the secretariat")),
    ]
    return Table("coordinators", heads, subjects.with_printed_title(), as_on=on, json_row=_offices_object)


def _offices_object(row):
    return {
        "code": row.code,
        "slug": row.slug,
        "title": row.title_shown,
        "scope": row.scope,
        "coordinator": seat_object(row.office),
        "focal_points": [focal_point_object(focal_point) for focal_point in row.focal_points],
    }


def offices_table(subjects, on) -> Table:
    """The same as lines of CSV and XLSX: one for each subject's Coordinator, one for each Focal Point."""
    offices = [office for subject in subjects for office in _offices(subject)]
    return Table(
        "coordinators",
        [
            Column("code", value=lambda office: office["subject"].code),
            Column("subject", value=lambda office: office["subject"].title_shown),
            Column("office", value=lambda office: office["office"]),
            Column("for", value=lambda office: office["for"]),
            Column("state", value=lambda office: office["on"].state),
            *holder_columns(lambda office: office["tenure"]),
            *vacancy_columns(lambda office: office["on"]),
        ],
        offices,
        as_on=on,
    )


def _offices(subject):
    office = subject.office
    yield {"subject": subject, "office": "Coordinator", "for": "", "tenure": office.tenure, "on": office}
    for tenure in subject.focal_points:
        held = OfficeOn("held", tenure)
        yield {"subject": subject, "office": "Focal Point", "for": tenure.body, "tenure": tenure, "on": held}


def resolutions_table(resolutions, on) -> Table:
    """One row a resolution, with its revisions and the subjects that rest on it on the day."""
    return Table(
        "resolutions",
        [
            Column("citation", _("Resolution"), lambda row: row.citation, sort=("place", "number")),
            Column("slug", value=lambda row: row.slug),
            Column("body", value=lambda row: row.body),
            Column("number", value=lambda row: row.number),
            Column("title", _("Title"), lambda row: row.title_shown),
            Column("calls_for_coordination", value=lambda row: row.calls_for_coordination),
            Column("revisions", _("Newest revision"), _cited_revisions),
            Column("replaced_by", _("Replaced by"), lambda row: row.replaced_by and row.replaced_by.citation),
            Column("subjects", _("Subjects that rest on it"), lambda row: [each.code for each in row.subjects_on_day]),
            Column("source", value=lambda row: row.source),
            Column("indicative", value=lambda row: row.indicative),
        ],
        resolutions,
        as_on=on,
        json_row=resolution_object,
    )


def _cited_revisions(resolution):
    return [revision.citation_of(resolution) for revision in resolution.revisions.all()]


def resolution_object(resolution) -> dict:
    """A resolution of resolutions.json, its revisions newest first."""
    return {
        "slug": resolution.slug,
        "body": resolution.body,
        "number": resolution.number,
        "citation": resolution.citation,
        "title": resolution.title_shown,
        "calls_for_coordination": resolution.calls_for_coordination,
        "revisions": [
            {
                "citation": revision.citation_of(resolution),
                "number": revision.number,
                "place": revision.place,
                "year": revision.year,
                "url": revision.url,
            }
            for revision in resolution.revisions.all()
        ],
        "replaced_by": resolution.replaced_by and resolution.replaced_by.slug,
        "subjects": [subject.code for subject in resolution.subjects_on_day],
        "source": resolution.source,
        "indicative": resolution.indicative,
    }
