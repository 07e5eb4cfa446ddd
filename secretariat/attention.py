"""What the Terms of Reference ask and is not so, clause by clause (all clauses that this portal looks after).

The command `attention` prints it and the admin's front page opens with it: both ask this module.
"""

from collections import ChainMap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from iscg_portal.tenure.dates import today
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
)
from secretariat.findings import CLAUSES, KINDS, OPEN, REMARK, Finding, FindingTopic, tally
from workspace.reviewing import OpenPoint

MOST_SHOWN = 500


@dataclass(frozen=True)
class FindingsOfTopic:
    """Findings of one topic."""

    topic: FindingTopic
    findings: list[Finding]

    @property
    def heading(self):
        """How many there are of what."""
        return self.topic.counted(self.count)

    @property
    def count(self):
        """How many there are."""
        return sum(finding.stands_for for finding in self.findings)

    @property
    def more(self):
        """How many it does not show."""
        return len(self.findings[MOST_SHOWN:])


@dataclass(frozen=True)
class ClauseFindings:
    """One clause of the Terms of Reference with what is not as it asks; blank `id`: the record itself."""

    id: str
    text: str
    groups: list[FindingsOfTopic]


class Check(NamedTuple):
    """What looks after some clauses: what it wants counted, and what it then asks."""

    clauses: str
    to_count: Callable[[], dict]
    ask: Callable[[dict], Iterable[Finding]]


def attention(on=None, user=None, clause=None):
    """All findings on a day (today in Geneva if none is given), in the order of the clauses; or those of one clause.

    Seventeen queries; two more if the Chair's term was extended, one for overdue actions, at most three more for
    activities, five more once the group has met, and six more before its next meeting; at most fifteen more once a
    report is published.
    With `user`, of documents only those that the account may see.
    """
    checks = [check for check in _checks(on or today(), user) if is_about(check, clause)]
    count = tally(dict(ChainMap(*(check.to_count() for check in checks))))
    found = [finding for check in checks for finding in check.ask(count)]
    order = list(CLAUSES)
    found = [finding for finding in found if clause in (None, finding.topic.clause)]
    return sorted(found, key=lambda finding: order.index(finding.topic.clause))


def is_about(check, clause):
    """Whether the check looks after the clause; every one does where none is named."""
    return clause is None or clause in check.clauses.split(",")


def _checks(on, user):
    """The checks in the order in which findings of one clause stand. A blank clause is the record itself."""
    team = cache(lambda: seats.team_on(on))
    care = record_care
    return [
        Check("F1,A0,A3", lambda: subjects.to_count(on), lambda count: subjects.ask_subjects(on, count)),
        Check("F1", lambda: after_conferences.to_count(on), lambda count: after_conferences.ask_conferences(on, count)),
        Check("A1", lambda: overlaps.to_count(on), lambda count: overlaps.ask_overlaps(on, count)),
        Check("C1,C2", lambda: seats.to_count(team()), lambda count: seats.ask_seats(team(), count)),
        Check("F3", lambda: reports.to_count(on), lambda count: reports.ask_reports(on, count)),
        Check("A4", dict, lambda count: reports.ask_missing(on)),
        Check("", dict, lambda count: reports.ask_numbers()),
        Check("S1", dict, lambda count: answers.ask_liaison(on, user)),
        Check("W3", dict, lambda count: meetings.ask_meetings(on)),
        Check("W3", lambda: meetings.to_count(on), lambda count: meetings.ask_actions(on, count)),
        Check("F2", lambda: activities.to_count(on), lambda count: activities.ask_activities(on, count)),
        Check("", dict, lambda count: care.ask_care(on)),
        Check("", study_periods.to_count, study_periods.ask_periods),
        Check("", shipped_facts.to_count, shipped_facts.ask_shipped),
        Check("", care.to_count, care.ask_records),
        Check("", dict, lambda count: answers.ask_entries(on)),
    ]


def is_open(findings):
    """Whether anything is to be mended: remarks alone are not."""
    return any(finding.topic.kind != REMARK for finding in findings)


def open_points(on):
    """What the Chair reads of it beside the draft of a report: what is open, without the care of the record itself."""
    found = attention(on)
    return [OpenPoint(one.topic.clause, str(one.sentence)) for one in found if one.topic.kind == OPEN]


def by_clause(findings):
    """The findings under their clauses, and like ones together: what is open first, remarks last."""
    groups, order = {}, list(KINDS)
    for finding in findings:
        groups.setdefault(finding.topic, FindingsOfTopic(finding.topic, [])).findings.append(finding)
    clauses = {}
    for group in sorted(groups.values(), key=lambda group: order.index(group.topic.kind)):
        clause = group.topic.clause
        clauses.setdefault(clause, ClauseFindings(clause, CLAUSES[clause], [])).groups.append(group)
    return sorted(clauses.values(), key=lambda clause: list(CLAUSES).index(clause.id))
