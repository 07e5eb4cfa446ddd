"""Asking to take part in the work of the group, and what the secretariat says to it (clause C5)."""
