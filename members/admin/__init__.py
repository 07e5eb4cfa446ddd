"""The admin of who the ISCG is."""

from members.admin import accounts, groups, offices, people, rights
