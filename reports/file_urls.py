"""Addresses of the files of reports, the same in every language: outside the language prefix."""

from django.urls import path

from reports import report_views

urlpatterns = [
    path("reports/<slug:code>/<slug:language>.<slug:kind>", report_views.report_file, name="report-file"),
]
