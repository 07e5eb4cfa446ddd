"""Coordinators write their reports, submit them, and the secretariat accepts them or sends them back (clause A4)."""
