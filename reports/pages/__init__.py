"""The public pages of reports and key issues, a module a page."""
