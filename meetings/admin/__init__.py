"""The admin of meetings, documents, liaison statements and the numbers of the register."""

from meetings.admin import decisions, documents, files, liaison, meetings, parts
