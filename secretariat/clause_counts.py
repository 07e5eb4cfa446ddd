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
from iscg_portal.tenure.office_on import OfficeState
from meetings.models import Document, LiaisonStatement, Meeting
from members.models import Conference
from secretariat.checks import (
    activities,
    after_conferences,
    answers,
    meetings,
    office_care,
    overlaps,
    record_care,
    reports,
    seats,
    shipped_facts,
    study_periods,
    subjects,
    transmissions,
)
from secretariat.findings import CLAUSES, KINDS, REMARK, FindingTopic, tally
from secretariat.kept_checks import KeptChecks
from studies.models import Activity, StudyFinding
from subjects import theme_rule
from subjects.models import Subject


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

    `team` is the management team of the day, `token` that of the record, asked where it is blank. One query, five more
    where the record has changed.
    """
    of_record, bases, conferences = _of_the_state(token or record_version.current(), on)
    found = Counter(of_record)
    beside, count = _count(_beside_the_record(on, user), {"all as stored": all_as_stored()} | overlaps.to_count(on))
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
    found, bases = _count(rows_of_the_record(on), subjects.to_count(on) | reports.to_count(on))
    found.update(finding.topic for finding in transmissions.ask_transmissions(on))
    found.update(_focal_points(on))
    return found, bases, list(Conference.objects.plenipotentiary())


forget = _of_the_state.cache_clear


def _count(rows, bases):
    """({topic: number}, {name: number}) of pairs of a topic and its querysets, and of named querysets. One query."""
    # A topic of several tables is counted in several rows, so that each has a name of its own.
    pairs = [(topic, queryset) for topic, querysets in rows for queryset in querysets]
    names = {f"{number}": topic for number, (topic, _queryset) in enumerate(pairs)}
    querysets = {name: queryset for name, (_topic, queryset) in zip(names, pairs, strict=True)}
    count = tally(querysets | bases)
    found = Counter()
    for name, topic in names.items():
        found[topic] += count[name]
    return found, {name: count[name] for name in bases}


def _beside_the_record(on, user):
    """(topic, querysets) of what changes without a new token, and of what not everybody may see."""
    unsettled = StudyFinding.objects.unsettled(on)
    for (kind, is_recorded), topic in overlaps.TOPICS.items():
        yield topic, [unsettled.filter(kind=kind, is_recorded=is_recorded)]
    overdue = LiaisonStatement.objects.overdue(on)
    yield answers.LIAISON_OVERDUE, [overdue.filter(document__in=Document.objects.visible_to(user)) if user else overdue]


def rows_of_the_record(on):
    """(topic, querysets) of what the database counts of the record."""
    listed = Subject.objects.on_the_list(on)
    yield subjects.NOT_OF_MUTUAL_INTEREST, [listed.in_verdict(theme_rule.NOT_MET, on)]
    yield subjects.CANNOT_BE_TOLD, [listed.in_verdict(theme_rule.CANNOT_BE_TOLD, on)]
    yield subjects.COORDINATOR_VACANT, [listed.in_office_state(OfficeState.VACANT, on)]
    yield subjects.COORDINATOR_NOT_RECORDED, [listed.in_office_state(OfficeState.NOT_RECORDED, on)]
    conferences = after_conferences.to_count(on)
    yield after_conferences.MANDATE_CHANGED, [conferences[after_conferences.CHANGED]]
    yield after_conferences.NEW_RESOLUTION, [conferences[after_conferences.NEW]]
    yield reports.NUMBER_TWICE, [reports.numbers_twice()]
    yield meetings.NOT_RECORDED_AS_HELD, [Meeting.objects.unresolved(on)]
    yield activities.NOT_RECORDED_AS_HELD, [Activity.objects.unresolved(on)]
    yield study_periods.UNITS_WITHOUT_END, [study_periods.left_behind()]
    yield from _of_the_record(on)


def _of_the_record(on):
    found = {}
    for topic, offices in office_care.offices_lacking(on):
        found.setdefault(topic, []).append(offices)
    odd = record_care.to_count()
    found[record_care.ONE_NAME], found[record_care.UNCLEAN] = [odd.pop("one name")], [odd.pop("unclean")]
    odd.pop("unlisted countries")
    found[record_care.ODD] = list(odd.values())
    found[shipped_facts.CORRECTED] = list(shipped_facts.to_count().values())
    return found.items()


def _absent(count, on):
    """What is not in order where nothing is on record."""
    yield from [subjects.NO_EDITION] * (not count["editions"])
    yield from [reports.NO_ANNUAL_REPORT] * (not count["reports on last year"])
    looked = count["looked through lately"] or not count["units to look through"] or on != today()
    yield from [overlaps.NOT_LOOKED_FOR] * (not looked)


def _focal_points(on):
    """Two queries, whatever the number of subjects."""
    for subject in Subject.objects.on_the_list(on).read_focal_points(on).order_by("code"):
        yield from (topic for topic, _bodies in subjects.absent_focal_points(subject))


def _lines(found):
    order = list(KINDS)
    lines = []
    for clause in CLAUSES:
        counts = [(topic, number) for topic, number in found.items() if topic.clause == clause and number]
        counts = [(topic, number) for topic, number in counts if topic.kind != REMARK]
        if counts:
            lines.append(ClauseLine(clause, sorted(counts, key=lambda pair: order.index(pair[0].kind))))
    return lines
