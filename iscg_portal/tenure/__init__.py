"""Holding an office from a day to a day: dates, tenures, their rules in the database, and the day of a page."""
