"""Addresses of the workspace, under the language prefix."""

from django.urls import path

from workspace import draft_views, views

app_name = "workspace"
urlpatterns = [
    path("workspace/", views.workspace, name="workspace"),
    path("workspace/reports/<slug:subject>/<slug:meeting>/", draft_views.report_draft, name="report-draft"),
]
