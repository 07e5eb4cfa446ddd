"""What the workspace keeps."""

from workspace.models.group_files import GroupFile
from workspace.models.group_secretariats import GroupSecretariat
from workspace.models.invitations import Invitation
from workspace.models.joining import JoinRequest, Participant
from workspace.models.outbox import Mail
from workspace.models.reminders import Reminder

__all__ = ["GroupFile", "GroupSecretariat", "Invitation", "JoinRequest", "Mail", "Participant", "Reminder"]
