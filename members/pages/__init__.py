"""The public pages of the management team, a module a page."""
