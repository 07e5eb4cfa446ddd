"""Duplications found and avoided, over all subjects and years (clause A1): one list with two origins.

Coordinators write of them in their reports; the secretariat accepts what the finder of overlaps found. An accepted
finding is told as it was decided: whether it is still so is said in the annual reports.
"""

import datetime
from operator import attrgetter
from typing import NamedTuple

from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table, file_of, shown
from iscg_portal.tables.questions import read_year, year_question
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from reports.models import CoordinatorReport
from reports.pages.coordinator_reports import NAMES
from studies.models import FindingDecision, StudyFinding
from studies.overlaps.printing import print_findings
from subjects.codes import subject_codes

COORDINATOR, SECRETARIAT = "coordinator", "secretariat"


class Duplication(NamedTuple):
    """One that was found or avoided: when, on which subjects, who says so, where, and what comes of it."""

    day: datetime.date
    subjects: list
    origin: str
    text: str
    outcome: str = ""
    report: CoordinatorReport | None = None

    @property
    def codes(self):
        """The codes of its subjects."""
        return [subject.code for subject in self.subjects]

    @property
    def says(self):
        """Who says so, in words."""
        return _("Coordinator") if self.origin == COORDINATOR else _("secretariat")


@public_page
@takes("on", "year", "subject", "sort", "page")
def duplication_list(request, format=None):
    """All of them, the latest first, or the same as a file."""
    read_day(request)  # a day changes nothing here, but must be one, as in the address of every table
    year, subjects = read_year(request), subject_codes()
    subject = subjects.read(request)
    found = public_duplications()
    years = (min(one.day for one in found), max(one.day for one in found)) if found else None
    chosen = [one for one in found if year in (0, one.day.year) and (not subject or subject in one.codes)]
    described = duplications_table(chosen)
    if format:
        return file_of(request, described, format)
    questions = [year_question(years, year), subjects.question(_("Subject"), subject)]
    context = {"questions": questions, "table": shown(request, described)}
    return render(request, "reports/duplication_list.html", context)


def public_duplications() -> list[Duplication]:
    """What anyone may read, the latest first; four queries, and one for each kind of thing that findings name."""
    unread = [name for name in CoordinatorReport.TEXTS if name != "duplication"]
    reports = CoordinatorReport.objects.public().exclude(duplication="").join_public(*NAMES).defer(*unread)
    found = [
        Duplication(one.received_on, [one.subject], COORDINATOR, one.duplication, report=one)
        for one in reports
        if one.duplication.strip()
    ]
    accepted = StudyFinding.objects.filter(decision__act=FindingDecision.Act.ACCEPTED).select_related("decision")
    accepted = [one for one in accepted.prefetch_related("subjects").order_by("pk") if one.is_duplication]
    for printed in print_findings(accepted):
        decision, about = printed.finding.decision, sorted(printed.finding.subjects.all(), key=lambda one: one.code)
        found.append(Duplication(decision.decided_on, about, SECRETARIAT, printed.sentence, decision.outcome))
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.codes))


def duplications_table(found) -> Table:
    """One row a duplication."""
    return Table(
        "duplications",
        [
            Column("day", _("Date"), _("the day on which it was reported or accepted"), kind="date", sort=_by_day),
            Column("subjects", _("Subject"), _("codes of the subjects"), attrgetter("codes"), sort=attrgetter("codes")),
            Column("origin", _("Who says so"), _("coordinator or secretariat"), sort=attrgetter("origin")),
            Column("text", _("What was found or avoided"), _("in the words of the report, or of the finder")),
            Column("outcome", _("What comes of it"), _("what the secretariat says comes of it")),
            Column("meeting", "", _("code of the meeting to which it was reported"), _meeting),
        ],
        found,
        sort="-day",
    )


def _by_day(one):
    return one.day


def _meeting(one):
    return one.report and one.report.meeting.code
