"""Outcome: key issues and Coordinators' reports, from which the annual report is written."""

from reports.models.coordinator_reports import CoordinatorReport
from reports.models.key_issues import KeyIssue

__all__ = ["CoordinatorReport", "KeyIssue"]
