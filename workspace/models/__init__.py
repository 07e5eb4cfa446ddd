"""What the workspace keeps."""

from workspace.models.outbox import Mail
from workspace.models.reminders import Reminder
from workspace.models.report_drafts import ReportDraft

__all__ = ["Mail", "Reminder", "ReportDraft"]
