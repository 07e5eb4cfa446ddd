"""Everything that the page of one resolution says (clause B1)."""

from django.utils.translation import gettext as _

from iscg_portal.tabular import Column, Table
from members.rows import source_of
from members.url_base import url_base
from subjects.models import Mandate, Subject
from subjects.rows import replacement_cells, subject_cells


def resolution_with_all(resolution):
    """What the template reads of the resolution itself. Two queries."""
    address = url_base("subjects:resolution-detail")
    return {
        "resolution": resolution,
        "title": resolution.text("title"),
        "revisions": [revision_cells(revision, resolution) for revision in resolution.revisions.all()],
        "replaced_by": replacement_cells(resolution, address),
        "replaces": [{"citation": row.citation, "url": f"{address}{row.slug}/"} for row in resolution.replaces.all()],
    }


def revision_cells(revision, resolution):
    """One text of the resolution, with the link to it and where that stands."""
    return {"citation": revision.citation_of(resolution), "text_url": revision.url, **source_of(revision)}


def subjects_resting(resolution, on) -> Table:
    """The subjects among whose mandates the resolution is on a day. It has no files."""
    mandates = Mandate.objects.covering(on).filter(resolution=resolution)
    heads = [
        Column("code", _("Code"), sort=("code",)),
        Column("title", _("Subject")),
        Column("scope", _("Sectors")),
    ]
    return Table("resting", heads, Subject.objects.filter(pk__in=mandates.values("subject")).order_by("code"), as_on=on)


def resting_rows(subjects, day_query):
    """The rows of those subjects."""
    address = url_base("subjects:subject-detail")
    return [subject_cells(subject, subject.text("title"), address, day_query) for subject in subjects]
