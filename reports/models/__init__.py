"""Outcome: key issues and Coordinators' reports, from which the annual report is written."""

from reports.models.annual_reports import AnnualReport, ReportBlock, ReportedEvent, ReportFile, ReportStep
from reports.models.coordinator_reports import CoordinatorReport
from reports.models.key_issues import KeyIssue

__all__ = ["AnnualReport", "ReportBlock", "ReportedEvent", "ReportFile", "ReportStep", "CoordinatorReport", "KeyIssue"]
