"""What the workspace keeps."""

from workspace.models.entry_links import EntryLink
from workspace.models.following import Follow
from workspace.models.outbox import Mail
from workspace.models.proposals import Proposal, ProposedChange
from workspace.models.reminders import Reminder
from workspace.models.report_drafts import ReportDraft

__all__ = ["EntryLink", "Follow", "Mail", "Proposal", "ProposedChange", "Reminder", "ReportDraft"]
