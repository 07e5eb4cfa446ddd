"""Addresses of the workspace, under the language prefix."""

from django.urls import path

from workspace import views

app_name = "workspace"
urlpatterns = [
    path("workspace/", views.workspace, name="workspace"),
]
