"""Django's backend for SQLite, with writers who wait for their turn alike."""
