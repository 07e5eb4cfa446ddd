"""The admin of who the ISCG is."""

from members.admin import accounts, countries, groups, offices, people, rights
