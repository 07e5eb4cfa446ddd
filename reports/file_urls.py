"""Addresses of the files of reports, the same in every language: outside the language prefix."""

from django.urls import path

from reports.pages import annual_reports

urlpatterns = [
    path("reports/<slug:code>/<slug:language>.<slug:kind>", annual_reports.report_file, name="report-file"),
]
