"""What the Terms of Reference ask and is not so, clause by clause (all clauses that this portal looks after).

The command `attention` prints it and the admin's front page opens with it: both ask this module.
"""

from collections import ChainMap
from dataclasses import dataclass

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
from secretariat.findings import CLAUSES, KINDS, REMARK, Finding, Topic, tally


@dataclass(frozen=True)
class Group:
    """Findings of one topic."""

    topic: Topic
    findings: list[Finding]

    @property
    def heading(self):
        """How many there are of what."""
        return self.topic.counted(self.count)

    @property
    def count(self):
        """How many there are."""
        return sum(finding.stands_for for finding in self.findings)


@dataclass(frozen=True)
class Clause:
    """One clause of the Terms of Reference with what is not as it asks; blank `id`: the record itself."""

    id: str
    text: str
    groups: list[Group]


def attention(on=None, offices=None, user=None, grades=None):
    """All findings on a day (today in Geneva if none is given), in the order of the clauses.

    Seventeen queries; two more if the Chair's term was extended, at most three more for activities, five more once the
    group has met, and six more before its next meeting; at most fifteen more once a report is published. `offices` and
    `grades` may bring what `record_care.offices_to_care_for` and `count_grades` gave. With `user`, of documents only
    those that the account may see.
    """
    on = on or today()
    offices = record_care.offices_to_care_for(on) if offices is None else offices
    team = seats.team_on(on)
    dated = (seats.to_count(team), subjects.to_count(on), reports.to_count(on), overlaps.to_count(on))
    dated += (activities.to_count(on), after_conferences.to_count(on))
    undated = (shipped_facts.to_count(), record_care.to_count(), study_periods.to_count())
    count = tally(dict(ChainMap(*undated, *dated)))
    found = [
        *subjects.ask_subjects(on, count),
        *after_conferences.ask_conferences(on, count),
        *overlaps.ask_overlaps(on, count),
        *seats.ask_seats(team, count),
        *reports.ask_reports(on, count),
        *answers.ask_liaison(on, user),
        *meetings.ask_meetings(on),
        *activities.ask_activities(on, count),
        *record_care.care(on, offices, grades or record_care.count_grades()),
        *study_periods.ask_periods(count),
        *shipped_facts.ask_shipped(count),
        *record_care.ask_countries(count),
        *record_care.ask_names(count),
        *record_care.ask_unclean(count),
        *record_care.ask_odd_rows(count),
        *answers.ask_entries(on),
    ]
    order = list(CLAUSES)
    return sorted(found, key=lambda finding: order.index(finding.topic.clause))


def is_open(findings):
    """Whether anything is to be mended: remarks alone are not."""
    return any(finding.topic.kind != REMARK for finding in findings)


def by_clause(findings):
    """The findings under their clauses, and like ones together: what is open first, remarks last."""
    groups, order = {}, list(KINDS)
    for finding in findings:
        groups.setdefault(finding.topic, Group(finding.topic, [])).findings.append(finding)
    clauses = {}
    for group in sorted(groups.values(), key=lambda group: order.index(group.topic.kind)):
        clause = group.topic.clause
        clauses.setdefault(clause, Clause(clause, CLAUSES[clause], [])).groups.append(group)
    return sorted(clauses.values(), key=lambda clause: list(CLAUSES).index(clause.id))
