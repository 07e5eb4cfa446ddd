"""The admin of when: meetings, documents, liaison statements, the register's numbers."""

from meetings.admin import documents, entering, files, liaison, meetings, on_other_pages, register_numbers, uploading

__all__ = [
    "documents",
    "entering",
    "files",
    "liaison",
    "meetings",
    "on_other_pages",
    "register_numbers",
    "uploading",
]
