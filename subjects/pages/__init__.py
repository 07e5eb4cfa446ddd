"""The public pages of the subjects and resolutions, a module a page."""
