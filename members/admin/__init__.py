"""The admin of who the ISCG is."""

from members.admin import accounts, base, groups, offices, people

__all__ = ["accounts", "base", "groups", "offices", "people"]
