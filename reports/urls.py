"""Addresses of annual reports, under the language prefix."""

from django.urls import path

from iscg_portal.tables import page_and_file
from reports.pages import annual_reports, coordinator_reports, duplications, key_issues

app_name = "reports"
urlpatterns = [
    *page_and_file("reports/", annual_reports.report_list, "report-list"),
    path("reports/<slug:code>/", annual_reports.report_detail, name="report-detail"),
    *page_and_file("coordinators-reports/", coordinator_reports.coordinator_report_list, "coordinator-report-list"),
    path("coordinators-reports/<path:key>/", coordinator_reports.coordinator_report, name="coordinator-report"),
    *page_and_file("duplications/", duplications.duplication_list, "duplication-list"),
    path("key-issues/", key_issues.key_issue_list, name="key-issue-list"),
]
