"""How much is not in order, clause by clause: the same topics as `attention` finds, counted instead of told.

Remarks are not counted, since nothing is broken there; the page of a clause has them. What the token of the record
stands for, each worker counts once; a change of the record gives another token.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from iscg_portal import record_version
from iscg_portal.adminkit.site import site_page
from iscg_portal.integrity.findings import all_as_stored
from iscg_portal.tenure.dates import today
from meetings.models import LiaisonStatement
from members.models import Conference
from secretariat.checks import (
    activities,
    after_conferences,
    answers,
    meetings,
    overlaps,
    record_care,
    reports,
    seats,
    shipped_facts,
    study_periods,
    subjects,
    transmissions,
)
from secretariat.findings import CLAUSES, KINDS, REMARK, FindingTopic, tally_conditions, tally_topics
from secretariat.kept_checks import KeptChecks
from studies.models import StudyFinding
from subjects.models import Subject

COUNTED = after_conferences, reports, meetings, activities, study_periods, record_care, shipped_facts


@dataclass(frozen=True)
class ClauseLine:
    """One clause that is not in order: how many there are of each topic, what is open first."""

    id: str
    counts: list[tuple[FindingTopic, int]]

    @property
    def text(self):
        """What the clause asks."""
        return CLAUSES[self.id]

    @property
    def kind(self):
        """The worst of the kinds."""
        return next(kind for kind in KINDS if any(topic.kind == kind for topic, _count in self.counts))

    @property
    def kind_word(self):
        """The kind in the reader's language."""
        return KINDS[self.kind]

    @property
    def headings(self):
        """“2 seats are vacant”, one for each topic."""
        return [topic.counted(count) for topic, count in self.counts]

    @property
    def href(self):
        """Where all of it is told."""
        return site_page("not-in-order", clause=self.id or "record")


STATES_KEPT = 4  # of the record and the day, by each worker


def clause_lines(on, asked: KeptChecks, team, user=None, token="") -> tuple[list[ClauseLine], bool]:
    """The clauses that are not in order on a day, in their order; and whether all files are as stored.

    `team` is the management team of the day, `token` that of the record, asked where it is blank. One query, four more
    where the record has changed.
    """
    of_record, bases, conferences = _of_the_state(token or record_version.current(), on)
    found = Counter(of_record)
    bases_beside = {"all as stored": all_as_stored()} | overlaps.to_count(on)
    beside, count = tally_topics(_beside_the_record(on, user), bases_beside)
    found.update(beside)
    found.update(_absent(count | bases, on))
    found.update(finding.topic for finding in seats.ask_holders(team, conferences))
    found[seats.CHAIR_AGAINST_C2] = asked.against_c2
    found[reports.CORRIGENDUM_WANTED] = len(asked.disagreements)
    found[reports.COORDINATOR_REPORT_MISSING], found[answers.NOT_ANSWERED] = asked.missing, asked.silent
    return _lines(found), bool(count["all as stored"])


@lru_cache(maxsize=STATES_KEPT)
def _of_the_state(_token, on):
    """({topic: number}, {name: number}, conferences) of the record in the state that the token stands for."""
    found, bases = tally_topics(rows_of_the_record(on), subjects.to_count(on) | reports.to_count(on))
    found.update(tally_conditions(Subject.objects.on_the_list(on), subjects.conditions(on)))
    found.update(finding.topic for finding in transmissions.ask_transmissions(on))
    return found, bases, list(Conference.objects.plenipotentiary())


forget = _of_the_state.cache_clear


def _beside_the_record(on, user):
    """(topic, queryset) of what changes without a new token, and of what not everybody may see."""
    unsettled = StudyFinding.objects.unsettled(on)
    for (kind, is_recorded), topic in overlaps.TOPICS.items():
        yield topic, unsettled.filter(kind=kind, is_recorded=is_recorded)
    overdue = LiaisonStatement.objects.overdue(on)
    yield answers.LIAISON_OVERDUE, overdue.visible_to(user) if user else overdue


def rows_of_the_record(on):
    """(topic, queryset) of what the database counts of the record; a topic of several tables comes several times."""
    for check in COUNTED:
        yield from check.counted(on)


def _absent(count, on):
    """What is not in order where nothing is on record."""
    yield from [subjects.NO_EDITION] * (not count["editions"])
    yield from [reports.NO_ANNUAL_REPORT] * (not count["reports on last year"])
    looked = count["looked through lately"] or not count["units to look through"] or on != today()
    yield from [overlaps.NOT_LOOKED_FOR] * (not looked)


def _lines(found):
    order = list(KINDS)
    lines = []
    for clause in CLAUSES:
        counts = [(topic, number) for topic, number in found.items() if topic.clause == clause and number]
        counts = [(topic, number) for topic, number in counts if topic.kind != REMARK]
        if counts:
            lines.append(ClauseLine(clause, sorted(counts, key=lambda pair: order.index(pair[0].kind))))
    return lines
