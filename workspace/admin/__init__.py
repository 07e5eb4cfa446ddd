"""The pages of the workspace in the admin."""

from workspace.admin import entry_links, outbox, proposals, report_drafts

__all__ = ["entry_links", "outbox", "proposals", "report_drafts"]
