"""The papers of the Sectors, for the finder of overlaps: which Sector a paper is of, and how it reads (A1).

Of which Sector a paper is stands in no column: its source says so (“ITU-T Study Group 5”, “Director, BDT”), and where
that is blank, whose meeting it is for. A paper of which nothing says so, as one of the Chair, is not compared. A
liaison statement is called after what it asks the other Sector about, so it is compared with papers alone.
"""

import re
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import Bureau, GroupCode
from meetings.models import Document
from studies.overlaps.registry import Titled, TitleSource
from studies.overlaps.sources import shown, titles_of

LOOKED_BACK = timedelta(days=4 * 366)  # as long as a study period lasts
COMPARED = (Document.Type.CONTRIBUTION, Document.Type.LIAISON, Document.Type.INFORMATION)
SECTOR_OF = {group.value: group.sector for group in GroupCode} | {Bureau.BR: "R", Bureau.TSB: "T", Bureau.BDT: "D"}
_NAMED = re.compile(rf"\bITU-([RTD])\b|\b({'|'.join(SECTOR_OF)})\b")


def sectors_of(document):
    """The letters of the Sectors that the source of the paper names; of a paper without one, that of its meeting."""
    if document.submitted_by:
        return frozenset(letter or SECTOR_OF[body] for letter, body in _NAMED.findall(document.submitted_by))
    body = document.meeting.body if document.meeting_id else ""
    return frozenset(SECTOR_OF[body]) if body in SECTOR_OF else frozenset()


def read_papers(on):
    """The public papers in force of the last years; of a paper with revisions, itself alone. Two queries."""
    papers = Document.objects.public().in_force().filter(type__in=COMPARED, base__isnull=True)
    papers = papers.exclude(dated_on__lt=on - LOOKED_BACK).exclude(dated_on__gt=on)
    for paper in papers.join_public("meeting").prefetch_related("subjects"):
        about = frozenset(subject.pk for subject in paper.subjects.all())
        is_liaison = paper.type == Document.Type.LIAISON
        yield Titled(paper.pk, sectors_of(paper), titles_of(paper), about, with_like_alone=is_liaison)


def show_papers(pks):
    """{key: how the paper reads}, of those that everyone may see. One query."""
    papers = Document.objects.public().filter(pk__in=pks)
    return {paper.pk: shown(paper, paper.number, paper.title_shown) for paper in papers}


PAPERS = TitleSource("meetings.Document", _("papers"), read_papers, show_papers)
