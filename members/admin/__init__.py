"""The admin of who the ISCG is."""

from members.admin import accounts, frame, groups, offices, people

__all__ = ["accounts", "frame", "groups", "offices", "people"]
