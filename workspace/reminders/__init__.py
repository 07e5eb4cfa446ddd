"""Reminders of terms that end, vacancies, deadlines and reports that are due, each on its day."""
