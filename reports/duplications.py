"""Duplications found and avoided in a period (A1): one list with two origins, and the gaps that were accepted.

The secretariat accepted what the finder found; Coordinators wrote in their reports to meetings of the period what they
found or avoided. What is not public any more is not told.
"""

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from iscg_portal.languages import in_a_row
from iscg_portal.tenure.dates import print_date
from reports.renditions.blocks import table_block
from reports.renditions.markdown import plain_words
from studies.models import FindingDecision, StudyFinding
from studies.overlaps.printing import print_findings


class Accepted(NamedTuple):
    """What the secretariat accepted in a period: duplications and gaps, the first decision first."""

    duplications: list
    gaps: list


def accepted_between(start, end) -> Accepted:
    """Accepted in the period, or before it and no longer so in it; at most two queries. The first day is not in it."""
    decided = StudyFinding.objects.filter(decision__act=FindingDecision.Act.ACCEPTED, decision__decided_on__lte=end)
    found = decided.filter(Q(decision__decided_on__gt=start) | Q(gone_on__gt=start, gone_on__lte=end))
    found = found.select_related("decision").prefetch_related("subjects").order_by("decision__decided_on", "pk")
    return Accepted([one for one in found if one.is_duplication], [one for one in found if not one.is_duplication])


def duplications(facts):
    """What the secretariat accepted, and what Coordinators report, with the days of the meeting that they report to."""
    rows = [_row(printed, facts.as_on) for printed in print_findings(facts.accepted.duplications)]
    rows += [
        (one.meeting.dates, one.subject.code, _("Coordinator"), plain_words(one.text("duplication")), "")
        for one in facts.received
        if one.duplication.strip() and not one.is_internal
    ]
    columns = [_("Date"), _("Subject"), _("Who says so"), _("What was found or avoided"), _("What comes of it")]
    empty = _("No duplication found or avoided is on record for the period.")
    return table_block("duplications", _("Duplications found and avoided"), columns, rows, empty)


def gaps(facts):
    """The gaps that the secretariat accepted; None where there is none."""
    rows = [_row(printed, facts.as_on) for printed in print_findings(facts.accepted.gaps)]
    columns = [_("Date"), _("Subject"), _("Who says so"), _("What is lacking"), _("What comes of it")]
    return table_block("gaps", _("Gaps in coordination"), columns, rows, "") if rows else None


def _row(printed, as_on):
    finding = printed.finding
    codes = in_a_row(sorted(subject.code for subject in finding.subjects.all()))
    said = f"{printed.sentence} {_is_over(finding, as_on)}".strip()
    return print_date(finding.decision.decided_on), codes, _("secretariat"), said, finding.decision.outcome


def _is_over(finding, as_on):
    """That it was mended, or avoided, by the last day that is told."""
    over = finding.gone_on is not None and finding.gone_on <= as_on
    return _("No longer so since %(day)s.") % {"day": print_date(finding.gone_on)} if over else ""
