"""Addresses of the workspace, under the language prefix."""

app_name = "workspace"
urlpatterns = []
