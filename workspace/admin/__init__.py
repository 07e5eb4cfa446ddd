"""The workspace's own records in the admin."""

from workspace.admin import group_secretariats, invitations, outbox, participants

__all__ = ["group_secretariats", "invitations", "outbox", "participants"]
