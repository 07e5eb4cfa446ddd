"""What the workspace keeps."""

from workspace.models.entry_links import EntryLink
from workspace.models.following import Follow
from workspace.models.group_files import GroupFile
from workspace.models.group_secretariats import GroupSecretariat
from workspace.models.invitations import Invitation
from workspace.models.joining import JoinRequest, Participant
from workspace.models.proposals import Proposal, ProposedChange
from workspace.models.reminders import Reminder
from workspace.models.report_drafts import ReportDraft

__all__ = [
    "EntryLink",
    "Follow",
    "GroupFile",
    "GroupSecretariat",
    "Invitation",
    "JoinRequest",
    "Participant",
    "Proposal",
    "ProposedChange",
    "Reminder",
    "ReportDraft",
]
