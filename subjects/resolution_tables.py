"""The table of resolutions, which is page and files alike."""

from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import sheet_columns


def resolutions_table(resolutions=(), on=None) -> Table:
    """One row a resolution, with its revisions and the subjects that rest on it on the day."""
    return Table(
        "resolutions",
        [
            Column(
                "citation",
                _("Resolution"),
                pgettext("code", "as cited: PP Res. 191, ITU-R 75"),
                sort=("place", "number"),
            ),
            Column("slug", explanation=_("the last part of the address of its page")),
            Column("body", explanation=pgettext("code", "PP, RA, WRC, WTSA or WTDC")),
            Column("number", explanation=_("without the revision")),
            Column(
                "title",
                _("Title"),
                _("of the text in force on the day, in the language of the file"),
                attrgetter("title_of_day"),
            ),
            Column(
                "calls_for_coordination",
                explanation=_("yes, no, or empty where that is not recorded; counts for PP only"),
            ),
            *_columns_of_texts(),
            Column(
                "replaced_by",
                _("Replaced by"),
                _("the resolution that took its place"),
                lambda row: row.replaced_by and row.replaced_by.citation,
            ),
            Column("suppressed_in", explanation=_("the year of the conference that suppressed it")),
            Column(
                "subjects",
                _("Subjects that rest on it"),
                _("codes of the subjects that rest on it on the day"),
                lambda row: [subject.code for subject in row.subjects_on_day],
            ),
            *sheet_columns(SOURCED_FIELDS),
        ],
        resolutions,
        as_on=on,
        json_row=resolution_object,
    )


def _columns_of_texts():
    return [
        Column(
            "revisions",
            _("Text in force"),
            _("every revision with place and year, the newest first"),
            _cited_revisions,
        ),
        Column("in_force", "", _("the text in force on the day, as far as it is recorded"), _citation_in_force),
    ]


def _cited_revisions(resolution):
    return [revision.citation_of(resolution) for revision in resolution.revisions.all()]


def _citation_in_force(resolution):
    text = None if resolution.is_suppressed else resolution.text_of_day
    return text and text.citation_of(resolution)


def resolution_object(resolution) -> dict:
    """A resolution of resolutions.json, its revisions newest first."""
    return {
        "slug": resolution.slug,
        "body": resolution.body,
        "number": resolution.number,
        "citation": resolution.citation,
        "title": resolution.title_of_day,
        "calls_for_coordination": resolution.calls_for_coordination,
        "revisions": [
            {
                "citation": revision.citation_of(resolution),
                "number": revision.number,
                "place": revision.place,
                "year": revision.year,
                "title": revision.title_shown,
                "url": revision.url,
                "source": revision.source,
                "grade": revision.grade,
            }
            for revision in resolution.revisions.all()
        ],
        "in_force": _citation_in_force(resolution),
        "replaced_by": resolution.replaced_by and resolution.replaced_by.slug,
        "suppressed_in": resolution.suppressed_in,
        "subjects": [subject.code for subject in resolution.subjects_on_day],
        "source": resolution.source,
        "grade": resolution.grade,
        "indicative": resolution.indicative,
    }
