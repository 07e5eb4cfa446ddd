"""The admin of who the ISCG is."""

from members.admin import accounts, groups, offices, people

__all__ = ["accounts", "groups", "offices", "people"]
