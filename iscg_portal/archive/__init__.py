"""The whole record in one file: backup and restore, between databases of either kind (decision 27)."""
