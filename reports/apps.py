"""Registers the annual reports with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self):
        from changes.events import register
        from reports.events import newest_of_reports

        register(newest_of_reports)
