"""The workspace's own records in the admin."""

from workspace.admin import (
    entry_links,
    group_secretariats,
    invitations,
    participants,
    proposals,
    reminders,
    report_drafts,
)

__all__ = [
    "entry_links",
    "group_secretariats",
    "invitations",
    "participants",
    "proposals",
    "reminders",
    "report_drafts",
]
