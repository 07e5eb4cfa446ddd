"""The base classes of the admin: history, reasons, acts, removal, rights."""
