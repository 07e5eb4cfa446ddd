"""Everything that the page of one resolution says on a day (clause B1), read in four queries."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.bodies import ConferenceBody
from iscg_portal.fragments import remembered
from iscg_portal.prepared import ask
from iscg_portal.sourced import source_cell
from iscg_portal.tables import Column, Table
from iscg_portal.translated import Text, columns_of, first_text
from subjects.models import Mandate, Resolution, Revision
from subjects.register import SECTORS, Cited, scope
from subjects.resolutions_on import OWN, REPLACED_BY, TITLES, ResolutionOn, RevisionRow, put_together
from subjects.rows import resolution_cells, subject_cells


class SourcedRevision(NamedTuple):
    """One text of the resolution, and where that stands."""

    text: RevisionRow
    source: str
    indicative: bool


class RestingSubject(NamedTuple):
    """A subject that rests on the resolution."""

    code: str
    slug: str
    title: Text
    scope: tuple[str, ...]


class ResolutionDossier(NamedTuple):
    """A resolution on a day, with its texts and those that it replaces."""

    resolution: ResolutionOn
    revisions: list[SourcedRevision]
    replaces: list[Cited]
    resting: list[RestingSubject]


def resolution_dossier(slug, on) -> ResolutionDossier | None:
    """The resolution at this address as it stands on a day, or None."""
    found = ask(_resolution, slug)
    if not found:
        return None
    pk = found[0][0]
    texts = ask(_revisions, pk)
    resting = [
        RestingSubject(code, address, first_text(rest[len(SECTORS) :], original), scope(*rest[: len(SECTORS)]))
        for code, address, original, *rest in ask(_resting, pk, on)
    ]
    return ResolutionDossier(
        put_together(get_language(), tuple(found[0])),
        [SourcedRevision(RevisionRow(*text[:-2]), *text[-2:]) for text in texts],
        [Cited(*row) for row in ask(_replaced_by, pk)],
        resting,
    )


def _resolution(slug):
    return Resolution.objects.rewrite(False).filter(slug=slug).values_list(*OWN, *REPLACED_BY, *TITLES)


def _revisions(pk):
    revisions = Revision.objects.filter(resolution_id=pk).order_by("-year", "-number")
    return revisions.values_list(*RevisionRow._fields, "source", "indicative")


def _replaced_by(pk):
    resolutions = Resolution.objects.rewrite(False).filter(replaced_by_id=pk).order_by("number")
    return resolutions.values_list(*Cited._fields)


def _resting(pk, on):
    mandates = Mandate.objects.covering(on).filter(resolution_id=pk).order_by("subject__code")
    names = ("code", "slug", "original_language", *SECTORS.values(), *columns_of("title"))
    return mandates.values_list(*(f"subject__{name}" for name in names))


def resting_table(resting, on) -> Table:
    """The subjects that rest on the resolution. It has no files."""
    heads = [("code", _("Code")), ("title", _("Subject")), ("scope", _("Sectors"))]
    return Table("resting", [Column(key, label) for key, label in heads], resting, as_on=on)


def resting_rows(subjects, day_query):
    """The rows of those subjects."""
    return _resting_row.each(subjects, day_query)


@remembered
def _resting_row(subject, day_query):
    return render_to_string("subjects/_resting_row.html", {"row": subject_cells(subject, day_query)})


def resolution_cells_of(dossier, day_query):
    """What the template reads beside the resolution itself and its subjects."""
    resolution = dossier.resolution
    return {
        "body": ConferenceBody(resolution.body).label,
        "source": source_cell(resolution),
        "replaced_by": resolution.replaced_by and resolution_cells(resolution.replaced_by, day_query),
        "replaces": [resolution_cells(each, day_query) for each in dossier.replaces],
        "revisions": [
            {
                "citation": revision.text.citation_of(resolution),
                "text_url": revision.text.url,
                "source": source_cell(revision),
            }
            for revision in dossier.revisions
        ],
    }
