"""What the workspace keeps."""

from workspace.models.outbox import Mail
from workspace.models.reminders import Reminder

__all__ = ["Mail", "Reminder"]
