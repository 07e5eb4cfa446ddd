"""Outcome: annual reports, what they are written from, and their delivery."""

from reports.models.annual_reports import AnnualReport, ReportBlock, ReportedEvent, ReportStep
from reports.models.coordinator_reports import CoordinatorReport
from reports.models.group_answers import GroupAnswer
from reports.models.key_issues import KeyIssue
from reports.models.report_comments import ReportComment
from reports.models.report_files import Rendition, ReportFile
from reports.models.transmissions import Transmission, TransmissionMail
