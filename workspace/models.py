"""What the workspace keeps, from its rooms."""

from workspace.access.models import Invitation
from workspace.corrections.models import ReaderCorrection
from workspace.drafts.models import ReportDraft
from workspace.following.models import Follow
from workspace.handover.models import Handover
from workspace.joining.models import JoinRequest, Participant
from workspace.proposals.models import EntryLink, Proposal, ProposedChange
from workspace.reminders.models import Reminder
from workspace.transmissions.models import GroupFile, GroupSecretariat
