"""The pages of the workspace in the admin."""

from workspace.admin import outbox

__all__ = ["outbox"]
