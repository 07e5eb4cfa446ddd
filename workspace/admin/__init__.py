"""The pages of the workspace in the admin."""

from workspace.admin import outbox, report_drafts

__all__ = ["outbox", "report_drafts"]
