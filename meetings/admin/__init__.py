"""The admin of meetings, documents, liaison statements and the numbers of the register."""

from meetings.admin import documents, files, liaison, meetings, parts
