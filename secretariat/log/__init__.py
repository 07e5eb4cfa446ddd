"""The log of changes: who changed which record, when, from what to what, and why."""
