"""Addresses of annual reports, under the language prefix."""

from django.urls import path

from iscg_portal.tables import page_and_file
from reports.pages import annual_reports, key_issues

app_name = "reports"
urlpatterns = [
    *page_and_file("reports/", annual_reports.report_list, "report-list"),
    path("reports/<slug:code>/", annual_reports.report_detail, name="report-detail"),
    path("key-issues/", key_issues.key_issue_list, name="key-issue-list"),
]
