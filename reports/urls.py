"""Addresses of annual reports, under the language prefix."""

from django.urls import path

from iscg_portal.tables import page_and_file
from reports import key_issue_pages, report_views

app_name = "reports"
urlpatterns = [
    *page_and_file("reports/", report_views.report_list, "report-list"),
    path("reports/<slug:code>/", report_views.report_detail, name="report-detail"),
    path("key-issues/", key_issue_pages.key_issue_list, name="key-issue-list"),
]
