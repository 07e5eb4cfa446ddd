"""The public pages, files and calendars of meetings and documents, a module a page."""
