"""What the workspace keeps."""

from workspace.models.following import Follow
from workspace.models.outbox import Mail
from workspace.models.reminders import Reminder

__all__ = ["Follow", "Mail", "Reminder"]
