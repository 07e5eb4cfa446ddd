"""The secretariat's desk, what needs attention, and the log of changes."""
